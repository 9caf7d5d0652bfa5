import type { ChatEvent, ServerFrame } from '../../../server/protocol.ts'
import type { Archived } from '../../../server/stores/archive.ts'
import type { Epoch, Finding, Placed } from '../../simulation/checker.ts'

/** One life of the server in a channel's order: its epoch, and the seq after which it began. */
interface Life {
  epoch: string
  begin: number
  events: Map<number, Placed>
}

/** Whoever writes down what connections say. */
export interface Hears {
  welcomed(epoch: string, seq: number): void
  heard(epoch: string, events: readonly ChatEvent[]): void
}

/**
 * The one order of a channel, put together from what came out of the server: what its readers were sent, what senders were answered, what
 * stands in the transcript. Nothing may be sent in a new life before one reader was welcomed there: by that it is known where it began.
 */
export class Chronicle implements Hears {
  /** Two different events in one place. */
  readonly conflicts: Finding[] = []
  readonly #lives: Life[] = []

  get epoch(): string {
    return this.#lives.at(-1)?.epoch ?? ''
  }

  welcomed(epoch: string, seq: number): void {
    if (!this.#lives.some((life) => life.epoch === epoch)) this.#lives.push({ epoch, begin: seq, events: new Map() })
  }

  /** `epoch`: the one that whoever heard it was welcomed in. */
  heard(epoch: string, events: readonly ChatEvent[]): void {
    const at = this.#lives.findIndex((life) => life.epoch === epoch)
    for (const event of events) this.#set(at, event, (life) => placed(life, event))
  }

  answered(epoch: string, { id, seq }: { id: string; seq: number }, removes?: string): void {
    const at = this.#lives.findIndex((life) => life.epoch === epoch)
    if (this.#lives[at]?.events.get(seq)?.id === id) return
    // Whether a rule hid it is only known to those who saw it.
    const event = { id, seq, drawn: false, ...(removes !== undefined && { removes }), at: performance.now() }
    this.#set(at, event, (life) => ({ epoch: life, ...event }))
  }

  kept(transcript: readonly Archived[]): void {
    for (const event of transcript)
      if (event.kind !== 'gap') this.#set(this.#lives.length - 1, event, (life) => placed(life, event))
  }

  get order(): Placed[] {
    return this.#lives.flatMap(({ events }) => [...events.values()].sort((one, other) => one.seq - other.seq))
  }

  get epochs(): Map<string, Epoch> {
    let before = 0
    return new Map(
      this.#lives.map(({ epoch, begin, events }) => {
        const told: [string, Epoch] = [epoch, { before, seq: begin }]
        before += events.size
        return told
      }),
    )
  }

  get end(): { epoch: string; seq: number } {
    const last = this.#lives.at(-1)
    return { epoch: this.epoch, seq: Math.max(last?.begin ?? 0, ...(last?.events.keys() ?? [])) }
  }

  /** An event that came before a life began belongs to the one before it that had begun. */
  #set(from: number, { seq, id }: { seq: number; id: string }, make: (epoch: string) => Placed): void {
    let at = from
    while (at >= 0 && (this.#lives[at]?.begin ?? 0) >= seq) at--
    const life = this.#lives[at]
    if (life === undefined) return
    const known = life.events.get(seq)
    if (known !== undefined && known.id !== id) this.#conflict(seq, known.id, id)
    else if (known?.drawn !== true) life.events.set(seq, make(life.epoch))
  }

  #conflict(seq: number, one: string, other: string): void {
    this.conflicts.push({ kind: 'reordered', where: 'the order', what: `${seq} is ${one} and ${other}` })
  }
}

/** What one connection says, with the epoch that it is in. */
export class Ear {
  readonly #chronicle: Hears
  #epoch = ''

  constructor(chronicle: Hears) {
    this.#chronicle = chronicle
  }

  hear(frame: ServerFrame): void {
    if (frame.type === 'welcome') {
      this.#epoch = frame.epoch
      this.#chronicle.welcomed(frame.epoch, frame.seq)
    } else if (frame.type === 'events') this.#chronicle.heard(this.#epoch, frame.events)
  }
}

export function placed(epoch: string, event: ChatEvent): Placed {
  const { seq, id, kind } = event
  const drawn = (kind === 'message' || kind === 'notice') && event.hidden === undefined
  const removes = kind === 'remove' && 'id' in event.target ? { removes: event.target.id } : {}
  return { epoch, seq, id, drawn, ...removes, ...(kind === 'clear' && { clears: true }), at: performance.now() }
}
