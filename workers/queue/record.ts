/**
 * One record of the ring: a fixed head that the main thread reads, then the event's JSON as UTF-8, which it hands on unread.
 *
 *    0 size u32      bytes of the whole record, a multiple of 8
 *    4 length u32    bytes of the JSON
 *    8 seq f64       16 id f64        24 author f64      32 target f64     fingerprints, 0 = none
 *   40 channel u32   44 job u32       48 kind u8  49 flags u8  50 platform u16
 *   56 at f64        when it was published, ms on the process-wide clock
 *   64 the JSON
 */
export const RECORD_HEAD = 64
export const RECORD_ALIGN = 8

export interface RecordHead {
  seq: number
  /** Fingerprint of the event's id. */
  id: number
  /** Fingerprint of platform and author id. */
  author: number
  /** Of a `remove` or `restore`: fingerprint of the id or of the author it is about. */
  target: number
  channel: number
  /** The job it came from, 0 = none. */
  job: number
  kind: number
  flags: number
  /** Place in the register plus 1; 0 = CrossChat itself. */
  platform: number
  at: number
}

export const FLAG = {
  simulated: 1,
  hidden: 2,
  /** Of a `remove` or `restore`: the target is an author, not one event. */
  byAuthor: 4,
  /** Of a `remove`: a moderator's, so that a `restore` takes it back. */
  byPanel: 8,
  /** Hidden, and waiting for a moderator. */
  held: 16,
  /** Of a `restore`: it puts a held event on air. */
  released: 32,
} as const

/** Bytes a record of this many JSON bytes takes in the ring. */
export function recordSize(length: number): number {
  return (RECORD_HEAD + length + RECORD_ALIGN - 1) & -RECORD_ALIGN
}

export function writeHead(view: DataView, offset: number, head: RecordHead, length: number): void {
  view.setUint32(offset, recordSize(length), true)
  view.setUint32(offset + 4, length, true)
  view.setFloat64(offset + 8, head.seq, true)
  view.setFloat64(offset + 16, head.id, true)
  view.setFloat64(offset + 24, head.author, true)
  view.setFloat64(offset + 32, head.target, true)
  view.setUint32(offset + 40, head.channel, true)
  view.setUint32(offset + 44, head.job, true)
  view.setUint8(offset + 48, head.kind)
  view.setUint8(offset + 49, head.flags)
  view.setUint16(offset + 50, head.platform, true)
  view.setFloat64(offset + 56, head.at, true)
}

/** Walks over the records of a batch that was copied out of the ring. */
export class RecordCursor {
  readonly bytes: Buffer
  #view: DataView
  #offset = 0
  #next = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Steps to the next record; false at the end of the batch. Throws RangeError where the bytes are none, and goes nowhere then. */
  next(): boolean {
    const left = this.bytes.length - this.#next
    if (left <= 0) return false
    const size = left < RECORD_HEAD ? 0 : this.#view.getUint32(this.#next, true)
    if (size < RECORD_HEAD || size > left || size !== recordSize(this.#view.getUint32(this.#next + 4, true))) {
      throw new RangeError(`No record begins at byte ${this.#next} of ${this.bytes.length}.`)
    }
    this.#offset = this.#next
    this.#next += size
    return true
  }

  get seq(): number {
    return this.#view.getFloat64(this.#offset + 8, true)
  }
  get id(): number {
    return this.#view.getFloat64(this.#offset + 16, true)
  }
  get author(): number {
    return this.#view.getFloat64(this.#offset + 24, true)
  }
  get target(): number {
    return this.#view.getFloat64(this.#offset + 32, true)
  }
  get channel(): number {
    return this.#view.getUint32(this.#offset + 40, true)
  }
  get job(): number {
    return this.#view.getUint32(this.#offset + 44, true)
  }
  get kind(): number {
    return this.#view.getUint8(this.#offset + 48)
  }
  get flags(): number {
    return this.#view.getUint8(this.#offset + 49)
  }
  get platform(): number {
    return this.#view.getUint16(this.#offset + 50, true)
  }
  get at(): number {
    return this.#view.getFloat64(this.#offset + 56, true)
  }
  /** Where the JSON begins in `bytes`. */
  get start(): number {
    return this.#offset + RECORD_HEAD
  }
  get length(): number {
    return this.#view.getUint32(this.#offset + 4, true)
  }
}
