import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** What may be wrong with a delivery, or at least not as usual. */
export interface Oddity {
  /** The header Kick-Event-Message-Id. */
  id?: string
  /** When it says it was sent, ms. */
  at?: number
  /** The same as it is written. */
  time?: string
  /** Put in place of what would be sent; null = left out. Names without `Kick-Event-`. */
  headers?: Readonly<Record<string, string | null>>
  /** Signs other bytes than those that are sent. */
  signed?: string
}

const KEY_BITS = 2_048

/** Signs and posts webhooks as Kick does: RSA PKCS#1 v1.5 with SHA-256 over `id.time.body`. */
export class KickSender {
  #key!: KeyObject
  publicKey = ''

  constructor() {
    this.rotate()
  }

  /** Signs with a new key from here on. */
  rotate(): void {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: KEY_BITS })
    this.#key = privateKey
    this.publicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  }

  headers(type: string, body: string | Uint8Array, oddity: Oddity = {}): Record<string, string> {
    const id = oddity.id ?? `01${randomBytes(12).toString('hex').toUpperCase()}`
    const time = oddity.time ?? new Date(oddity.at ?? Date.now()).toISOString()
    const signed = Buffer.concat([Buffer.from(`${id}.${time}.`), Buffer.from(oddity.signed ?? body)])
    const sent: Record<string, string | null> = {
      'message-id': id,
      'subscription-id': '01SUBSCRIPTION',
      signature: sign('sha256', signed, this.#key).toString('base64'),
      'message-timestamp': time,
      type,
      version: '1',
      ...oddity.headers,
    }
    const given = Object.entries(sent).filter((entry): entry is [string, string] => entry[1] !== null)
    return Object.fromEntries(given.map(([name, value]) => [`kick-event-${name}`, value]))
  }

  post(url: string, type: string, body: object | string, oddity: Oddity = {}): Promise<Response> {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const headers = { 'content-type': 'application/json', ...this.headers(type, text, oddity) }
    return fetch(url, { method: 'POST', headers, body: text })
  }
}
