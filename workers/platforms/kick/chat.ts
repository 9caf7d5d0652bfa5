import { filled, idOf, isObject, shaped } from '../../foreign.ts'
import type { Reply } from '../../message.ts'
import { cleanName } from '../../text.ts'
import { SAYS_NOTHING, saysNothing } from '../../words.ts'
import { parts, plain } from './emotes.ts'
import { base, eventId, message, type Outcome, type Place } from './events.ts'
import { subscription } from './notices.ts'
import type {
  Celebration,
  ChatMetadata,
  ChatSent,
  OriginalMessage,
  RepliesTo,
  SocketChat,
  SocketUser,
  User,
} from './payload.ts'
import { person } from './people.ts'
import { objectIn } from './talk.ts'

/** A chat message of either way in. */
interface Chat {
  id: unknown
  time: unknown
  sender: unknown
  content: unknown
  reply: Answered | undefined
  /** What the sender celebrates with it, perhaps without a word. */
  celebration?: unknown
  body: unknown
}

/** The message that is answered. */
interface Answered {
  id: unknown
  author: unknown
  login: unknown
  content: unknown
}

export function webhookChat(body: unknown, place: Place): Outcome {
  const { message_id: id, created_at: time, sender, content, replies_to } = shaped<ChatSent>(body)
  const parent = shaped<RepliesTo>(replies_to)
  const author = shaped<User>(parent.sender)
  const answered = {
    id: parent.message_id,
    author: author.username,
    login: author.channel_slug,
    content: parent.content,
  }
  return chat({ id, time, sender, content, body, reply: isObject(replies_to) ? answered : undefined }, place)
}

// `metadata.message_ref` looks like a time, but is the sender's clock. Kick's history gives the whole of it as JSON in a string.
export function socketChat(data: unknown, place: Place): Outcome {
  const { id, created_at: time, sender, content, metadata } = shaped<SocketChat>(data)
  const { original_message, original_sender, celebration } = shaped<ChatMetadata>(
    typeof metadata === 'string' ? objectIn(metadata) : metadata,
  )
  const parent = shaped<OriginalMessage>(original_message)
  const author = shaped<SocketUser>(original_sender)
  const answered = { id: parent.id, author: author.username, login: author.slug, content: parent.content }
  return chat(
    { id, time, sender, content, body: data, celebration, reply: isObject(original_message) ? answered : undefined },
    place,
  )
}

function chat({ id, time, sender, content, reply, celebration, body }: Chat, place: Place): Outcome {
  if (typeof content !== 'string') return 'the message has no content.'
  const said = reply === undefined ? content : withoutName(content, reply)
  const [shown, answered] = [parts(said), reply && replyTo(reply)]
  const head = base({ id, time, body }, place)
  if (!saysNothing({ parts: shown, ...(answered && { reply: answered }) }))
    return [message(head, person(sender), shown, answered)]
  const { type, total_months } = shaped<Celebration>(celebration)
  return type === 'subscription_renewed' ? subscription(head, person(sender), true, total_months) : SAYS_NOTHING
}

function replyTo({ id, author, content }: Answered): Reply | undefined {
  const parent = idOf(id)
  if (parent === undefined) return undefined
  const text = typeof content === 'string' ? plain(content) : ''
  return { id: eventId(parent), author: cleanName(filled(author) ?? '', 'Anonymous'), text }
}

/** Content without the leading `@name ` of the one who is answered, where it is there. */
function withoutName(content: string, { author, login }: Answered): string {
  const [first = ''] = /^@\S+\s+/.exec(content) ?? []
  const name = first.trim().slice(1).toLowerCase()
  const own = [author, login].some((known) => typeof known === 'string' && name === known.toLowerCase())
  return first !== '' && own ? content.slice(first.length) : content
}
