import type { RecordCursor } from '../workers/queue/record.ts'
import { blankFrame, type Frame } from './frame.ts'

/** What the ring gave of one channel in one take: one WebSocket text frame, and where in it each event stands. */
export interface Slice {
  channelId: string
  epoch: string
  /** `{"type":"events","events":[…]}`, the same bytes for every socket. */
  frame: Frame
  events: SliceEvent[]
}

export interface SliceEvent {
  seq: number
  /** Fingerprints, see workers/queue/record.ts. */
  id: number
  author: number
  target: number
  kind: number
  flags: number
  platform: number
  /** When it was published, ms on the process-wide clock. */
  at: number
  /** Where its JSON stands in the frame's text. */
  start: number
  end: number
}

const OPENING = Buffer.from('{"type":"events","events":[')
const CLOSING = Buffer.from(']}')
const COMMA = 0x2c

/** Gathers the records of one channel, then joins them into a frame with a single copy. */
export class SliceBuilder {
  readonly #source: Buffer
  readonly #events: SliceEvent[] = []
  readonly #from: number[] = []
  #size = OPENING.length

  constructor(source: Buffer) {
    this.#source = source
  }

  add(record: RecordCursor): void {
    const start = this.#size
    const end = start + record.length
    const { seq, id, author, target, kind, flags, platform, at } = record
    this.#events.push({ seq, id, author, target, kind, flags, platform, at, start, end })
    this.#from.push(record.start)
    this.#size = end + 1
  }

  build(channelId: string, epoch: string): Slice {
    const frame = blankFrame(this.#size - 1 + CLOSING.length)
    const { text } = frame
    OPENING.copy(text)
    this.#events.forEach(({ start, end }, index) => {
      const from = this.#from[index] ?? 0
      this.#source.copy(text, start, from, from + end - start)
      text[end] = COMMA
    })
    CLOSING.copy(text, this.#size - 1)
    return { channelId, epoch, frame, events: this.#events }
  }
}

/** Where an event's JSON stands. */
export interface Piece {
  text: Buffer
  start: number
  end: number
}

/** Joins events into one frame. */
export function joinFrames(pieces: readonly Piece[]): Frame {
  const events = pieces.reduce((sum, { start, end }) => sum + end - start + 1, 0)
  const joined = blankFrame(OPENING.length + events - 1 + CLOSING.length)
  let at = OPENING.copy(joined.text)
  for (const { text, start, end } of pieces) {
    at += text.copy(joined.text, at, start, end)
    joined.text[at++] = COMMA
  }
  CLOSING.copy(joined.text, at - 1)
  return joined
}

/** Events that stand in several frames, as one slice. */
export function sliceOf(
  { channelId, epoch }: Pick<Slice, 'channelId' | 'epoch'>,
  events: readonly (SliceEvent & { frame: Frame })[],
): Slice {
  let start = OPENING.length
  const placed = events.map(({ frame: _, ...event }): SliceEvent => {
    const { seq, id, author, target, kind, flags, platform, at } = event
    const end = start + event.end - event.start
    const moved = { seq, id, author, target, kind, flags, platform, at, start, end }
    start = end + 1
    return moved
  })
  const pieces = events.map(({ frame, start: from, end }): Piece => ({ text: frame.text, start: from, end }))
  return { channelId, epoch, frame: joinFrames(pieces), events: placed }
}

export function firstOf({ events }: Slice): number {
  return events[0]?.seq ?? 0
}

export function lastOf({ events }: Slice): number {
  return events.at(-1)?.seq ?? 0
}
