import { setTimeout as sleep } from 'node:timers/promises'
import type { Sent } from '../../simulation/history.ts'
import { Sender, type Sizes } from '../../simulation/sender.ts'
import type { HttpDoor } from './door.ts'
import type { Gate } from './gate.ts'

/** Between an answer and the next request, ms: about 50 events a second of two that push requests of about six. */
const PAUSE_MS = [50, 300] as const
/** Before what was not answered is sent again. */
const AGAIN_MS = 200

/** How somebody pushes, where it is not as said above. */
export interface Habits {
  pauseMs?: readonly [number, number]
  againMs?: number
  sizes?: Sizes
  /** The pause counts from one request to the next, however long the answer takes. */
  even?: boolean
}

/** Where somebody pushes chat, and what is noted of it. */
export interface Pushed {
  sent: Sent[]
  removed: string[]
  door(): HttpDoor
}

/** Somebody who pushes numbered chat, one request after the other, and sends again what was not answered well. */
export class Producer {
  readonly #room: Pushed
  readonly #gate: Gate
  readonly #random: () => number
  readonly #sender: Sender
  readonly #pauseMs: readonly [number, number]
  readonly #againMs: number
  readonly #even: boolean
  #on = false
  #working: Promise<void> = Promise.resolve()

  constructor(
    name: string,
    room: Pushed,
    gate: Gate,
    random: () => number,
    { pauseMs = PAUSE_MS, againMs = AGAIN_MS, sizes, even = false }: Habits = {},
  ) {
    this.#room = room
    this.#gate = gate
    this.#random = random
    this.#pauseMs = pauseMs
    this.#againMs = againMs
    this.#even = even
    this.#sender = new Sender(name, random, room.sent, room.removed, { ...(sizes !== undefined && { sizes }) })
  }

  start(): void {
    this.#on = true
    this.#working = this.#work()
  }

  /** Resolves when nothing of it is without a good answer. */
  stop(): Promise<void> {
    this.#on = false
    return this.#working
  }

  async #work(): Promise<void> {
    const door = this.#room.door()
    const [from, to] = this.#pauseMs
    // Not all that begin at once push at once.
    if (this.#even) await sleep(this.#random() * from)
    while (this.#on || this.#sender.owes) {
      await this.#gate.pass()
      const began = performance.now()
      this.#sender.send(door)
      await door.settled
      const took = this.#even ? performance.now() - began : 0
      await sleep(this.#sender.owes ? this.#againMs : Math.max(0, from + this.#random() * (to - from) - took))
    }
  }
}
