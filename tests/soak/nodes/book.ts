import type { ChatEvent } from '../../../server/protocol.ts'
import type { Archived } from '../../../server/stores/archive.ts'
import type { Epoch, Finding, Placed } from '../../simulation/history.ts'
import { placedOf } from '../../simulation/placed.ts'
import { type Hears, removal } from '../faults/chronicle.ts'
import type { Answers } from '../faults/door.ts'

/** A home's time in the order of a channel: its epoch, and the number after which it began. */
export interface Term {
  epoch: string
  seq: number
}

interface Life extends Term {
  events: Map<number, Placed>
}

type Answered = Pick<Placed, 'id' | 'seq' | 'act'>

/**
 * The one order of a channel that moves from node to node, put together from what its readers were sent, what senders were answered and what the
 * transcript holds. Where each home's time began is known from the nodes; by that it is put together once all of it is written down.
 */
export class Book implements Hears, Answers {
  /** What an answer belongs to is found out later. */
  readonly epoch = ''
  /** By the epoch that whoever heard it was welcomed in. */
  readonly #heard = new Map<string, Map<number, Placed>>()
  readonly #answered: Answered[] = []
  readonly #repeated = new Set<string>()
  #kept: readonly Archived[] = []
  readonly #conflicts: Finding[] = []

  /** Where homes begin, the nodes say themselves. */
  welcomed(): void {}

  heard(epoch: string, events: readonly ChatEvent[]): void {
    const known = this.#heard.get(epoch) ?? new Map<number, Placed>()
    this.#heard.set(epoch, known)
    for (const event of events) {
      const before = known.get(event.seq)
      if (before === undefined) known.set(event.seq, placedOf(event, epoch, performance.now()))
      else if (before.id !== event.id) this.#conflict(epoch, event.seq, before.id, event.id)
    }
  }

  answered(_epoch: string, { id, seq }: { id: string; seq: number }, removes?: string): void {
    this.#answered.push({ id, seq, ...removal(removes) })
  }

  repeated(ids: readonly string[]): void {
    for (const id of ids) this.#repeated.add(id)
  }

  kept(transcript: readonly Archived[]): void {
    this.#kept = transcript
  }

  /** The newest number that was heard in an epoch. */
  newest(epoch: string): number {
    return Math.max(0, ...(this.#heard.get(epoch)?.keys() ?? []))
  }

  /** `terms`: in the order of their fencing numbers, from the one on in which the book begins. */
  written(terms: readonly Term[]): { order: Placed[]; epochs: Map<string, Epoch>; conflicts: Finding[] } {
    const lives = terms.map((term): Life => ({ ...term, events: new Map() }))
    for (const [epoch, events] of this.#heard) {
      const at = lives.findIndex((life) => life.epoch === epoch)
      for (const event of events.values()) this.#place(lives, at, event)
    }
    for (const event of this.#kept)
      if (event.kind !== 'gap') this.#place(lives, lives.length - 1, placedOf(event, '', performance.now()))
    this.#placeUnheard(lives)
    this.#placeRepeated(lives)
    const order = lives.flatMap(({ events }) => [...events.values()].sort((one, other) => one.seq - other.seq))
    return { order, epochs: epochsOf(lives), conflicts: this.#conflicts }
  }

  /** An event that came before a home's time began belongs to the one before it that had begun. */
  #place(lives: readonly Life[], from: number, event: Placed): void {
    let at = from
    while (at >= 0 && (lives[at]?.seq ?? 0) >= event.seq) at--
    const life = lives[at]
    if (life === undefined) return
    const known = life.events.get(event.seq)
    if (known === undefined) life.events.set(event.seq, { ...event, epoch: life.epoch })
    else if (known.id !== event.id) this.#conflict(life.epoch, event.seq, known.id, event.id)
  }

  /**
   * What was answered and went with its node before anybody else had it: behind the end of its home, where the next one began. There its sender
   * may have said it again, and it came anew.
   */
  #placeUnheard(lives: readonly Life[]): void {
    for (const { id, seq, ...more } of this.#answered) {
      if (lives.some(({ events }) => events.get(seq)?.id === id)) continue
      const life = lives.slice(0, -1).find((each, nth) => {
        const next = lives[nth + 1]
        return each.seq < seq && next !== undefined && next.seq < seq && !each.events.has(seq)
      })
      const unheard = { drawn: false, unheard: true, at: performance.now() } as const
      life?.events.set(seq, { epoch: life.epoch, seq, id, ...more, ...unheard })
    }
  }

  /** The same of what was said again there and was a duplicate: its numbers were in the answer that never came. */
  #placeRepeated(lives: readonly Life[]): void {
    const placed = new Set(lives.flatMap(({ events }) => Array.from(events.values(), ({ id }) => id)))
    const life = lives.slice(0, -1).at(-1)
    if (life === undefined) return
    let seq = Math.max(life.seq, ...life.events.keys())
    for (const id of this.#repeated) {
      if (placed.has(id)) continue
      seq += 1
      life.events.set(seq, { epoch: life.epoch, seq, id, drawn: false, unheard: true, at: performance.now() })
    }
  }

  #conflict(epoch: string, seq: number, one: string, other: string): void {
    this.#conflicts.push({ kind: 'reordered', where: 'the order', what: `${seq} of ${epoch} is ${one} and ${other}` })
  }
}

function epochsOf(lives: readonly Life[]): Map<string, Epoch> {
  let before = 0
  return new Map(
    lives.map(({ epoch, seq, events }): [string, Epoch] => {
      const told = { before, seq }
      before += events.size
      return [epoch, told]
    }),
  )
}
