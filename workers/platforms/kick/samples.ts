import { hash } from '../../foreign.ts'
import type { Role } from '../../message.ts'
import { BadPayload, type Pushed, type SampleFields, type SampleKind } from '../platform.ts'
import type { Badge, Identity, User } from './payload.ts'

/** Simulated messages as Kick sends them: webhooks, and a frame of the socket for a host. */

type Make = (fields: SampleFields) => { type: string; body: object }

const SAMPLES: ReadonlyMap<SampleKind, Make> = new Map<SampleKind, Make>([
  ['message', chat],
  ['reply', reply],
  ['sub', (fields) => subscription('channel.subscription.new', fields, 1)],
  ['resub', (fields) => subscription('channel.subscription.renewal', fields, 6)],
  ['gift', gift],
  ['follow', (fields) => ({ type: 'channel.followed', body: { broadcaster: BROADCASTER, follower: user(fields) } })],
  ['cheer', kicks],
  ['raid', host],
])

export const SAMPLE_KINDS: SampleKind[] = [...SAMPLES.keys()]

const BROADCASTER = person('cool_channel')

const BADGES: ReadonlyMap<Role, Badge> = new Map([
  ['owner', { type: 'broadcaster', text: 'Broadcaster' }],
  ['mod', { type: 'moderator', text: 'Moderator' }],
  ['vip', { type: 'vip', text: 'VIP' }],
  ['sub', { type: 'subscriber', text: 'Subscriber', count: 1 }],
  ['staff', { type: 'staff', text: 'Staff' }],
  ['verified', { type: 'verified', text: 'Verified' }],
  ['bot', { type: 'bot', text: 'Bot' }],
])

/** Throws BadPayload for a kind that Kick does not have. */
export function sample(fields: SampleFields): Pushed {
  const make = SAMPLES.get(fields.kind)
  if (make === undefined) throw new BadPayload(0, `Kick has no sample of the kind "${fields.kind}".`)
  const { type, body } = make(fields)
  return {
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'kick-event-message-id': fields.id,
      'kick-event-message-timestamp': time(fields),
      'kick-event-type': type,
      'kick-event-version': '1',
    },
  }
}

function person(name: string): User {
  return {
    is_anonymous: false,
    user_id: Number.parseInt(Buffer.from(hash(name.toLowerCase())).toString('hex').slice(0, 8), 16),
    username: name,
    is_verified: false,
    profile_picture: '',
    channel_slug: name.toLowerCase().replaceAll('_', '-'),
    identity: null,
  }
}

function user({ name, color, roles }: SampleFields): User {
  const identity: Identity = { username_color: color ?? '', badges: roles.flatMap((role) => BADGES.get(role) ?? []) }
  return { ...person(name), identity }
}

function time({ at }: SampleFields): string {
  return new Date(at).toISOString()
}

function chat(fields: SampleFields) {
  const { id, text } = fields
  const body = {
    message_id: id,
    broadcaster: BROADCASTER,
    sender: user(fields),
    content: text,
    created_at: time(fields),
  }
  return { type: 'chat.message.sent', body }
}

function reply(fields: SampleFields) {
  const { type, body } = chat(fields)
  const parent = {
    message_id: `${fields.id}-parent`,
    content: 'Where are we going today?',
    sender: person('quiet_harbor'),
  }
  return { type, body: { ...body, replies_to: parent } }
}

function subscription(type: string, fields: SampleFields, months: number) {
  const duration = Math.round(fields.amount ?? months)
  return { type, body: { broadcaster: BROADCASTER, subscriber: user(fields), duration, created_at: time(fields) } }
}

/** Recipients that a simulated gift names at most. */
const MAX_GIFTEES = 100

function gift(fields: SampleFields) {
  const count = Math.min(Math.max(Math.round(fields.amount ?? 5), 1), MAX_GIFTEES)
  const giftees = Array.from({ length: count }, (_, number) => person(`viewer_${number + 1}`))
  const body = { broadcaster: BROADCASTER, gifter: user(fields), giftees, created_at: time(fields) }
  return { type: 'channel.subscription.gifts', body }
}

function kicks(fields: SampleFields) {
  const gift = {
    amount: Math.round(fields.amount ?? 100),
    name: 'Lantern',
    type: 'BASIC',
    tier: 'BASIC',
    message: fields.text,
  }
  return {
    type: 'kicks.gifted',
    body: { broadcaster: BROADCASTER, sender: user(fields), gift, created_at: time(fields) },
  }
}

/** Kick has no webhook for a host, so this one is a frame of the socket. */
function host({ name, text, amount = 10 }: SampleFields) {
  const event = 'App\\Events\\StreamHostEvent'
  const data = {
    chatroom_id: 1,
    optional_message: text === '' ? null : text,
    number_viewers: Math.round(amount),
    host_username: name,
  }
  return { type: event, body: { event, data: JSON.stringify(data), channel: 'chatrooms.1.v2' } }
}
