import { setTimeout as sleep } from 'node:timers/promises'
import { Sender } from '../../simulation/sender.ts'
import type { ChatRoom } from './chat-room.ts'
import type { Gate } from './gate.ts'

/** Between an answer and the next request, ms: about 50 events a second of two that push requests of about six. */
const PAUSE_MS = [50, 300] as const
/** Before what was not answered is sent again. */
const AGAIN_MS = 200

/** Somebody who pushes numbered chat, one request after the other, and sends again what was not answered well. */
export class Producer {
  readonly #room: ChatRoom
  readonly #gate: Gate
  readonly #random: () => number
  readonly #sender: Sender
  #on = false
  #working: Promise<void> = Promise.resolve()

  constructor(name: string, room: ChatRoom, gate: Gate, random: () => number) {
    this.#room = room
    this.#gate = gate
    this.#random = random
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
    const [from, to] = PAUSE_MS
    while (this.#on || this.#sender.owes) {
      await this.#gate.pass()
      this.#sender.send(door)
      await door.settled
      await sleep(this.#sender.owes ? AGAIN_MS : from + this.#random() * (to - from))
    }
  }
}
