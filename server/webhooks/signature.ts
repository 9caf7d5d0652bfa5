import { createHmac, randomBytes } from 'node:crypto'

/** As https://www.standardwebhooks.com has it, so that its libraries check ours. */

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64')
}

export interface Signed {
  'webhook-id': string
  /** Seconds. */
  'webhook-timestamp': string
  /** One for each secret that is good, with a space between them. */
  'webhook-signature': string
}

export function sign(secrets: readonly string[], id: string, at: number, body: string): Signed {
  const seconds = String(Math.floor(at / 1_000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') }
}
