import { createHash } from 'node:crypto'

/** What `newSecret` makes: 256 random bits. */
const FORM = /^[A-Za-z0-9_-]{43}$/

/** SHA-256, hex, which alone is kept; null for what cannot be the token of an invitation. */
export function inviteDigest(token: string): string | null {
  return FORM.test(token) ? createHash('sha256').update(token).digest('hex') : null
}
