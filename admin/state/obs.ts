/** How an overlay's address goes into OBS. */
export const SOURCE = { name: 'CrossChat', width: 600, height: 800 } as const

/** OBS reads these from a dropped link, makes the source and takes them out of the address again (OBS 27.2 and later). */
export function dragAddress(url: string): string {
  const address = new URL(url)
  address.searchParams.set('layer-name', SOURCE.name)
  address.searchParams.set('layer-width', String(SOURCE.width))
  address.searchParams.set('layer-height', String(SOURCE.height))
  return address.href
}

/** The address as it may stand on a screen that is being streamed. */
export function maskedAddress(url: string): string {
  const hash = url.indexOf('#')
  return hash < 0 ? url : `${url.slice(0, hash + 1)}${'•'.repeat(12)}`
}
