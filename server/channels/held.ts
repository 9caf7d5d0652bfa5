import { blankedTalk, namedIn, type Person } from '../../workers/erased.ts'
import { eventHead } from '../../workers/event-head.ts'
import { fingerprint } from '../../workers/fingerprint.ts'
import { type ChatEvent, KEEP_HELD_MS, KINDS, MAX_HELD, type Message, type Notice } from '../../workers/message.ts'
import { FLAG } from '../../workers/queue/record.ts'
import { CrossChatError } from '../errors.ts'
import type { HeldCount } from '../protocol.ts'
import type { Slice, SliceEvent } from '../slice.ts'
import { GONE, removerOf, restored } from './kept.ts'

const REMOVE = KINDS.indexOf('remove')
const CLEAR = KINDS.indexOf('clear')
const RESTORE = KINDS.indexOf('restore')
/** Bytes of events that a channel holds; the oldest fall out, too. */
export const MAX_HELD_BYTES = 2 * 1_024 * 1_024
const SWEEP_EVERY_MS = 60_000

type Event = Message | Notice
/** `deciding`: a decision is on its way; the first one counts. */
type Stand = 'waits' | 'deciding' | 'released' | 'refused'
interface Held {
  event: Event
  id: number
  author: number
  platform: number
  bytes: number
  /** When it came, ms of the steady clock. */
  arrived: number
  stand: Stand
  /** Who refused it or took it away, bits of `GONE`. */
  gone: number
  /** How often it was given back to wait. */
  turn: number
}

export interface HeldEnds {
  /** Ids of the platforms in the order of the register. */
  platforms(): { id: string }[]
  /** Ms since 1970, and of a clock that never jumps. */
  now(): number
  steady(): number
}

/**
 * What waits for a moderator, of all channels. It follows the order of events, as every page does: what is put in, released,
 * refused or given back is seen there, and so a restart that reads the transcript comes to the same.
 */
export class HeldBack {
  readonly #ends: HeldEnds
  /** By channel; oldest first, what was decided among them. */
  readonly #channels = new Map<string, { list: Held[]; changes: number }>()
  readonly #sweeping: NodeJS.Timeout
  /** Told when there is something else to decide than before. */
  onChange: (channelId: string) => void = () => {}

  constructor(ends: HeldEnds) {
    this.#ends = ends
    this.#sweeping = setInterval(() => this.#sweep(), SWEEP_EVERY_MS)
    this.#sweeping.unref()
  }

  /** What was held in a stream that goes on after a restart, and what was done to it, oldest first. */
  resume(channelId: string, events: readonly ChatEvent[]): void {
    for (const event of events) {
      const head = this.#headOf(event)
      if (event.kind !== 'message' && event.kind !== 'notice') this.#follow(channelId, head)
      else this.#add(channelId, event, head, Buffer.byteLength(JSON.stringify(event)), this.#ago(event))
    }
  }

  /** Another node asks its moderators. */
  forget(channelId: string): void {
    this.#channels.delete(channelId)
  }

  count(channelId: string): HeldCount {
    return { count: this.#waiting(channelId).length, changes: this.#channels.get(channelId)?.changes ?? 0 }
  }

  /** Oldest first. */
  list(channelId: string, limit: number): Event[] {
    return this.#waiting(channelId)
      .slice(0, limit)
      .map(({ event }) => event)
  }

  /**
   * The event, for the one decision about it; until that is made nobody else can make one. Throws not_found, and held_decided
   * where somebody was faster.
   */
  decide(channelId: string, id: string): Event {
    const held = this.#known(channelId).findLast(({ event }) => event.id === id)
    if (held === undefined) throw new CrossChatError('not_found')
    if (held.stand !== 'waits') throw new CrossChatError('held_decided')
    held.stand = 'deciding'
    this.#changed(channelId)
    return held.event
  }

  /** The decision could not be carried out. */
  giveBack(channelId: string, id: string): void {
    const held = this.#known(channelId).findLast(({ event }) => event.id === id)
    if (held?.stand !== 'deciding') return
    held.stand = 'waits'
    this.#changed(channelId)
  }

  /** How often it was given back to wait, by the order of events: a release from before that is over. */
  turn(channelId: string, id: string): number {
    return this.#known(channelId).findLast(({ event }) => event.id === id)?.turn ?? 0
  }

  /** Refused, removed or on air where the order of events stands now; `id`: the fingerprint of the held message's id. */
  refused(channelId: string, id: number): boolean {
    const stand = this.#channels.get(channelId)?.list.findLast((held) => held.id === id)?.stand
    return stand === 'refused' || stand === 'released'
  }

  /** What is a person's own leaves the memory too: nobody can release it any more, nor what others quote of it. */
  erase(channelId: string, person: Person): void {
    const channel = this.#channels.get(channelId)
    if (channel === undefined) return
    const isTheirs = ({ platform, author }: Event) => platform === person.platform && author?.id === person.authorId
    const theirs = channel.list.map(({ event }) => event).filter(isTheirs)
    const named = namedIn(theirs, person)
    let changed = theirs.length > 0
    channel.list = channel.list.filter(({ event }) => !isTheirs(event))
    for (const held of channel.list) {
      const blanked = held.event.platform === person.platform ? blankedTalk(held.event, named) : null
      if (blanked === null) continue
      held.event = blanked.event
      changed = true
    }
    if (changed) this.#changed(channelId)
  }

  /** Must not throw: it stands in the way of all events. */
  take({ channelId, frame, events }: Slice): void {
    for (const event of events) {
      if ((event.flags & FLAG.held) !== 0) {
        const text = frame.text.toString('utf8', event.start, event.end)
        this.#add(channelId, JSON.parse(text), event, event.end - event.start)
      } else if (event.kind === REMOVE || event.kind === RESTORE || event.kind === CLEAR) this.#follow(channelId, event)
    }
  }

  close(): void {
    clearInterval(this.#sweeping)
  }

  #add(channelId: string, event: Event, { id, author, platform }: Marks, bytes: number, ago = 0): void {
    const channel = this.#channels.get(channelId) ?? { list: [], changes: 0 }
    this.#channels.set(channelId, channel)
    // Said again where that it came was forgotten: what is on air already is not asked about once more.
    const isOut = channel.list.some((held) => held.id === id && held.stand === 'released')
    channel.list.push({
      event,
      id,
      author,
      platform,
      bytes,
      arrived: this.#ends.steady() - ago,
      stand: isOut ? 'released' : 'waits',
      gone: 0,
      turn: 0,
    })
    this.#trim(channel.list)
    this.#changed(channelId)
  }

  #follow(channelId: string, event: Acting): void {
    const list = this.#channels.get(channelId)?.list
    if (list === undefined) return
    const hit = list.filter((held) => isAbout(event, held))
    for (const held of hit) follow(held, event)
    if (hit.length > 0) this.#changed(channelId)
  }

  #waiting(channelId: string): Held[] {
    return this.#known(channelId).filter(({ stand }) => stand === 'waits')
  }

  #known(channelId: string): Held[] {
    const list = this.#channels.get(channelId)?.list ?? []
    if (this.#trim(list)) this.#changed(channelId)
    return list
  }

  /** What falls out stays hidden. True if something did. */
  #trim(list: Held[]): boolean {
    const since = this.#ends.steady() - KEEP_HELD_MS
    let bytes = 0
    let keep = list.length
    while (keep > 0 && list.length - keep < MAX_HELD) {
      const held = list[keep - 1]
      bytes += held?.bytes ?? 0
      if (held === undefined || held.arrived < since || bytes > MAX_HELD_BYTES) break
      keep--
    }
    return list.splice(0, keep).length > 0
  }

  #sweep(): void {
    for (const [channelId, { list }] of this.#channels) {
      if (this.#trim(list)) this.#changed(channelId)
      if (list.length === 0) this.#channels.delete(channelId)
    }
  }

  #changed(channelId: string): void {
    const channel = this.#channels.get(channelId)
    if (channel !== undefined) channel.changes++
    this.onChange(channelId)
  }

  #headOf(event: ChatEvent): Marks & Acting {
    const platform = this.#ends.platforms().findIndex(({ id }) => id === event.platform) + 1
    return { ...eventHead(event, fingerprint(event.id)), platform }
  }

  #ago({ receivedAt }: Event): number {
    return Math.max(0, this.#ends.now() - receivedAt)
  }
}

type Marks = Pick<SliceEvent, 'id' | 'author' | 'platform'>
type Acting = Pick<SliceEvent, 'kind' | 'target' | 'platform' | 'flags'>

/** A clear by CrossChat itself only empties the picture. */
function isAbout({ kind, target, platform, flags }: Acting, held: Held): boolean {
  if (kind === CLEAR) return platform !== 0 && held.platform === platform
  return target === ((flags & FLAG.byAuthor) === 0 ? held.id : held.author)
}

/** A restore takes back what a moderator did, and nothing else. */
function follow(held: Held, event: Acting): void {
  const { kind, flags } = event
  if (held.stand === 'released') return
  if (kind === RESTORE && (flags & FLAG.released) !== 0) {
    held.stand = 'released'
    return
  }
  const before = held.gone
  if (kind === RESTORE) held.gone = restored(held.gone, (flags & FLAG.byAuthor) !== 0)
  else held.gone |= kind === CLEAR ? GONE.byPlatform : removerOf(event)
  if (before !== 0 && held.gone === 0) held.turn++
  if (held.gone !== 0) held.stand = 'refused'
  else if (held.stand === 'refused') held.stand = 'waits'
}
