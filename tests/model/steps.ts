import { type AtomicOps, type Ground, type QueueViews, WORD } from '../../workers/queue/layout.ts'

/**
 * Turns the queue's own code into step machines. A party's program runs for real, but on a ground whose every operation on
 * shared memory stops it; it is started again with the results so far until the next operation is known. So the machines
 * that the checker walks are extracted from the code that ships and cannot drift from it.
 */

/** One operation on shared memory, as a party is about to do it. */
export type Op =
  | { do: 'load'; word: number }
  | { do: 'store' | 'add' | 'exchange'; word: number; value: number }
  | { do: 'compareExchange'; word: number; expected: number; value: number }
  | { do: 'wait' | 'waitAsync'; word: number; expected: number }
  | { do: 'notify'; word: number }
  | { do: 'put'; at: number; bytes: number[] }
  | { do: 'get'; at: number; length: number }
  /** Not of the code under test: what a program says of itself, and what it waits for. */
  | { do: 'mark'; label: string }
  | { do: 'until'; label: string }
  | { do: 'choose'; label: string }

export type Result = number | string | number[]

/** A program of one party; it may await what the ground gives it, and nothing else. */
export type Program = (ground: ModelGround) => Promise<void>

/** Where a party stands: its next operation, or that it has ended, or that it threw. */
export interface Local {
  id: number
  next: Op | null
  failed: string | null
  /** Results that lead here; any history of an equal state would do. */
  history: Result[]
  label: string
  after: Map<string | number, Local>
}

class Stop extends Error {}
/** Thrown into a party that waits for the bell when the death of the writer reaches it first. */
export class Interrupted extends Error {}

export interface ModelGround extends Ground {
  words: Int32Array
  mark(label: string): void
  until(label: string): string
  choose(label: string): string
}

/** A step that the checker needs and that has not been extracted yet: learn it, then look again. */
export class Unknown extends Error {
  readonly learn: () => Promise<void>
  constructor(party: Party, local: Local, result: Result) {
    super('not known yet')
    this.learn = () => party.learn(local, result)
  }
}

const IGNORED = new Set<number>([WORD.lease, WORD.job])
const RING_BYTES = 64

/** All local states of one program, found as the checker asks for them. */
export class Party {
  readonly name: string
  readonly #program: Program
  readonly #known = new Map<string, Local>()
  locals = 0

  constructor(name: string, program: Program) {
    this.name = name
    this.#program = program
  }

  async start(): Promise<Local> {
    return this.#at([], '')
  }

  /** The state after the next operation gave this result. Throws Unknown where the code has not been run so far yet. */
  after(local: Local, result: Result): Local {
    const known = local.after.get(typeof result === 'object' ? result.join() : result)
    if (known === undefined) throw new Unknown(this, local, result)
    return known
  }

  /** Runs the code one operation further. */
  async learn(local: Local, result: Result): Promise<void> {
    const next = await this.#at([...local.history, result], local.label)
    local.after.set(typeof result === 'object' ? result.join() : result, next)
  }

  /**
   * Two histories lead to the same state when the party has since marked the same point, or slept at the same point: what a
   * program reads after a mark or a sleep does not depend on how it came there. That is what keeps the states finite.
   */
  async #at(history: Result[], before: string): Promise<Local> {
    const { next, failed, label, since } = await this.#replay(history)
    const key = `${label}|${JSON.stringify(since)}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const local: Local = { id: this.locals++, next, failed, history, label: label || before, after: new Map() }
    this.#known.set(key, local)
    return local
  }

  async #replay(
    history: Result[],
  ): Promise<{ next: Op | null; failed: string | null; label: string; since: Result[] }> {
    const tape = new Tape(history)
    try {
      await this.#program(groundOn(tape))
    } catch (error) {
      if (tape.next === null && !(error instanceof Stop)) {
        return { next: null, failed: String(error), label: tape.label, since: tape.since }
      }
    }
    return { next: tape.next, failed: null, label: tape.label, since: tape.since }
  }
}

/** Plays results back, and stops the program at the first operation that has none yet. */
class Tape {
  readonly #history: Result[]
  #at = 0
  next: Op | null = null
  label = ''
  since: Result[] = []

  constructor(history: Result[]) {
    this.#history = history
  }

  do(op: Op): Result {
    const result = this.#history[this.#at]
    if (this.next !== null || result === undefined) {
      this.next ??= op
      throw new Stop()
    }
    this.#at++
    this.since.push(result)
    if (op.do === 'mark') this.#checkpoint(op.label)
    else if (op.do === 'wait') this.#checkpoint(`${this.label.split(' +')[0]} +slept`)
    return result
  }

  #checkpoint(label: string): void {
    this.label = label
    this.since = []
  }
}

function groundOn(tape: Tape): ModelGround {
  const number = (op: Op) => tape.do(op) as number
  const atomics = {
    load: (_: unknown, word: number) => number({ do: 'load', word }),
    store: (_: unknown, word: number, value: number) =>
      IGNORED.has(word) ? value : number({ do: 'store', word, value }),
    add: (_: unknown, word: number, value: number) => number({ do: 'add', word, value }),
    exchange: (_: unknown, word: number, value: number) => number({ do: 'exchange', word, value }),
    compareExchange: (_: unknown, word: number, expected: number, value: number) =>
      number({ do: 'compareExchange', word, expected, value }),
    notify: (_: unknown, word: number) => number({ do: 'notify', word }),
    wait: (_: unknown, word: number, expected: number) => tape.do({ do: 'wait', word, expected }),
    waitAsync: (_: unknown, word: number, expected: number) => {
      const result = tape.do({ do: 'waitAsync', word, expected })
      if (result === 'not-equal') return { async: false, value: 'not-equal' }
      return {
        async: true,
        value: result === 'interrupted' ? Promise.reject(new Interrupted()) : Promise.resolve('ok'),
      }
    },
  } as unknown as AtomicOps
  // Counters for the metrics are written here and nobody reads them.
  const words = new Int32Array(256)
  return {
    atomics,
    words,
    spins: 1,
    view: () => viewsOn(tape, words),
    mark: (label) => void tape.do({ do: 'mark', label }),
    until: (label) => tape.do({ do: 'until', label }) as string,
    choose: (label) => tape.do({ do: 'choose', label }) as string,
  }
}

/** A ring whose bytes are shared memory of the model. A copy goes in by halves, so that a death can tear it. */
function viewsOn(tape: Tape, words: Int32Array): QueueViews {
  class ModelRing extends Uint8Array {
    override set(source: ArrayLike<number>, at = 0): void {
      const bytes = Array.from(source)
      const half = bytes.length >> 1
      tape.do({ do: 'put', at, bytes: bytes.slice(0, half) })
      tape.do({ do: 'put', at: at + half, bytes: bytes.slice(half) })
    }
    override subarray(start = 0, end = RING_BYTES): Uint8Array<ArrayBuffer> {
      return Uint8Array.from(tape.do({ do: 'get', at: start, length: end - start }) as number[])
    }
  }
  const ringWords = new Proxy(new Uint32Array(RING_BYTES / 4), {
    get: (_, key) =>
      new Uint32Array(Uint8Array.from(tape.do({ do: 'get', at: Number(key) * 4, length: 4 }) as number[]).buffer)[0],
  })
  return { words, ring: new ModelRing(RING_BYTES), ringWords, capacity: RING_BYTES }
}

export const MODEL_RING_BYTES = RING_BYTES
