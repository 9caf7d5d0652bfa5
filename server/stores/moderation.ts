import type { Message, Notice } from '../../workers/message.ts'
import type { Rules } from '../../workers/ruled.ts'
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
  /** When they are shown again, ms; missing = that is up to somebody. */
  until?: number | null
  /** They are shown again when this stream ends. */
  streamId?: string | null
}

/** People that a channel hides at most. */
export const MAX_PEOPLE = 1_000

export interface People {
  /** Newest first. */
  byChannel(channelId: string): Promise<HiddenPerson[]>
  /** Whoever is listed already keeps name and note, and is hidden for as long as asked now; gives them as listed. Throws `list_full`. */
  add(person: Omit<HiddenPerson, 'id'>): Promise<HiddenPerson>
  /** Null = is not listed. */
  note(channelId: string, platform: string, authorId: string, note: string): Promise<HiddenPerson | null>
  /** Whose time is up at `now`, or who are hidden for another stream than those that run. Of all channels. */
  due(now: number, running: ReadonlySet<string>): Promise<HiddenPerson[]>
  /** Takes one of those off, unless that was decided anew meanwhile; true if so. */
  lift(due: HiddenPerson): Promise<boolean>
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

/** Who did it: a person in the panel, whoever sat at a dock, or nobody, when a time was up. */
export interface Hand {
  kind: 'account' | 'dock' | 'time'
  id: string
  name: string
}

/** What a channel's log keeps: the newest so many, and none longer than 90 days. */
export const MAX_DEEDS = 1_000
export const KEEP_DEEDS_MS = 90 * 86_400_000

/** What takes what back, when both are about the same. */
const TAKES_BACK: Partial<Record<Deed['what'], readonly Deed['what'][]>> = {
  unhide: ['hide', 'refuse', 'hidePerson'],
  hide: ['release'],
  showPerson: ['hidePerson'],
}

export function whatItTakesBack(what: Deed['what']): readonly Deed['what'][] {
  return TAKES_BACK[what] ?? []
}

export function takesBack(
  { what, target }: Pick<Deed, 'what' | 'target'>,
  earlier: Pick<Deed, 'what' | 'target' | 'undoneBy'>,
): boolean {
  const fits = whatItTakesBack(what).includes(earlier.what) && earlier.undoneBy === null
  return fits && JSON.stringify(earlier.target) === JSON.stringify(target)
}

export interface Deeds {
  /** Gives it as it was kept: at a time of its own, and with `undoes`, which is looked for where it is null. Forgets what is too old or too much. */
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

/** A channel's rules as they were before a change of them. */
export interface FormerRules {
  /** Of the deed that changed them. */
  id: string
  channelId: string
  at: number
  rules: Rules
}

/** Changes of the rules that a channel can take back. */
export const MAX_FORMER_RULES = 10
/** Newest first, for each channel: a change is taken back only after those that came after it. */
export interface RulesHistory {
  /** Forgets the oldest beyond `MAX_FORMER_RULES`. */
  push(former: FormerRules): Promise<void>
  /** Newest first. */
  byChannel(channelId: string): Promise<FormerRules[]>
  remove(id: string): Promise<void>
  /** The channel is gone. */
  forget(channelId: string): Promise<void>
}
