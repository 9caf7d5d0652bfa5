import type { Draft } from '../../message.ts'
import { clean } from '../../text.ts'
import { eventId, platformId } from './ids.ts'
import { type IrcLine, trailingText } from './irc.ts'
import type { Stamp } from './payload.ts'

/** CLEARCHAT without a name clears the chat; with one it takes away all that this person wrote (ban or timeout). */
export function clearchat(line: IrcLine, stamp: Stamp): Draft {
  const person = line.tags.get('target-user-id') || line.params[1]
  if (!person) return { ...stamp, kind: 'clear', by: 'platform' }
  return { ...stamp, kind: 'remove', target: { authorId: platformId(person) }, by: 'platform' }
}

/** CLEARMSG takes away one message. The stamp must not come from the target's id. */
export function clearmsg(line: IrcLine, stamp: Stamp): Draft | string {
  const target = line.tags.get('target-msg-id')
  if (!target) return 'a CLEARMSG line without target-msg-id deletes nothing.'
  return { ...stamp, kind: 'remove', target: { id: eventId(target) }, by: 'platform' }
}

/** Answers to this connection's own doing ("You are banned …"): nobody else in the chat sees these. */
const PRIVATE_NOTICE = /^(?:msg_|no_|bad_|usage_|invalid_|unrecognized_|whisper_|already_|cmds_)/

/** NOTICE: the room's own news, such as emote-only mode. */
export function notice(line: IrcLine, stamp: Stamp): Draft | string {
  if (!line.params[0]?.startsWith('#')) return 'a NOTICE outside a channel is for the connection, not for the chat.'
  const kind = line.tags.get('msg-id') ?? ''
  if (PRIVATE_NOTICE.test(kind)) return 'this NOTICE is an answer to the reading connection alone.'
  const text = clean(trailingText(line)).trim()
  if (text === '') return 'a NOTICE without text says nothing.'
  return { ...stamp, kind: 'notice', what: 'other', text }
}
