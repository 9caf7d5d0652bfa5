/** The only hosts that chat may make the page ask for a picture; the page's CSP lists the same. */
export const IMAGE_HOSTS: readonly string[] = [
  'static-cdn.jtvnw.net',
  'd3aqoihi2n8ty8.cloudfront.net',
  'cdn.betterttv.net',
  'cdn.frankerfacez.com',
  'cdn.7tv.app',
  'yt3.ggpht.com',
  'yt4.ggpht.com',
  'files.kick.com',
  'ext.cdn.kick.com',
  '*.googleusercontent.com',
  'www.gstatic.com',
]
const MAX_ADDRESS = 2_048
/** The page's own pictures, as the build names them. */
const OWN = /^\/assets\/[\w.-]+\.svg$/

/** The address if a picture may be fetched from it, else null. */
export function allowedImage(address: string | undefined): string | null {
  if (address === undefined || address.length > MAX_ADDRESS) return null
  if (OWN.test(address)) return address
  const url = parse(address)
  if (url?.protocol !== 'https:' || url.username !== '' || url.port !== '') return null
  return IMAGE_HOSTS.some((host) => isHost(url.hostname, host)) ? url.href : null
}

function isHost(hostname: string, host: string): boolean {
  return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host
}

function parse(address: string): URL | null {
  try {
    return new URL(address)
  } catch {
    return null
  }
}
