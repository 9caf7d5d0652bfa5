import type { Draft, Reply } from '../../message.ts'
import { clean, cleanName, trimInvisible } from '../../text.ts'
import { SAYS_NOTHING, saysNothing } from '../../words.ts'
import { chatterOf } from './author.ts'
import { eventId } from './ids.ts'
import { countAt, isObject, type Json, objectAt, textAt } from './json.ts'
import { tierOf, whatOf, withoutSharedPrefix } from './kinds.ts'
import { bitsMoney, minorMoney } from './money.ts'
import { dropParent, partsOfFragments, unframeAction } from './parts.ts'
import type { EventSubHandler, MessageDraft, NoticeDraft, Notification } from './payload.ts'
import { sentenceFor } from './sentences.ts'
import { addAvatar } from './usernotice.ts'
import { joined } from './words.ts'

export const CHAT: ReadonlyMap<string, EventSubHandler> = new Map([
  ['channel.chat.message', chatMessage],
  ['channel.chat.notification', chatNotification],
])

function chatMessage({ event, id, at, receivedAt }: Notification): Draft | string {
  if (!isObject(event.message)) return 'the message has no content.'
  const { said, action } = unframed(objectAt(event, 'message'))
  const all = partsOfFragments(said)
  const parent = objectAt(event, 'reply')
  const reply = replyOf(parent)
  const parts = reply === undefined ? all : dropParent(all, parentNames(parent))
  const message: MessageDraft = {
    id: id(textAt(event, 'message_id')),
    kind: 'message',
    platform: 'twitch',
    at,
    receivedAt,
    author: chatterOf(event),
    parts,
    text: joined(parts),
  }
  if (action) message.action = true
  if (reply !== undefined) message.reply = reply
  if (textAt(event, 'message_type') === 'channel_points_highlighted') message.highlighted = true
  const bits = countAt(objectAt(event, 'cheer'), 'bits') ?? 0
  if (bits > 0) message.money = bitsMoney(bits)
  return saysNothing(message) ? SAYS_NOTHING : message
}

/** `/me` frames the text as in IRC while the fragments stay bare; fragments joined are the text without its frame. */
function unframed(message: Json): { said: Json; action: boolean } {
  const { text, action } = unframeAction(textAt(message, 'text'))
  return { said: action ? { ...message, text } : message, action }
}

function replyOf(reply: Json): Reply | undefined {
  const parent = textAt(reply, 'parent_message_id')
  if (parent === '') return undefined
  const author = cleanName(textAt(reply, 'parent_user_name'), cleanName(textAt(reply, 'parent_user_login')))
  const body = unframeAction(textAt(reply, 'parent_message_body')).text
  return { id: eventId(parent), author, text: trimInvisible(clean(body)).trim() }
}

function parentNames(reply: Json): string[] {
  return [clean(textAt(reply, 'parent_user_name')).trim(), textAt(reply, 'parent_user_login')]
}

function chatNotification({ event, id, at, receivedAt }: Notification): Draft {
  const type = textAt(event, 'notice_type')
  const kind = withoutSharedPrefix(type)
  const notice: NoticeDraft = {
    id: id(textAt(event, 'message_id')),
    kind: 'notice',
    platform: 'twitch',
    at,
    receivedAt,
    what: whatOf(kind),
    text: '',
    author: chatterOf(event),
  }
  const details = objectAt(event, type)
  addDetails(notice, kind, details)
  if (kind === 'raid') addAvatar(notice, textAt(details, 'profile_image_url'))
  const parts = partsOfFragments(objectAt(event, 'message'))
  if (parts.length > 0) notice.parts = parts
  notice.text = sentenceFor(kind, textAt(event, 'system_message'), notice)
  return notice
}

/** Notice type → the field of its object that counts what it is about. */
const COUNTS = new Map([
  ['raid', 'viewer_count'],
  ['community_sub_gift', 'total'],
  ['bits_badge_tier', 'tier'],
  ['watch_streak', 'streak_count'],
])

function addDetails(notice: NoticeDraft, kind: string, details: Json): void {
  const count = countAt(details, COUNTS.get(kind) ?? '')
  if (count !== undefined) notice.count = count
  const months = monthsOf(kind, details)
  if (months > 0) notice.months = months
  const tier = details.is_prime === true ? 'Prime' : tierOf(textAt(details, 'sub_tier'))
  if (tier !== undefined) notice.tier = tier
  const recipient = cleanName(textAt(details, 'recipient_user_name') || textAt(details, 'recipient_user_login'), '')
  if (recipient !== '') notice.recipient = recipient
  const money = kind === 'charity_donation' ? donationOf(objectAt(details, 'amount')) : undefined
  if (money !== undefined) notice.money = money
}

/** How long the chatter has been with the channel; `duration_months` of a sub is only how long it was bought for. */
function monthsOf(kind: string, details: Json): number {
  return countAt(details, kind === 'modiversary' ? 'months' : 'cumulative_months') ?? 0
}

function donationOf(amount: Json): NoticeDraft['money'] {
  return minorMoney('donation', {
    amount: textAt(amount, 'value'),
    exponent: textAt(amount, 'decimal_place') || textAt(amount, 'decimal_places'),
    currency: textAt(amount, 'currency'),
  })
}
