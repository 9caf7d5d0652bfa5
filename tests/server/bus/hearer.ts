import type { Bus, BusEnds, History } from '../../../server/bus/bus.ts'
import type { Slice } from '../../../server/slice.ts'
import { message, sliceOf } from '../channels/events.ts'

/** One that listens to a channel as a hub does, and knows what must never be: a hole that nobody told, an event twice, a wrong order. */
export class Hearer implements BusEnds {
  epoch: string | null = null
  seq = 0
  /** Seqs as they came, told or in a history, each once. */
  readonly heard: number[] = []
  readonly violations: string[] = []
  readonly states: string[] = []
  /** How often what went before no longer counted. */
  renewals = 0
  refusals = 0
  readonly shouts: string[] = []
  texts: string[] = []
  #waiting: { holds: () => boolean; wake: () => void }[] = []

  static async following(bus: Bus, channelId: string): Promise<Hearer> {
    const hearer = new Hearer()
    bus.listen(hearer)
    hearer.begin(await bus.follow(channelId))
    return hearer
  }

  begin(history: History): void {
    this.epoch = history.epoch
    this.seq = history.seq
    for (const { slice } of history.slices) this.#note(slice)
    if (history.state !== null) this.states.push(history.state)
    this.#wake()
  }

  slice(slice: Slice): void {
    const [first] = slice.events
    if (slice.epoch !== this.epoch) this.violations.push(`epoch ${slice.epoch} in ${this.epoch}`)
    if (first?.seq !== this.seq + 1) this.violations.push(`${first?.seq} after ${this.seq}`)
    this.seq = slice.events.at(-1)?.seq ?? 0
    this.#note(slice)
    this.#wake()
  }

  state(_: string, state: string): void {
    this.states.push(state)
    this.#wake()
  }

  anew(_: string, history: History): void {
    this.renewals++
    const state = this.states.at(-1)
    this.begin(history)
    if (history.state === state) this.states.pop()
  }

  refused(): void {
    this.refusals++
    this.#wake()
  }

  shouted(text: string): void {
    this.shouts.push(text)
    this.#wake()
  }

  /** Resolves once this holds. */
  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve()
    return new Promise((wake) => void this.#waiting.push({ holds, wake }))
  }

  #note({ events, frame }: Slice): void {
    for (const { seq, start, end } of events) {
      if (this.heard.includes(seq)) continue
      this.heard.push(seq)
      this.texts.push(JSON.parse(frame.text.toString('utf8', start, end)).text)
    }
  }

  #wake(): void {
    for (const each of this.#waiting.filter(({ holds }) => holds())) each.wake()
    this.#waiting = this.#waiting.filter(({ holds }) => !holds())
  }
}

/** Slices of so many events each, from `from` to `to`. */
export function slices(channelId: string, epoch: string, from: number, to: number, each = 1): Slice[] {
  const made: Slice[] = []
  for (let seq = from; seq <= to; seq += each) {
    const events = Array.from({ length: Math.min(each, to - seq + 1) }, (_, nth) => message(seq + nth))
    made.push({ ...sliceOf(events, channelId), epoch })
  }
  return made
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, nth) => from + nth)
}

export function seqsOf({ slices: all }: History): number[] {
  return all.flatMap(({ slice }) => slice.events.map(({ seq }) => seq))
}
