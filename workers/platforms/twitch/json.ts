/** Reading JSON that anyone may have written: nothing here throws, and nothing is taken from a prototype. */

export type Json = Readonly<Record<string, unknown>>
export const EMPTY: Json = Object.freeze({})

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object's own field as an object; an empty one when it is not. */
export function objectAt(object: Json, key: string): Json {
  const value = Object.hasOwn(object, key) ? object[key] : undefined
  return isObject(value) ? value : EMPTY
}

export function listAt(object: Json, key: string): readonly unknown[] {
  const value = Object.hasOwn(object, key) ? object[key] : undefined
  return Array.isArray(value) ? value : []
}

/** The object's own field as text: "" when absent; numbers become text, since ids have come as both. */
export function textAt(object: Json, key: string): string {
  const value = Object.hasOwn(object, key) ? object[key] : undefined
  if (typeof value === 'string') return value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
}

/** Levels of an object that `scalars` looks into; deeper ones are not told apart. */
const MAX_DEPTH = 4

/** The texts, numbers and truths inside, each behind its key, in order: what a value is known by. */
export function scalars(value: object, found: string[] = [], depth = MAX_DEPTH): string[] {
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner !== 'object') found.push(key, String(inner))
    else if (inner !== null && depth > 0) scalars(inner, found, depth - 1)
  }
  return found
}

/** The object's own field as a whole number from 0 to 2^53. */
export function countAt(object: Json, key: string): number | undefined {
  return wholeNumber(textAt(object, key))
}

export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
