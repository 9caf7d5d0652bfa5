import type { HookJob, Job } from './job.ts'

/** A job in pieces; its last one gives something. */
export type Steps = Iterator<void, unknown, void>
export type Steppable = Exclude<Job, HookJob>

interface Begun {
  job: number
  steps: Steps
}

/**
 * The jobs in hand, in a line for each channel, and turns between the channels after each piece of a job: one that takes long holds up
 * the other channels by a piece of it. Within a channel each job is done whole before the next one begins.
 */
export class Rota {
  /** In the order of their turns. */
  readonly #lines = new Map<number, Begun[]>()
  readonly #act: (job: number, act: () => boolean) => boolean

  /** `act` is told which job each piece belongs to. */
  constructor(act: (job: number, act: () => boolean) => boolean) {
    this.#act = act
  }

  get busy(): boolean {
    return this.#lines.size > 0
  }

  add({ channel, job }: Steppable, steps: Steps): void {
    const line = this.#lines.get(channel)
    if (line === undefined) this.#lines.set(channel, [{ job, steps }])
    else line.push({ job, steps })
  }

  /** One piece of the job whose turn it is. */
  step(): void {
    const [first] = this.#lines
    if (first === undefined) return
    const [channel, line] = first
    const [head] = line
    if (head === undefined) return
    // Out of its line before it is tried: what throws must not be tried again.
    this.#lines.delete(channel)
    const done = this.#act(head.job, () => head.steps.next().done === true)
    if (done) line.shift()
    if (line.length > 0) this.#lines.set(channel, line)
  }
}
