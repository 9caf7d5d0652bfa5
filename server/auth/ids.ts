import { randomBytes } from 'node:crypto'

export const ID_BYTES = 16

/** An id that cannot be guessed and never repeats: 128 random bits as 22 letters of base64url. */
export function newId(): string {
  return randomBytes(ID_BYTES).toString('base64url')
}

/** A secret of 256 random bits as 43 letters of base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}
