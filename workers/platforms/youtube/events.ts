import type { Author, Draft, Money, Notice, NoticeWhat, Part } from '../../message.ts'
import { clean, cut, trimInvisible } from '../../text.ts'
import { SAYS_NOTHING, saysNothing, textOf } from '../../words.ts'

/** What an entry becomes: its events, or one sentence that says why it gives none. */
export type Outcome = Draft[] | string

/** Where an entry stands in what was pushed. */
export interface Place {
  /** Unique to the entry and the same when it is handed over again: ground for ids where the entry has none. */
  key: string
  receivedAt: number
}

/** What all events have in common but their kind. */
export interface Base {
  id: string
  platform: 'youtube'
  at: number
  receivedAt: number
}

export function base(id: string, at: number | undefined, place: Place): Base {
  return { id: eventId(id), platform: 'youtube', at: at ?? place.receivedAt, receivedAt: place.receivedAt }
}

export function eventId(id: string): string {
  return `youtube:${id}`
}

/** A message, unless it would show nothing but a name. */
export function message(head: Base, author: Author, parts: Part[], money?: Money): Outcome {
  const paid = money && { money }
  if (saysNothing({ parts, ...paid })) return SAYS_NOTHING
  return [{ ...head, kind: 'message', author, parts, text: textOf(parts), ...paid }]
}

type Extra = 'author' | 'parts' | 'count' | 'months' | 'tier' | 'recipient' | 'money'
export type Extras = { [Name in Extra]?: Notice[Name] | undefined }

/** Extras that are undefined, and parts that are empty, are left out. */
export function notice(head: Base, what: NoticeWhat, text: string, extras: Extras = {}): Draft {
  const given: Extras = {}
  for (const [name, value] of Object.entries(extras)) {
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) Object.assign(given, { [name]: value })
  }
  return { ...head, kind: 'notice', what, text, ...(given as Pick<Notice, Extra>) }
}

/** Takes one event away. The removal has an id of its own, so that it is not taken for a repetition of its target. */
export function removal(target: string, own: string | undefined, at: number | undefined, place: Place): Draft {
  const id = own === undefined || own === target ? `removed:${target}` : own
  return { ...base(id, at, place), kind: 'remove', target: { id: eventId(target) }, by: 'platform' }
}

export function removalOfAuthor(head: Base, authorId: string): Draft {
  return { ...head, kind: 'remove', target: { authorId }, by: 'platform' }
}

/** A line of the platform's own, fit to be shown; '' where there is none. */
export function sentence(text: unknown): string {
  return typeof text === 'string' ? trimInvisible(clean(text)).trim() : ''
}

export function memberSentence(name: string, upgraded = false): string {
  return upgraded ? `${name} upgraded their membership.` : `${name} became a member.`
}

/** `1 membership`, `5 memberships`. */
export function counted(count: number, one: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${one}s`
}

/** The name of a kind that is new to us, fit for a sentence. */
export function kindName(kind: unknown): string {
  return cut(sentence(kind), 60) || 'unnamed'
}
