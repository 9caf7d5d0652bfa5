import { createHash } from 'node:crypto'

/** Reading JSON that others wrote: whatever is not of the wanted shape counts as absent, and nothing throws. */

/** An object with fields that may or may not be there, of any type. */
export type Foreign<Key extends string = string> = { readonly [key in Key]?: unknown }

/** Characters of an id that is kept as sent; any other one is replaced by its hash. */
const PLAIN_ID = /^[\x21-\x7e]{1,256}$/
/** Instants in the 21st century and after; Go's zero time is "0001-01-01T00:00:00Z". */
const EARLIEST = Date.UTC(2000, 0)
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,12})?(Z|[+-]\d\d:\d\d)$/i

export function isObject(value: unknown): value is Foreign {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as an object of the wanted shape; an empty one where it is none. */
export function shaped<Shape extends Foreign>(value: unknown): Shape {
  return (isObject(value) ? value : {}) as Shape
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A string with something in it. */
export function filled(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** A whole number from 0 on, given as a number or in digits. */
export function whole(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,17}$/.test(value) ? Number(value) : value
  return Number.isSafeInteger(number) && Number(number) >= 0 ? Number(number) : undefined
}

/** An id as a short string without white space; the same one for the same value, always. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  const id = filled(value)
  return id === undefined || PLAIN_ID.test(id) ? id : hash(id)
}

/** RFC 3339, which lets T and Z be small, as whole milliseconds. */
export function instant(value: unknown): number | undefined {
  if (typeof value !== 'string' || !INSTANT.test(value)) return undefined
  const at = Date.parse(value.toUpperCase())
  return at >= EARLIEST ? at : undefined
}

/** 22 characters of base64url: 132 bits of SHA-256. */
export function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

/** The hash of a value's JSON text; nothing for one nested too deeply to be written. */
export function hashOf(value: unknown): string | undefined {
  try {
    return hash(JSON.stringify(value))
  } catch {
    return undefined
  }
}
