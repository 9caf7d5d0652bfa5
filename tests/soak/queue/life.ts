import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { DIED, leaseClock, OWNER_MASK, WORD } from '../../../workers/queue/layout.ts'
import { Mutex } from '../../../workers/queue/mutex.ts'
import { Control } from './control.ts'
import type { LifePlan, Pause } from './plan.ts'
import type { Ring } from './ring.ts'
import { nameOfStep } from './steps.ts'
import type { WriterStart } from './writer.ts'

/** A writer that does not come to the step where it is to die is ended wherever it is. */
const PATIENCE_MS = 100
/** Longer ago than any lease. */
const LONG_AGO_MS = 60_000

/** One writing thread, started and waiting for its turn. */
export class Life {
  readonly owner: number
  readonly #ring: Ring
  readonly #plan: LifePlan
  readonly #control = new Control()
  readonly #thread: Worker
  readonly #exited: Promise<unknown>

  constructor(ring: Ring, plan: LifePlan) {
    this.owner = ring.newOwner()
    this.#ring = ring
    this.#plan = plan
    const { memory, noise, clockJumps } = ring
    const { shape } = ring.plan
    const control = this.#control.shared
    const start: WriterStart = { memory, owner: this.owner, control, noise, shape, life: plan, clockJumps }
    this.#thread = new Worker(new URL('./writer.js', import.meta.url), { workerData: start })
    this.#exited = new Promise((resolve) => this.#thread.once('exit', resolve))
    this.#thread.on('error', (error) => ring.figures.faults.push(`Writer ${this.owner} threw: ${error.message}`))
  }

  /** The last seq of which it knew that it was written. */
  get returned(): number {
    return this.#control.returned
  }

  /** Lets it write, pauses it, and resolves when it is dead and buried. */
  async live(): Promise<void> {
    this.#control.go()
    for (const pause of this.#plan.pauses) {
      await this.#orDead(this.#control.stands())
      await standStill(this.#ring, this.owner, pause)
      this.#control.resume()
    }
    await this.#end()
    bury(this.#ring, this.owner, this.#plan.end !== 'asked')
  }

  async #end(): Promise<void> {
    if (this.#plan.end === 'step') {
      await Promise.race([this.#orDead(this.#control.stands()), sleep(PATIENCE_MS)])
      this.#noteStep()
    } else {
      await this.#orDead(this.#control.began())
      await this.#orDead(sleep(this.#plan.after))
    }
    if (this.#plan.end === 'asked') this.#control.ask()
    else await this.#thread.terminate()
    await this.#exited
  }

  /** A thread that dies by itself is a fault that has been noted; nobody shall wait for it. */
  async #orDead(moment: Promise<void>): Promise<void> {
    await Promise.race([moment, this.#exited])
  }

  #noteStep(): void {
    if (!this.#control.isFrozen) return
    const { diedAt } = this.#ring.figures
    const step = nameOfStep(this.#control.operation, this.#control.word)
    diedAt[step] = (diedAt[step] ?? 0) + 1
  }
}

/** As the supervisor does it: after certain death, always. The bell is for a thread that published and died before it rang. */
function bury(ring: Ring, owner: number, forced: boolean): void {
  const held = ring.reader.bury(owner)
  ring.reader.ring()
  ring.progress()
  if (!forced) {
    ring.figures.asked++
    if (held) ring.figures.faults.push(`Writer ${owner} ended by itself and held the lock.`)
    return
  }
  ring.figures.terminations++
  if (held) ring.figures.held++
}

/** The thread stands still; when it owns the lock, nothing that the lock guards may move, lease or no lease. */
async function standStill(ring: Ring, owner: number, pause: Pause): Promise<void> {
  const { words } = ring
  const owns = () => {
    const word = Atomics.load(words, WORD.lock)
    return (word & OWNER_MASK) === owner && (word & DIED) === 0
  }
  const guarded = () => [WORD.tail, WORD.head, WORD.generation].map((word) => Atomics.load(words, word)).join()
  const owned = owns()
  const before = guarded()
  if (owned && pause.backdated) Atomics.store(words, WORD.lease, (leaseClock() - LONG_AGO_MS) | 0)
  await sleep(pause.ms)
  ring.progress()
  if (!owned) return
  ring.figures.paused++
  if (owns() && before === guarded() && new Mutex(words, ring.newOwner()).tryLock() === 'no') return
  ring.figures.stolen++
  ring.figures.faults.push(`The lock of writer ${owner} was given away while it lived.`)
}
