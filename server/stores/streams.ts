import type { Person } from './erasures.ts'
import type { Hand } from './moderation.ts'
import type { Page } from './page.ts'

/** Streams, and the places in them. */

/** A place in a stream that somebody wants to find again. */
export interface Moment {
  id: string
  channelId: string
  streamId: string
  /** The event that stands there. */
  eventId: string
  seq: number
  /** The event's time, ms. */
  at: number
  platform: string
  /** Who wrote it, and how it began. */
  authorId: string | null
  author: string | null
  text: string
  by: Hand
}

/** Moments that a stream holds at most. */
export const MAX_MOMENTS = 200

export interface Moments {
  /** An event that is one already stays as it is; gives it as it stands. Throws `list_full`. */
  add(moment: Moment): Promise<Moment>
  /** In the order of the stream. */
  byStream(streamId: string): Promise<Moment[]>
  /** True if the channel had one. */
  remove(channelId: string, id: string): Promise<boolean>
  /** The stream is gone. */
  forget(streamId: string): Promise<void>
  /** The places stay, without whose words stand there. */
  erase(channelId: string, person: Person): Promise<void>
}

/** Theirs, or with their name in somebody else's words. */
export function isMomentOf(
  { platform, authorId, text }: Pick<Moment, 'platform' | 'authorId' | 'text'>,
  person: Person,
): boolean {
  if (platform !== person.platform) return false
  if (authorId === person.authorId) return true
  return person.names.some((name) => names(text.toLowerCase(), name.toLowerCase()))
}

/** As a word of its own: a short name stands in many others. */
function names(said: string, name: string): boolean {
  if (!LETTER.test(name)) return false
  for (let at = said.indexOf(name); at !== -1; at = said.indexOf(name, at + 1)) {
    const around = [said.slice(0, at).at(-1) ?? '', said.charAt(at + name.length)]
    if (!around.some((letter) => LETTER.test(letter))) return true
  }
  return false
}
const LETTER = /[\p{L}\p{N}_]/u

export interface Stream {
  id: string
  channelId: string
  title: string
  startedAt: number
  endedAt: number | null
  /** Archived events of kind message and notice. */
  messages: number
  /** A platform's broadcast began it, and may end it. */
  auto?: true
  /** It was deleted and can still be brought back: it stands in no list, and nothing of it is shown. */
  deletedAt?: number
  /** Of one that has ended and was read since. */
  summary?: Summary
}

export interface Summary {
  chatters: number
  /** The most messages and notices of one minute. */
  peak: number
  platforms: string[]
}

/** Which streams of a channel, and in what order. */
export interface Narrow {
  /** Stands in the title, without regard to case. */
  title?: string | undefined
  /** Something was said there. */
  platform?: string | undefined
  /** Began from then on, and before then, ms. */
  from?: number | undefined
  to?: number | undefined
  order?: StreamOrder | undefined
}
export const STREAM_ORDERS = ['newest', 'oldest', 'messages'] as const
export type StreamOrder = (typeof STREAM_ORDERS)[number]

export type StreamChange = Partial<Pick<Stream, 'title' | 'endedAt' | 'messages' | 'summary'>> & {
  deletedAt?: number | null
}

export function changedBy(
  stream: Stream,
  { title, endedAt, messages, deletedAt, summary = stream.summary }: StreamChange,
): Stream {
  const { deletedAt: before, ...rest } = stream
  const deleted = deletedAt === undefined ? before : deletedAt
  return {
    ...rest,
    title: title ?? stream.title,
    endedAt: endedAt === undefined ? stream.endedAt : endedAt,
    messages: messages ?? stream.messages,
    ...(typeof deleted === 'number' && { deletedAt: deleted }),
    ...(summary !== undefined && { summary }),
  }
}

export interface Streams {
  insert(stream: Stream): Promise<void>
  byId(id: string): Promise<Stream | null>
  /** Every stream that has not ended, of all channels. */
  live(): Promise<Stream[]>
  liveOf(channelId: string): Promise<Stream | null>
  /** Newest first, or as asked. `before` = the `next` of the page before in the same order. Those that were deleted, or those that were not. */
  page(
    channelId: string,
    limit: number,
    before: string | null,
    deleted?: boolean,
    narrow?: Narrow,
  ): Promise<Page<Stream>>
  /** Every stream of a channel, live and deleted ones too, by id. */
  ids(channelId: string): Promise<string[]>
  /** Of all channels. */
  deletedBefore(at: number, limit: number): Promise<Stream[]>
  endedBefore(channelId: string, at: number, limit: number): Promise<Stream[]>
  countEndedBefore(channelId: string, at: number): Promise<number>
  /** `deletedAt`: null brings it back. On disk (fsync) when it resolves where the change is more than a title. */
  update(id: string, change: StreamChange): Promise<Stream | null>
  remove(id: string): Promise<boolean>
}
