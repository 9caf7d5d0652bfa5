import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

const KEY_BYTES = 32
const SALT = 'crosschat'

/**
 * Keys made from the instance's secrets, one for each purpose, so that what leaks of one purpose opens no other.
 * Secrets stand newest first: the first one signs, all of them verify, and so a secret can be exchanged.
 */
export class Seal {
  readonly #secrets: readonly Uint8Array[]

  constructor(secrets: readonly Uint8Array[]) {
    if (secrets.length === 0) throw new RangeError('A seal needs at least one secret.')
    this.#secrets = secrets
  }

  /** 32 bytes for each secret, newest first. */
  keys(purpose: string): Buffer[] {
    return this.#secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, SALT, purpose, KEY_BYTES)))
  }
}

export function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** Compares two secrets of any lengths in a time that tells nothing about either. */
export function sameSecret(given: string, right: string): boolean {
  const key = Buffer.from(SALT)
  return timingSafeEqual(hmac(key, given), hmac(key, right))
}
