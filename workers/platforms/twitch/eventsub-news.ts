import type { Author, Draft, Part } from '../../message.ts'
import { cleanName } from '../../text.ts'
import { personAt } from './author.ts'
import type { EmoteRange } from './emotes.ts'
import { countAt, isObject, type Json, listAt, objectAt, textAt } from './json.ts'
import { tierOf } from './kinds.ts'
import { bitsMoney } from './money.ts'
import { partsOf, partsOfFragments } from './parts.ts'
import type { EventSubHandler, NoticeDraft, Notification } from './payload.ts'
import { plural, raidSentence } from './sentences.ts'

/** News that come beside the chat, each under a subscription of its own. */
export const NEWS: ReadonlyMap<string, EventSubHandler> = new Map<string, EventSubHandler>([
  ['channel.cheer', cheer],
  ['channel.bits.use', bitsUse],
  ['channel.raid', raid],
  ['channel.follow', follow],
  ['channel.subscribe', subscribe],
  ['channel.subscription.message', resub],
  ['channel.subscription.gift', gift],
  ['channel.channel_points_custom_reward_redemption.add', redemption],
])

/** Whoever wants to stay unnamed is not named, whatever else stands there. */
function giverOf(event: Json): Author {
  return personAt(event.is_anonymous === true ? {} : event, 'user_')
}

type Made = Partial<NoticeDraft> & Pick<NoticeDraft, 'what' | 'text'>

function make({ at, receivedAt, id }: Notification, made: Made, own?: string): Draft {
  return { id: id(own), kind: 'notice', platform: 'twitch', at, receivedAt, ...made }
}

/** Only what there is: an optional field must be absent, not undefined. */
function tierAndParts(tier: string | undefined, parts: Part[]): Partial<NoticeDraft> {
  return { ...(tier === undefined ? {} : { tier }), ...(parts.length === 0 ? {} : { parts }) }
}

function cheer(notification: Notification): Draft {
  const { event } = notification
  const bits = countAt(event, 'bits') ?? 0
  return bitsNotice(notification, 'cheered', bits, partsOf(textAt(event, 'message'), [], bits))
}

function bitsUse(notification: Notification): Draft {
  const { event } = notification
  const verb = textAt(event, 'type') === 'cheer' ? 'cheered' : 'used'
  return bitsNotice(notification, verb, countAt(event, 'bits') ?? 0, partsOfFragments(objectAt(event, 'message')))
}

function bitsNotice(notification: Notification, verb: string, bits: number, parts: Part[]): Draft {
  const author = giverOf(notification.event)
  const money = bits > 0 ? { money: bitsMoney(bits) } : {}
  const text = `${author.name} ${verb} ${plural(bits, 'bit')}.`
  return make(notification, { what: 'other', text, author, ...money, ...tierAndParts(undefined, parts) })
}

function raid(notification: Notification): Draft {
  const author = personAt(notification.event, 'from_broadcaster_user_')
  const count = countAt(notification.event, 'viewers')
  const text = raidSentence(author.name, count)
  return make(notification, { what: 'raid', text, author, ...(count === undefined ? {} : { count }) })
}

function follow(notification: Notification): Draft {
  const author = personAt(notification.event, 'user_')
  return make(notification, { what: 'follow', text: `${author.name} is now following.`, author })
}

function subscribe(notification: Notification): Draft {
  const { event } = notification
  const author = personAt(event, 'user_')
  const tier = tierOf(textAt(event, 'tier'))
  const how = event.is_gift === true ? 'received a gifted sub' : 'subscribed'
  const text = `${author.name} ${how}${tier === undefined ? '' : ` at ${tier}`}.`
  return make(notification, { what: 'sub', text, author, ...tierAndParts(tier, []) })
}

function resub(notification: Notification): Draft {
  const { event } = notification
  const author = personAt(event, 'user_')
  const tier = tierOf(textAt(event, 'tier'))
  const months = countAt(event, 'cumulative_months') ?? 0
  const message = objectAt(event, 'message')
  const parts = partsOf(textAt(message, 'text'), rangesOf(message))
  const since = months > 0 ? ` They've subscribed for ${plural(months, 'month')}!` : ''
  const text = `${author.name} subscribed${tier === undefined ? '' : ` at ${tier}`}.${since}`
  const lasting = months > 0 ? { months } : {}
  return make(notification, { what: 'resub', text, author, ...lasting, ...tierAndParts(tier, parts) })
}

/** Older events name emotes by `begin` and `end`, inclusive, as IRC does. */
function rangesOf(message: Json): EmoteRange[] {
  return listAt(message, 'emotes')
    .filter(isObject)
    .map((emote) => ({
      id: textAt(emote, 'id'),
      first: countAt(emote, 'begin') ?? -1,
      last: countAt(emote, 'end') ?? -1,
    }))
    .filter(({ first, last }) => first >= 0 && last >= first)
}

function gift(notification: Notification): Draft {
  const { event } = notification
  const author = giverOf(event)
  const tier = tierOf(textAt(event, 'tier'))
  const count = countAt(event, 'total') ?? 1
  const text = `${author.name} gifted ${plural(count, tier === undefined ? 'sub' : `${tier} sub`)}.`
  return make(notification, { what: 'gift', text, author, count, ...tierAndParts(tier, []) })
}

/** Without `user_input`: those words come as a chat message as well, which a moderator can take away. */
function redemption(notification: Notification): Draft {
  const { event } = notification
  const author = personAt(event, 'user_')
  const title = cleanName(textAt(objectAt(event, 'reward'), 'title'), 'a reward')
  return make(notification, { what: 'reward', text: `${author.name} redeemed ${title}.`, author }, textAt(event, 'id'))
}
