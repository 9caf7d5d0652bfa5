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
])

function clear({ at, receivedAt, removalId }: Notification): Draft {
  return { id: removalId(), kind: 'clear', platform: 'twitch', at, receivedAt, by: 'platform' }
}

function removeMessage({ type, at, receivedAt, removalId }: Notification, named: Json): Draft | string {
  const message = textAt(named, 'message_id')
  if (message === '') return `${clean(type)} without message_id deletes nothing.`
  const target = eventId(message)
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
