import { eventHead } from './event-head.ts'
import { type ChatEvent, type Draft, HOUSE } from './message.ts'
import { monotonic } from './queue/layout.ts'
import { RECORD_ALIGN, RECORD_HEAD, type RecordHead, recordSize, writeHead } from './queue/record.ts'
import type { QueueWriter } from './queue/writer.ts'

/** Bytes held back, over which new payloads are refused. */
export const HOLD_BACK_BYTES = 4 * 1_024 * 1_024
/** Bytes gathered before they are written into the ring without waiting for the end of the payload. */
const GATHER_BYTES = 64 * 1_024
const FIRST_ROOM_BYTES = 256 * 1_024
const RETRY_FIRST_MS = 1
const RETRY_LONGEST_MS = 16
/** UTF-16 units of one event's JSON; less when the ring is small. A message that is all emotes takes about 80,000. */
export const MAX_EVENT_UNITS = 128 * 1_024
/** UTF-8 takes at most three bytes a UTF-16 unit. */
const BYTES_PER_UNIT = 3

/** Where a channel's next event gets its place from. */
export interface Place {
  channel: number
  seq: number
}

/**
 * Gives events their seq, encodes them once, and writes them into the ring in order. What the full ring does not take is
 * held back here, in the same order, and tried again with growing pauses and jitter.
 */
export class Publisher {
  readonly #writer: QueueWriter
  readonly #encoder = new TextEncoder()
  readonly #platforms: ReadonlyMap<string, number>
  readonly #longest: number
  #room = new Uint8Array(FIRST_ROOM_BYTES)
  #view = new DataView(this.#room.buffer)
  #start = 0
  #end = 0
  /** Bytes ever gathered and ever written: a report is due when its mark is written. */
  #gathered = 0
  #written = 0
  #reports: { mark: number; report: () => void }[] = []
  #retry: NodeJS.Timeout | null = null
  #pause = RETRY_FIRST_MS

  /** `platforms`: ids in the order of the register; a record names its platform by place. */
  constructor(writer: QueueWriter, platforms: string[]) {
    this.#writer = writer
    this.#longest = Math.min(
      MAX_EVENT_UNITS,
      Math.floor((writer.capacity - RECORD_HEAD - RECORD_ALIGN) / BYTES_PER_UNIT),
    )
    this.#platforms = new Map(platforms.map((id, index) => [id, index + 1]))
  }

  get held(): number {
    return this.#end - this.#start
  }

  /** True when nothing more may be taken in. */
  get full(): boolean {
    return this.held >= HOLD_BACK_BYTES
  }

  /** Gives the event its place and gathers its record. `idMark` is the fingerprint of its id. Returns the seq; 0 = too large. */
  publish(place: Place, draft: Draft, idMark: number, job: number): number {
    const seq = place.seq + 1
    const event = { seq, ...draft } as ChatEvent
    const json = JSON.stringify(event)
    if (json.length > this.#longest) return 0
    place.seq = seq
    this.#gather(this.#headOf(event, idMark, place.channel, job), json)
    if (this.held >= GATHER_BYTES && this.#retry === null) this.flush()
    return seq
  }

  /** Calls `report` once everything published so far lies in the ring. */
  whenWritten(report: () => void): void {
    this.#reports.push({ mark: this.#gathered, report })
    if (this.#retry === null) this.flush()
  }

  /** Writes as much as the ring takes; tries again by itself when something is left. */
  flush(): void {
    const reached = this.#writer.write(this.#room, this.#start, this.#end)
    const moved = reached - this.#start
    this.#written += moved
    this.#start = reached
    if (this.#start === this.#end) this.#start = this.#end = 0
    this.#report()
    if (this.held === 0) this.#pause = RETRY_FIRST_MS
    else this.#retryLater(moved > 0)
  }

  #retryLater(moved: boolean): void {
    this.#pause = moved ? RETRY_FIRST_MS : Math.min(this.#pause * 2, RETRY_LONGEST_MS)
    this.#retry ??= setTimeout(
      () => {
        this.#retry = null
        this.flush()
      },
      this.#pause * (0.5 + Math.random()),
    )
  }

  #report(): void {
    let due = 0
    while (due < this.#reports.length && (this.#reports[due]?.mark ?? 0) <= this.#written)
      this.#reports[due++]?.report()
    if (due > 0) this.#reports.splice(0, due)
  }

  #gather(head: RecordHead, json: string): void {
    this.#makeRoom(recordSize(json.length * BYTES_PER_UNIT))
    const at = this.#end
    const { written } = this.#encoder.encodeInto(json, this.#room.subarray(at + RECORD_HEAD))
    writeHead(this.#view, at, head, written)
    const size = recordSize(written)
    this.#end += size
    this.#gathered += size
  }

  #makeRoom(bytes: number): void {
    if (this.#end + bytes <= this.#room.length) return
    const held = this.#room.subarray(this.#start, this.#end)
    const size = Math.max(FIRST_ROOM_BYTES, 2 ** Math.ceil(Math.log2(held.length + bytes)))
    const room = size <= this.#room.length ? this.#room : new Uint8Array(size)
    if (room === this.#room) room.copyWithin(0, this.#start, this.#end)
    else room.set(held)
    this.#room = room
    this.#view = new DataView(room.buffer)
    this.#end -= this.#start
    this.#start = 0
  }

  #headOf(event: ChatEvent, id: number, channel: number, job: number): RecordHead {
    return {
      ...eventHead(event, id),
      channel,
      job,
      platform: event.platform === HOUSE ? 0 : (this.#platforms.get(event.platform) ?? 0),
      at: monotonic(),
    }
  }
}
