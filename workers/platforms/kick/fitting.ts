import { isObject, shaped } from '../../foreign.ts'
import type { Metadata } from './payload.ts'

/** Whether a webhook's body is what its type says. */

type Tell = (body: unknown) => boolean

const has =
  (...fields: string[]): Tell =>
  (body) =>
    isObject(body) && fields.some((field) => Object.hasOwn(body, field))

/** By what a body of each type is known, in all versions that were seen. */
const TELLS: ReadonlyMap<string, Tell> = new Map([
  ['chat.message.sent', has('content', 'message_id')],
  ['channel.followed', has('follower')],
  ['channel.subscription.new', has('subscriber')],
  ['channel.subscription.renewal', has('subscriber')],
  ['channel.subscription.gifts', has('giftees', 'gifter')],
  ['channel.reward.redemption.updated', has('redeemer', 'reward')],
  ['livestream.status.updated', has('is_live')],
  // A ban has metadata, too.
  ['livestream.metadata.updated', (body) => has('title', 'category')(shaped<Metadata>(body).metadata)],
  ['moderation.banned', has('banned_user')],
  ['kicks.gifted', has('gift')],
])

/** False when the body is known to be of another type. A type that is new to us fits all bodies, and a bare body all types. */
export function fits(type: string, body: unknown): boolean {
  const tell = TELLS.get(type)
  return tell === undefined || tell(body) || typeOf(body) === undefined
}

/** The first type that the body is known by. */
export function typeOf(body: unknown): string | undefined {
  return [...TELLS].find(([, tell]) => tell(body))?.[0]
}
