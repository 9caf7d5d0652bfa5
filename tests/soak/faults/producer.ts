import { setTimeout as sleep } from 'node:timers/promises'
import type { Sent } from '../../simulation/checker.ts'
import { Sender } from '../../simulation/sender.ts'
import type { HttpDoor } from './door.ts'
import type { Gate } from './gate.ts'

/** Between an answer and the next request, ms: about 50 events a second of two that push requests of about six. */
const PAUSE_MS = [50, 300] as const
/** Before what was not answered is sent again. */
const AGAIN_MS = 200

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
  #on = false
  #working: Promise<void> = Promise.resolve()

  constructor(
    name: string,
    room: Pushed,
    gate: Gate,
    random: () => number,
    pauseMs: readonly [number, number] = PAUSE_MS,
  ) {
    this.#room = room
    this.#gate = gate
    this.#random = random
    this.#pauseMs = pauseMs
    this.#sender = new Sender(name, random, room.sent, room.removed)
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
    while (this.#on || this.#sender.owes) {
      await this.#gate.pass()
      this.#sender.send(door)
      await door.settled
      await sleep(this.#sender.owes ? AGAIN_MS : from + this.#random() * (to - from))
    }
  }
}
