import type { Draft } from '../../message.ts'
import { clean } from '../../text.ts'
import { eventId, platformId } from './ids.ts'
import { type Json, objectAt, textAt } from './json.ts'
import type { EventSubHandler, Notification } from './payload.ts'

export const REMOVALS: ReadonlyMap<string, EventSubHandler> = new Map<string, EventSubHandler>([
  ['channel.chat.message_delete', (notification) => removeMessage(notification, notification.event)],
  [
    'channel.chat.clear_user_messages',
    (notification) => removeAuthor(notification, notification.event, 'target_user_'),
  ],
  ['channel.chat.clear', clear],
  ['channel.ban', (notification) => removeAuthor(notification, notification.event, 'user_')],
  ['channel.moderate', moderate],
  ['channel.channel_points_custom_reward_redemption.update', refund],
])

function clear({ at, receivedAt, removalId }: Notification): Draft {
  return { id: removalId(), kind: 'clear', platform: 'twitch', at, receivedAt, by: 'platform' }
}

function removeMessage(notification: Notification, named: Json): Draft | string {
  const message = textAt(named, 'message_id')
  if (message === '') return `${clean(notification.type)} without message_id deletes nothing.`
  return removal(notification, eventId(message))
}

function removal({ at, receivedAt, removalId }: Notification, target: string): Draft {
  return {
    id: removalId(target),
    kind: 'remove',
    platform: 'twitch',
    at,
    receivedAt,
    target: { id: target },
    by: 'platform',
  }
}

/** A redemption that the streamer rejects gives its points back. Shown, it has its own id. */
function refund(notification: Notification): Draft | string {
  const { type, event } = notification
  const redemption = textAt(event, 'id')
  if (textAt(event, 'status').toLowerCase() !== 'canceled')
    return `${clean(type)} of a redemption that stands is no news.`
  if (redemption === '') return `${clean(type)} without id takes nothing back.`
  return removal(notification, eventId(redemption))
}

function removeAuthor(notification: Notification, named: Json, prefix: string): Draft | string {
  const { type, at, receivedAt, removalId } = notification
  const person = textAt(named, `${prefix}id`) || textAt(named, `${prefix}login`)
  if (person === '') return `${clean(type)} without ${prefix}id names nobody.`
  const target = { authorId: platformId(person) }
  return { id: removalId(), kind: 'remove', platform: 'twitch', at, receivedAt, target, by: 'platform' }
}

/** One action of a moderator, in the field of the same name. Those that take something off the screen matter here. */
function moderate(notification: Notification): Draft | string {
  const action = textAt(notification.event, 'action')
  const named = objectAt(notification.event, action)
  switch (action) {
    case 'clear':
      return clear(notification)
    case 'delete':
    case 'shared_chat_delete':
      return removeMessage(notification, named)
    case 'ban':
    case 'timeout':
    case 'shared_chat_ban':
    case 'shared_chat_timeout':
      return removeAuthor(notification, named, 'user_')
    default:
      return `the moderator's action ${clean(action).slice(0, 40) || 'without a name'} takes nothing off the screen.`
  }
}
