import { hashOf, idOf, instant } from '../../foreign.ts'
import type { Author, Draft, Money, Notice, NoticeWhat, Part, Reply } from '../../message.ts'
import { clean, cut, trimInvisible } from '../../text.ts'
import { textOf } from '../../words.ts'
import type { Broadcast } from '../platform.ts'

/** What a payload becomes: its events, or one sentence that says why it gives none, perhaps with what it says of the broadcast. */
export type Outcome = Draft[] | string | News
export interface News {
  ignored: string
  broadcast: Broadcast
}

/** What came with a payload, and what it is called. */
export interface Place {
  /** Unique to the payload and the same when it is handed over again: ground for ids where all else is absent. */
  key: string
  receivedAt: number
  /** Kick's name of the event. */
  type: string
  /** The header Kick-Event-Message-Id: the same for a repeated delivery. */
  messageId: string | undefined
  /** The header Kick-Event-Message-Timestamp, in milliseconds. */
  sentAt: number | undefined
}

/** What all events have in common but their kind. */
export interface Base {
  id: string
  platform: 'kick'
  at: number
  receivedAt: number
}

interface Known {
  /** The event's own id, where Kick gives one. */
  id?: unknown
  /** RFC 3339. */
  time?: unknown
  body: unknown
}

/** What equal bodies of one type share that have a time of their own: they are the same event. */
export function contentId(type: string, time: unknown, body: unknown): string | undefined {
  return instant(time) === undefined ? undefined : hashOf([type, body])
}

/**
 * The id is the event's own, or else that of its delivery. Without either, equal bodies with a time of their own are the
 * same event; bodies without one cannot be told apart but by how they came.
 */
export function base({ id, time, body }: Known, place: Place): Base {
  return {
    id: eventId(idOf(id) ?? place.messageId ?? contentId(place.type, time, body) ?? place.key),
    platform: 'kick',
    at: instant(time) ?? place.sentAt ?? place.receivedAt,
    receivedAt: place.receivedAt,
  }
}

export function eventId(id: string): string {
  return `kick:${id}`
}

export function message(head: Base, author: Author, parts: Part[], reply?: Reply): Draft {
  return { ...head, kind: 'message', author, parts, text: textOf(parts), ...(reply && { reply }) }
}

type Extra = 'author' | 'parts' | 'count' | 'months' | 'recipient' | 'money'
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
export function removal(head: Base, target: string): Draft {
  const id = head.id === eventId(target) ? eventId(`removed:${target}`) : head.id
  return { ...head, id, kind: 'remove', target: { id: eventId(target) }, by: 'platform' }
}

export function removalOfAuthor(head: Base, authorId: string): Draft {
  return { ...head, kind: 'remove', target: { authorId }, by: 'platform' }
}

export function kicks(amount: number): Money {
  return { kind: 'kicks', amount, display: counted(amount, 'Kick') }
}

/** `1 month`, `5 months`. */
export function counted(count: number, one: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${one}s`
}

/** A name that is new to us, fit for a sentence. */
export function kindName(kind: string): string {
  return cut(trimInvisible(clean(kind)).trim(), 60) || 'unnamed'
}
