import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Seal } from './seal.ts'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Secrets that must be kept and used, such as a streamer's API key: sealed in the store, so that a copy of its files tells nothing. */
export class Vault {
  readonly #keys: Buffer[]

  constructor(seal: Seal) {
    this.#keys = seal.keys('vault')
  }

  lock(secret: string): string {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv(CIPHER, this.#keys[0] ?? Buffer.alloc(0), nonce)
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
  }

  /** The secret, or null when it was sealed with a secret of the instance that is gone. */
  open(sealed: string): string | null {
    const bytes = Buffer.from(sealed, 'base64url')
    for (const key of this.#keys) {
      try {
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
        const rest = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES))
        return Buffer.concat([rest, decipher.final()]).toString('utf8')
      } catch {
        // Of another key: the next one may fit.
      }
    }
    return null
  }
}
