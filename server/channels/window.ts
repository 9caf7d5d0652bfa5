import { namedIn, type Person } from '../../workers/erased.ts'
import { authorMark, fingerprint } from '../../workers/fingerprint.ts'
import { KINDS, type Message, type Notice, type Remove } from '../../workers/message.ts'
import { FLAG } from '../../workers/queue/record.ts'
import type { Frame } from '../frame.ts'
import { joinFrames, type Slice, type SliceEvent } from '../slice.ts'
import {
  asBlanked,
  type Before,
  cameOf,
  ERASED,
  GONE,
  type Kept,
  keptOf,
  read,
  removerOf,
  restored,
  sizeOf,
  without,
} from './kept.ts'
import { Rows } from './rows.ts'
import { Texts } from './texts.ts'

/** What a channel keeps for those who come back: 500 events or 10 minutes, and never more than so many bytes. */
export const WINDOW_EVENTS = 500
export const WINDOW_MS = 10 * 60_000
export const WINDOW_BYTES = 2 * 1_024 * 1_024

const REMOVE = KINDS.indexOf('remove')
const CLEAR = KINDS.indexOf('clear')
const RESTORE = KINDS.indexOf('restore')
const DRAWN: readonly number[] = [KINDS.indexOf('message'), KINDS.indexOf('notice')]

/** Events that one restore brings along: more than any picture shows, and less than the line takes as one event. */
export const RESTORED_EVENTS = 50
export const RESTORED_BYTES = 24 * 1_024

/** An event that is still kept, read. */
export interface Found {
  event: Message | Notice
  /** Taken away; a picture that was only emptied does not count. */
  gone: boolean
}

/** The newest events of a channel, as bytes. */
export class Window {
  readonly #rows = new Rows()
  readonly #texts = new Texts()
  #bytes = 0

  /** `now`: ms of a clock that never jumps. */
  add(slice: Slice, now: number): void {
    for (const event of slice.events) this.#take(event, slice.frame.text, now)
    this.#trim(now)
  }

  /** What arrived before this process; `arrived` on the clock of `now`. */
  refill(events: Before[], now: number): void {
    for (const event of events) this.#take(event, event.frame.text, Math.min(event.arrived, now))
    this.#trim(now)
  }

  /** Exactly the events after `seq`, or null when some of them are no longer kept. `last` is the channel's last seq. */
  since(seq: number, last: number, now: number): Frame[] | null {
    if (!this.reaches(seq, last, now)) return null
    const missed = this.#rows.from(this.#rows.length - (last - seq))
    return missed.length === 0 ? [] : [joinFrames(missed.map(cameOf))]
  }

  /** Whether all events after `seq` are still kept. */
  reaches(seq: number, last: number, now: number): boolean {
    this.#trim(now)
    if (seq >= last) return seq === last
    // Between what an archive gave back some may be missing: only as many as there were are all of them.
    const first = this.#rows.length - (last - seq)
    return first >= 0 && this.#rows.seq(first) === seq + 1
  }

  /**
   * The newest events worth showing, nothing that was removed. `knows`: to somebody who may still show what was removed
   * meanwhile, and so with what removed it; of what is shown it means nothing.
   */
  snapshot(max: number, now: number, knows = false): Frame[] {
    this.#trim(now)
    const shown = this.#rows.from().filter(isShown).slice(-max)
    const given = knows ? [...this.#removals(), ...shown].sort((one, other) => one.seq - other.seq) : shown
    return given.length === 0 ? [] : [joinFrames(given)]
  }

  /** The newest events as they came, removals and all: whoever moderates sees what was taken away, and by that it is known to be. */
  whole(max: number, now: number): Frame[] {
    this.#trim(now)
    const kept = this.#rows.from()
    const newest = kept.filter(({ id, kind }) => id !== ERASED || !DRAWN.includes(kind)).slice(-max)
    const first = newest.findIndex(({ kind }) => DRAWN.includes(kind))
    // A removal before all that is shown takes nothing away.
    return first < 0 ? [] : [joinFrames(newest.slice(first).map(cameOf))]
  }

  /** True when nothing is left to resume from. */
  empty(now: number): boolean {
    this.#trim(now)
    return this.#rows.length === 0
  }

  find(id: string, now: number): Found | null {
    this.#trim(now)
    const mark = fingerprint(id)
    const kept = this.#rows.from().findLast((each) => each.id === mark && DRAWN.includes(each.kind))
    const event = kept === undefined ? null : read(kept)
    return kept === undefined || event?.id !== id ? null : { event, gone: (kept.gone & ~GONE.cleared) !== 0 }
  }

  /** The newest of what a restore of this target would give back, in order. */
  restorable(platform: string, target: Remove['target'], now: number): Found['event'][] {
    this.#trim(now)
    const byAuthor = 'authorId' in target
    const mark = byAuthor ? authorMark(platform, target.authorId) : fingerprint(target.id)
    const back = this.#rows
      .from()
      .filter(
        (event) =>
          DRAWN.includes(event.kind) && (byAuthor ? event.author : event.id) === mark && comesBack(event, byAuthor),
      )
    return newest(back).map(read)
  }

  /** What is a person's own leaves the memory too, also where others quote it or it had come back; its place in the order stays. */
  erase(person: Person): void {
    const author = authorMark(person.platform, person.authorId)
    const rows = this.#rows.from()
    const isTheirs = (kept: Kept) => kept.author === author && DRAWN.includes(kept.kind)
    const named = namedIn(rows.filter(isTheirs).map(read), person)
    rows.forEach((kept, nth) => {
      const blank = isTheirs(kept) ? asBlanked(kept) : without(kept, named)
      this.#bytes += sizeOf(blank) - sizeOf(kept)
      if (blank !== kept) this.#rows.put(nth, blank)
    })
  }

  /** Those that still hold: for what was given back afterwards they do not, also where it is gone with its author by now. */
  #removals(): Kept[] {
    const rows = this.#rows.from()
    const drawn = new Map<number, Kept>()
    const authorsBack = new Map(rows.filter(isAuthorBack).map(({ target, seq }) => [target, seq]))
    // In their order, so that what is known came before the one that is looked at.
    return rows.filter((event) => {
      if (DRAWN.includes(event.kind)) drawn.set(event.id, event)
      if (event.kind !== REMOVE) return event.kind === CLEAR
      const by = removerOf(event)
      if (by === GONE.withAuthor) return event.seq > (authorsBack.get(event.target) ?? 0)
      return (event.flags & FLAG.byAuthor) !== 0 || isRemoved(drawn.get(event.target), by)
    })
  }

  #take(event: SliceEvent, text: Buffer, arrived: number): void {
    if (event.kind === REMOVE) this.#remove(event)
    else if (event.kind === RESTORE) this.#restore(event)
    else if (event.kind === CLEAR) this.#clear(event.platform)
    const kept = keptOf(event, this.#texts.keep(text, event.start, event.end), arrived)
    this.#rows.push(kept)
    this.#bytes += sizeOf(kept)
  }

  #remove({ target, flags }: SliceEvent): void {
    const byAuthor = (flags & FLAG.byAuthor) !== 0
    const who = removerOf({ flags })
    this.#rows.changeGone(byAuthor ? 'author' : 'id', target, (gone) => gone | who)
  }

  #restore({ target, flags }: SliceEvent): void {
    const byAuthor = (flags & FLAG.byAuthor) !== 0
    const released = (flags & FLAG.released) === 0 ? 0 : GONE.released
    this.#rows.changeGone(byAuthor ? 'author' : 'id', target, (gone) => restored(gone, byAuthor) | released)
  }

  /** A platform takes away its own rows; CrossChat itself (0) takes away all. */
  #clear(platform: number): void {
    if (platform === 0) this.#rows.changeAllGone((gone) => gone | GONE.cleared)
    else this.#rows.changeGone('platform', platform, (gone) => gone | GONE.byPlatform)
  }

  #trim(now: number): void {
    let drop = Math.max(0, this.#rows.length - WINDOW_EVENTS)
    for (let i = 0; i < drop; i++) this.#forget(i)
    while (drop < this.#rows.length && this.#tooOld(drop, now)) this.#forget(drop++)
    if (drop > 0) this.#rows.drop(drop)
  }

  #tooOld(index: number, now: number): boolean {
    return this.#bytes > WINDOW_BYTES || now - this.#rows.arrived(index) > WINDOW_MS
  }

  #forget(index: number): void {
    this.#bytes -= this.#rows.bytes(index)
  }
}

/** What is not kept may stand on a page all the same. */
function isRemoved(target: Kept | undefined, by: number): boolean {
  return target === undefined || (target.gone & by) !== 0
}

function isAuthorBack({ kind, flags }: Kept): boolean {
  return kind === RESTORE && (flags & FLAG.byAuthor) !== 0
}

function isShown({ gone, kind }: Kept): boolean {
  return gone === 0 && DRAWN.includes(kind)
}

function comesBack({ gone, flags }: Kept, byAuthor: boolean): boolean {
  return gone !== 0 && restored(gone, byAuthor) === 0 && (flags & FLAG.hidden) === 0
}

/** As many of the last ones as may come along. */
function newest(kept: Kept[]): Kept[] {
  let from = kept.length
  let bytes = 0
  while (from > 0 && kept.length - from < RESTORED_EVENTS && bytes <= RESTORED_BYTES) {
    from--
    bytes += (kept[from]?.end ?? 0) - (kept[from]?.start ?? 0)
  }
  return kept.slice(bytes > RESTORED_BYTES ? from + 1 : from)
}
