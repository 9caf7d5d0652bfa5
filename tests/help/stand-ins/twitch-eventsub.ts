import { createHmac, randomUUID } from 'node:crypto'
import type { StandIn } from './stand-in.ts'

/** Twitch as the sender of EventSub webhooks: signs, and does it wrong where it is told to. */
export class TwitchEventSub implements StandIn {
  readonly secret: string
  readonly troubles = {}

  constructor(secret = 'a secret of the test') {
    this.secret = secret
  }

  get env(): Readonly<Record<string, string>> {
    return { CROSSCHAT_TWITCH_EVENTSUB_SECRET: this.secret }
  }

  /** Sends a body to a hook's address. */
  deliver(address: string, body: unknown, how: Delivering = {}): Promise<Response> {
    const bytes = bytesOf(body)
    const headers = { ...this.headers(bytes, how), ...how.headers }
    return fetch(address, { method: 'POST', body: bytes, headers })
  }

  headers(bytes: Uint8Array<ArrayBuffer>, how: Delivering = {}): Record<string, string> {
    const { type = 'notification', id = randomUUID(), at = Date.now() } = how
    const timestamp = `${new Date(at).toISOString().slice(0, -1)}123456Z`
    const signature = how.signature === undefined ? this.sign(id, timestamp, bytes) : how.signature
    return {
      'Content-Type': 'application/json',
      'Twitch-Eventsub-Message-Id': id,
      'Twitch-Eventsub-Message-Retry': '0',
      'Twitch-Eventsub-Message-Type': type,
      'Twitch-Eventsub-Message-Timestamp': timestamp,
      ...(signature !== null && { 'Twitch-Eventsub-Message-Signature': signature }),
    }
  }

  sign(id: string, timestamp: string, bytes: Uint8Array): string {
    const hmac = createHmac('sha256', this.secret)
      .update(id + timestamp)
      .update(bytes)
    return `sha256=${hmac.digest('hex')}`
  }

  async close(): Promise<void> {}
}

export interface Delivering {
  type?: string
  id?: string
  /** When it says that it was sent, ms. */
  at?: number
  /** Instead of the right one; null = none. */
  signature?: string | null
  headers?: Record<string, string>
}

export function bytesOf(body: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))
}

export function notification(type: string, event: unknown): Record<string, unknown> {
  return { subscription: subscription(type, 'enabled'), event }
}

export function verification(type: string, challenge: string): Record<string, unknown> {
  return { challenge, subscription: subscription(type, 'webhook_callback_verification_pending') }
}

export function revocation(type: string, status: string): Record<string, unknown> {
  return { subscription: subscription(type, status) }
}

/** A chat message of an invented person. */
export function chatEvent(id: string, text: string): Record<string, unknown> {
  return notification('channel.chat.message', {
    broadcaster_user_id: '2002',
    broadcaster_user_login: 'cool_channel',
    broadcaster_user_name: 'cool_channel',
    chatter_user_id: '1001',
    chatter_user_login: 'noodle_knight',
    chatter_user_name: 'Noodle_Knight',
    message_id: id,
    message: { text, fragments: [{ type: 'text', text, cheermote: null, emote: null, mention: null }] },
    color: '#1E90FF',
    badges: [],
    message_type: 'text',
    cheer: null,
    reply: null,
  })
}

function subscription(type: string, status: string): Record<string, unknown> {
  return { id: 'subscription-1', status, type, version: '1', condition: {}, transport: { method: 'webhook' }, cost: 0 }
}
