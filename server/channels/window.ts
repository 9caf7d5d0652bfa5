import { KINDS } from '../../workers/message.ts'
import { FLAG } from '../../workers/queue/record.ts'
import type { Frame } from '../frame.ts'
import { joinFrames, type Slice, type SliceEvent } from '../slice.ts'

/** What a channel keeps for those who come back: 500 events or 10 minutes, and never more than so many bytes. */
export const WINDOW_EVENTS = 500
export const WINDOW_MS = 10 * 60_000
export const WINDOW_BYTES = 2 * 1_024 * 1_024

const REMOVE = KINDS.indexOf('remove')
const CLEAR = KINDS.indexOf('clear')

interface Kept extends SliceEvent {
  frame: Frame
  arrived: number
  /** Taken away by a removal or a clear: never in a snapshot again. */
  gone: boolean
}

/** The newest events of a channel, as bytes. */
export class Window {
  #kept: Kept[] = []
  #bytes = 0

  /** `now`: ms of a clock that never jumps. */
  add(slice: Slice, now: number): void {
    for (const event of slice.events) {
      if (event.kind === REMOVE) this.#remove(event)
      else if (event.kind === CLEAR) this.#clear(event.platform)
      this.#kept.push({ ...event, frame: slice.frame, arrived: now, gone: false })
      this.#bytes += event.end - event.start
    }
    this.#trim(now)
  }

  /** Exactly the events after `seq`, or null when some of them are no longer kept. `last` is the channel's last seq. */
  since(seq: number, last: number, now: number): Frame[] | null {
    this.#trim(now)
    if (seq > last) return null
    if (seq === last) return []
    const first = this.#kept[0]?.seq
    if (first === undefined || seq + 1 < first) return null
    return [joinFrames(this.#kept.slice(seq + 1 - first))]
  }

  /** The newest events worth showing to somebody who knows nothing: no removals, nothing that was removed. */
  snapshot(max: number, now: number): Frame[] {
    this.#trim(now)
    const shown = this.#kept.filter((event) => !event.gone && event.kind !== REMOVE && event.kind !== CLEAR)
    return shown.length === 0 ? [] : [joinFrames(shown.slice(-max))]
  }

  /** True when nothing is left to resume from. */
  empty(now: number): boolean {
    this.#trim(now)
    return this.#kept.length === 0
  }

  #remove({ target, flags }: SliceEvent): void {
    const byAuthor = (flags & FLAG.byAuthor) !== 0
    for (const event of this.#kept) {
      if ((byAuthor ? event.author : event.id) === target) event.gone = true
    }
  }

  /** A platform takes away its own rows; CrossChat itself (0) takes away all. */
  #clear(platform: number): void {
    for (const event of this.#kept) {
      if (platform === 0 || event.platform === platform) event.gone = true
    }
  }

  #trim(now: number): void {
    let drop = Math.max(0, this.#kept.length - WINDOW_EVENTS)
    for (let i = 0; i < drop; i++) this.#forget(i)
    while (drop < this.#kept.length && this.#tooOld(drop, now)) this.#forget(drop++)
    if (drop > 0) this.#kept.splice(0, drop)
  }

  #tooOld(index: number, now: number): boolean {
    return this.#bytes > WINDOW_BYTES || now - (this.#kept[index]?.arrived ?? 0) > WINDOW_MS
  }

  #forget(index: number): void {
    const event = this.#kept[index]
    if (event !== undefined) this.#bytes -= event.end - event.start
  }
}
