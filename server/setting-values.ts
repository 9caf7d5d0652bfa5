/** How the text of a setting is read. Each throws BadValue. */

/** Says what a value must be. */
export class BadValue extends Error {}

export const WEB = ['http:', 'https:']
const DATABASES = ['postgres:', 'postgresql:']

export function integer(min: number, max: number) {
  return (value: string): number => {
    const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN
    if (number >= min && number <= max) return number
    throw new BadValue(`must be a whole number from ${min} to ${max}`)
  }
}

export function text(minBytes: number, maxBytes = Number.POSITIVE_INFINITY) {
  return (value: string): string => {
    const bytes = Buffer.byteLength(value)
    if (bytes < minBytes) throw new BadValue(`must be at least ${minBytes} bytes long`)
    if (bytes > maxBytes) throw new BadValue(`must be at most ${maxBytes} bytes long`)
    return value
  }
}

export function optional<T>(read: (value: string) => T) {
  return (value: string): T | null => (value === '' ? null : read(value))
}

export function list<T>(read: (value: string) => T) {
  return (value: string): readonly T[] => {
    const entries = value.split(',').map((entry) => entry.trim())
    return Object.freeze(entries.filter((entry) => entry !== '').map(read))
  }
}

export function oneOf<const T extends readonly string[]>(choices: T) {
  return (value: string): T[number] => {
    if (choices.includes(value)) return value
    throw new BadValue(`must be one of ${choices.join(', ')}`)
  }
}

export function url(schemes: string[]) {
  return (value: string): string => {
    const parsed = URL.canParse(value) ? new URL(value) : null
    if (parsed !== null && schemes.includes(parsed.protocol)) return value.replace(/\/+$/, '')
    throw new BadValue(`must be an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`)
  }
}

export function database(value: string): string {
  const parsed = URL.canParse(value) ? new URL(value) : null
  if (parsed !== null && DATABASES.includes(parsed.protocol) && /^\/[^/]+$/.test(parsed.pathname)) return value
  throw new BadValue('must be an address as postgres://user:password@host/name')
}

export function origin(value: string): string {
  const parsed = URL.canParse(value) ? new URL(value) : null
  const bare = parsed !== null && parsed.pathname === '/' && parsed.search === '' && parsed.hash === ''
  if (parsed !== null && bare && parsed.username === '' && WEB.includes(parsed.protocol)) return parsed.origin
  throw new BadValue('must be http:// or https:// and a host, without a path')
}

export function hostName(value: string): string {
  if (/^[A-Za-z0-9.:_-]{1,253}$/.test(value)) return value
  throw new BadValue('must be a host name or an IP address')
}

export function imageHost(value: string): string {
  if (/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/.test(value)) return value
  throw new BadValue('must be host names in lower case, without https://')
}
