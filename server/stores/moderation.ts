import type { Message, Notice } from '../../workers/message.ts'
import type { Person } from './erasures.ts'
import type { Page } from './page.ts'

/** What moderators decide, and the log of it. */

/** What a channel's picture shows besides its chat: a featured message, or, while panic is on, nothing at all. */
export interface Stage {
  panic: boolean
  /** Overlays show few messages a second, however many come. */
  slow: boolean
  featured: Message | Notice | null
}

/** Nothing but its chat. */
export const isBare = ({ panic, slow, featured }: Stage): boolean => !panic && !slow && featured === null

export interface Stages {
  /** Of every channel whose stage is not bare, by the channel's id. */
  all(): Promise<Map<string, Stage>>
  /** On disk (fsync) when it resolves. */
  put(channelId: string, stage: Stage): Promise<void>
}

/** Somebody of a platform whom a channel hides, whatever they write; known by the platform's id, since names change. */
export interface HiddenPerson {
  id: string
  channelId: string
  platform: string
  authorId: string
  /** As they were called then. */
  name: string
  note: string
  at: number
  by: Hand
}

/** People that a channel hides at most. */
export const MAX_PEOPLE = 1_000

export interface People {
  /** Newest first. */
  byChannel(channelId: string): Promise<HiddenPerson[]>
  /** Whoever is listed already stays as they are; gives them as listed. Throws `list_full`. */
  add(person: Omit<HiddenPerson, 'id'>): Promise<HiddenPerson>
  /** Null = is not listed. */
  note(channelId: string, platform: string, authorId: string, note: string): Promise<HiddenPerson | null>
  /** Null = was not listed. */
  remove(channelId: string, platform: string, authorId: string): Promise<HiddenPerson | null>
}

/** What somebody did about a channel's chat. */
export interface Deed {
  id: string
  channelId: string
  at: number
  by: Hand
  what:
    | 'hide'
    | 'unhide'
    | 'hidePerson'
    | 'showPerson'
    | 'release'
    | 'refuse'
    | 'feature'
    | 'unfeature'
    | 'panic'
    | 'calm'
    | 'slow'
    | 'unslow'
    | 'clear'
    | 'theme'
    | 'rules'
  /** Whom or what; the body of the call that undoes a `hide`. */
  target: DeedTarget | null
  /** Who wrote it, and how it began, where that was still known. Of a `theme`, the overlay's name. */
  author: string | null
  text: string | null
  /** The deed that it takes back. */
  undoes: string | null
  /** The deed that took it back. */
  undoneBy: string | null
}

export type DeedTarget = { id: string } | { platform?: string | undefined; authorId: string }

/** Who did it: a person in the panel, or whoever sat at a dock. */
export interface Hand {
  kind: 'account' | 'dock'
  id: string
  name: string
}

export interface Deeds {
  /** Gives it as it was kept: with `undoes`, and at a time of its own. Forgets what is too old or too much. */
  add(deed: Deed): Promise<Deed>
  /** The channel is gone. */
  forget(channelId: string): Promise<void>
  /** Newest first. */
  page(channelId: string, limit: number, cursor: string | null): Promise<Page<Deed>>
  /** What was done stays, without whom it was about. */
  erase(channelId: string, person: Person): Promise<void>
}

/** Whether a deed speaks of a person. */
export function isAbout(
  { target, author }: Pick<Deed, 'target' | 'author'>,
  { platform, authorId, names }: Person,
): boolean {
  const targeted = target !== null && 'authorId' in target && target.authorId === authorId
  if (targeted && (target.platform ?? platform) === platform) return true
  return author !== null && names.some((name) => name.toLowerCase() === author.toLowerCase())
}
