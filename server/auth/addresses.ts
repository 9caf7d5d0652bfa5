import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { Config } from '../config.ts'

/**
 * Under which names this server answers, and from which pages calls may come. What a request says about its own address
 * is believed only after it was found here: a page on a foreign name that points at this machine (DNS rebinding) gets
 * nothing.
 */
export type AddressSettings = Pick<Config, 'host' | 'publicUrls'> & Partial<Pick<Config, 'nodeUrl'>>

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']
const ANY_ADDRESS = new Set(['0.0.0.0', '::', '[::]'])
const HOST_FORM = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::\d{1,5})?$/

/** True when the Host header names this server: a public name, a loopback name, HOST, what other nodes call it, or any IP address when HOST is open. */
export function hostAllowed(settings: AddressSettings, req: IncomingMessage): boolean {
  const name = nameOf(hostOf(req))
  return name !== null && (ownNames(settings).includes(name) || isOpenAddress(settings, name))
}

/** False for a request that names its server twice, or besides in its address: it could mean one to a proxy and another here. */
export function namesOnce({ url = '', headersDistinct }: IncomingMessage): boolean {
  return url.startsWith('/') && headersDistinct.host?.length === 1
}

/**
 * True when the Origin header is a page of this server: one of CROSSCHAT_PUBLIC_URL; without that, plain http on the
 * allowed Host itself or on an own name with the port that is listened on.
 */
export function originAllowed(settings: AddressSettings, req: IncomingMessage): boolean {
  const origin = req.headers.origin
  if (origin === undefined) return false
  if (settings.publicUrls.length > 0) return settings.publicUrls.includes(origin)
  const host = hostAllowed(settings, req) ? [hostOf(req)] : []
  const port = req.socket.localPort
  const own = ownNames(settings).map((name) => (port === 80 ? name : `${name}:${port}`))
  return [...host, ...own].some((each) => origin === `http://${each}`)
}

/** What printed links begin with; never a name that was not allowed. */
export function linkBase(settings: AddressSettings, req: IncomingMessage): string {
  return settings.publicUrls[0] ?? `http://${hostOf(req)}`
}

/** True when every address people use is https; then cookies travel only there. */
export function isSecure(settings: AddressSettings): boolean {
  return settings.publicUrls.length > 0 && settings.publicUrls.every((url) => url.startsWith('https://'))
}

/** Public addresses where whoever sits between may read along: plain http to another machine. */
export function openToAll({ publicUrls }: AddressSettings): string[] {
  return publicUrls.filter((url) => url.startsWith('http://') && !LOOPBACK_NAMES.includes(new URL(url).hostname))
}

/** The Host header in lower case; empty when absent or not of the form of a host. */
export function hostOf(req: IncomingMessage): string {
  const host = (req.headers.host ?? '').toLowerCase()
  return HOST_FORM.test(host) ? host : ''
}

function nameOf(host: string): string | null {
  return HOST_FORM.exec(host)?.[1] ?? null
}

function ownNames({ host, publicUrls, nodeUrl = null }: AddressSettings): string[] {
  const listening = host.toLowerCase()
  const bracketed = isIP(listening) === 6 ? `[${listening}]` : listening
  const known = nodeUrl === null ? publicUrls : [...publicUrls, nodeUrl]
  return [...known.map((url) => new URL(url).hostname), ...LOOPBACK_NAMES, bracketed]
}

/** Every address of this machine, and none that leads to it from elsewhere. */
export function isAnyAddress(host: string): boolean {
  return ANY_ADDRESS.has(host)
}

/** An IP address in the place of a name cannot be pointed elsewhere, so it is safe where other machines are let in. */
function isOpenAddress({ host }: AddressSettings, name: string): boolean {
  return isAnyAddress(host) && isIP(name.replace(/^\[|\]$/g, '')) !== 0
}
