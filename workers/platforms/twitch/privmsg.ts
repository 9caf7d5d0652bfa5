import type { Draft, Reply } from '../../message.ts'
import { clean, cleanName, cut, MAX_TEXT, trimInvisible } from '../../text.ts'
import { SAYS_NOTHING, saysNothing } from '../../words.ts'
import { authorOfLine } from './author.ts'
import { readEmotesTag } from './emotes.ts'
import { eventId } from './ids.ts'
import { type IrcLine, trailingText } from './irc.ts'
import { wholeNumber } from './json.ts'
import { moneyOf } from './money.ts'
import { dropParent, partsOf, unframeAction } from './parts.ts'
import type { MessageDraft, Stamp } from './payload.ts'
import { joined } from './words.ts'

/** The rule name on replayed messages that a moderator had already deleted: kept, never drawn on air. */
export const ALREADY_DELETED = 'deleted'

/** The message, or the reason why there is none. */
export function privmsg(line: IrcLine, stamp: Stamp): Draft | string {
  const { tags } = line
  const { text: raw, action } = unframeAction(trailingText(line))
  const bits = wholeNumber(tags.get('bits')) ?? 0
  const all = partsOf(raw, readEmotesTag(tags.get('emotes') ?? ''), bits)
  const reply = replyOf(tags)
  const parts = reply === undefined ? all : dropParent(all, parentNames(tags))
  const author = authorOfLine(line) ?? { id: 'unknown', name: '?', roles: [], badges: [] }
  // Named one by one: spreading the stamp doubles the cost of a line.
  const { id, platform, at, receivedAt } = stamp
  const message: MessageDraft = { id, kind: 'message', platform, at, receivedAt, author, parts, text: joined(parts) }
  if (action) message.action = true
  if (reply !== undefined) message.reply = reply
  addMarks(message, tags)
  return saysNothing(message) ? SAYS_NOTHING : message
}

function addMarks(message: MessageDraft, tags: IrcLine['tags']): void {
  if (tags.get('first-msg') === '1') message.first = true
  if (tags.get('msg-id') === 'highlighted-message') message.highlighted = true
  if (tags.get('rm-deleted') === '1') message.hidden = ALREADY_DELETED
  const money = moneyOf(tags)
  if (money !== undefined) message.money = money
}

function replyOf(tags: IrcLine['tags']): Reply | undefined {
  const parent = tags.get('reply-parent-msg-id')
  if (!parent) return undefined
  const body = unframeAction(cut(tags.get('reply-parent-msg-body') ?? '', MAX_TEXT)).text
  const login = tags.get('reply-parent-user-login') ?? ''
  const author = cleanName(tags.get('reply-parent-display-name') ?? '', cleanName(login))
  return { id: eventId(parent), author, text: trimInvisible(clean(body)).trim() }
}

function parentNames(tags: IrcLine['tags']): string[] {
  const display = clean(tags.get('reply-parent-display-name') ?? '').trim()
  return [display, tags.get('reply-parent-user-login') ?? '']
}
