import { createHash } from 'node:crypto'
import { newSecret } from './ids.ts'

const PREFIX = 'cc_'
const FORM = /^cc_[A-Za-z0-9_-]{43}$/

/** An API key as its owner sees it once: `cc_` and 256 random bits. Only its digest is kept. */
export function newApiKey(): string {
  return PREFIX + newSecret()
}

/** SHA-256, hex; null for what cannot be an API key. A plain digest does: the key has too many bits to be guessed. */
export function apiKeyDigest(key: string): string | null {
  return FORM.test(key) ? createHash('sha256').update(key).digest('hex') : null
}
