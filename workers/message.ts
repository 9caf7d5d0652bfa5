/**
 * The one model. Every platform's payload becomes one of the first four kinds of ChatEvent, and a moderator's second thought
 * the fifth; every room after the normaliser knows only these. Shapes are the contract's; an addition here is an addition to the contract.
 */

export type ChatEvent = Message | Notice | Remove | Clear | Restore
export type Kind = ChatEvent['kind']
export const KINDS: readonly Kind[] = ['message', 'notice', 'remove', 'clear', 'restore']

interface Base {
  /** 1, 2, 3 … without a gap within a channel's epoch. */
  seq: number
  /** `<platform>:<the platform's id>`, unique in a channel. */
  id: string
  platform: string
  /** Milliseconds, the platform's clock. */
  at: number
  /** Milliseconds, our clock. */
  receivedAt: number
  simulated?: true
  /**
   * The rule that hid it. Hidden events are archived and shown to moderators, never drawn on air. `held:` before the rule: it waits
   * for a moderator, who may release it.
   */
  hidden?: string
}

export interface Message extends Base {
  kind: 'message'
  author: Author
  parts: Part[]
  /** The texts of all parts, joined. */
  text: string
  /** Sent with /me. */
  action?: true
  /** The author's first message in this channel ever. */
  first?: true
  reply?: Reply
  money?: Money
  highlighted?: true
}

export type NoticeWhat =
  | 'sub'
  | 'resub'
  | 'gift'
  | 'raid'
  | 'follow'
  | 'announcement'
  | 'milestone'
  | 'reward'
  | 'other'

export interface Notice extends Base {
  kind: 'notice'
  what: NoticeWhat
  /** A sentence that can be shown as it is. */
  text: string
  author?: Author
  /** The user's own words. */
  parts?: Part[]
  count?: number
  months?: number
  tier?: string
  recipient?: string
  money?: Money
}

export interface Remove extends Base {
  kind: 'remove'
  /** One event by its `id`, or every event of one author by `Author.id` on the same platform. */
  target: { id: string } | { authorId: string }
  by: 'platform' | 'panel'
}

/** A platform's clear takes away that platform's rows; one by the panel or the stream takes away all rows. */
export interface Clear extends Base {
  kind: 'clear'
  by: 'platform' | 'panel' | 'stream'
}

/**
 * Takes back what a moderator's `remove` did so far; what the platform or a rule took away stays away. `target` is as in
 * `remove`: one event, whichever way it was hidden, or an author's events except those that were hidden one by one.
 */
export interface Restore extends Base {
  kind: 'restore'
  target: Remove['target']
  by: 'panel'
  /** The newest of what is back, in their order and with the seq they had: for pages that no longer have them. */
  events: (Message | Notice)[]
  /**
   * A held event is released: its `target` is that event, and `events` has it as it goes on air, with the seq of this restore and
   * no longer hidden.
   */
  released?: true
}

export interface Author {
  /** The platform's own id of the person. */
  id: string
  name: string
  login?: string
  /** `#rrggbb`, lower case. */
  color?: string
  avatar?: string
  roles: Role[]
  badges: Badge[]
}

export type Role = 'owner' | 'mod' | 'vip' | 'sub' | 'staff' | 'verified' | 'bot'

export interface Badge {
  id: string
  label: string
  image?: string
}

export interface Reply {
  id: string
  author: string
  text: string
}

export type Part =
  | { type: 'text'; text: string }
  | { type: 'emote'; text: string; id: string; provider: string; url: string; zeroWidth?: true }
  | { type: 'mention'; text: string }
  | { type: 'link'; text: string; url: string }
  | { type: 'cheer'; text: string; bits: number; url?: string }

export interface Money {
  kind: 'bits' | 'superchat' | 'sticker' | 'kicks' | 'jewels' | 'paid-pin' | 'donation'
  amount: number
  currency?: string
  /** As the platform writes it, ready to show. */
  display: string
  tier?: number
}

/** What a normaliser makes: an event before it has its place in the channel's order. */
export type Draft = Unplaced<Message> | Unplaced<Notice> | Unplaced<Remove> | Unplaced<Clear> | Unplaced<Restore>
type Unplaced<E extends ChatEvent> = Omit<E, 'seq'>

/** The platform name of events that CrossChat itself makes (stream start, moderation in the panel). */
export const HOUSE = 'crosschat'

/** Begins `hidden` of what waits for a moderator. */
export const HELD = 'held:'
/** Events that a channel holds at most, and for how long, ms; the oldest fall out and stay hidden. */
export const MAX_HELD = 200
export const KEEP_HELD_MS = 30 * 60_000

export function isHeld({ hidden }: Pick<Message, 'hidden'>): boolean {
  return hidden?.startsWith(HELD) === true
}

/** The rule that names what was erased at a viewer's wish; like anything hidden it is never drawn on air. */
export const ERASED = 'erased'

/** What is left of an event whose author is erased: its place in the order, and when that was. */
export function blanked<E extends Message | Notice>(event: E): E
export function blanked(event: Message | Notice): Message | Notice {
  const { seq, platform, at, receivedAt, simulated } = event
  const base = { seq, id: `${platform}:${ERASED}-${seq}`, platform, at, receivedAt, ...(simulated && { simulated }) }
  if (event.kind === 'notice')
    return { ...base, kind: 'notice', what: 'other', text: 'This was erased.', hidden: ERASED }
  const author = { id: ERASED, name: 'Erased viewer', roles: [], badges: [] }
  return { ...base, kind: 'message', author, parts: [], text: '', hidden: ERASED }
}
