import type { RunOrder } from '../workers/job.ts'
import type { RunView } from './api/simulator.ts'
import { newId } from './auth/ids.ts'
import type { Entry } from './entries.ts'
import { CrossChatError } from './errors.ts'
import type { RunsDoor } from './house.ts'
import type { Ingest } from './ingest.ts'

/** Runs of one channel that may play at once. */
export const MAX_PLAYING = 3
/** Ended runs of all channels whose progress can still be asked for. */
const MAX_REMEMBERED = 1_000

interface Run {
  channelId: string
  order: RunOrder
  finished: boolean
}

/** The simulator's runs: who started which, and how far they are. The worker plays them. */
export class Runs implements RunsDoor {
  readonly #ingest: Ingest
  readonly #open: (channelId: string) => Promise<Entry>
  readonly #runs = new Map<string, Run>()

  constructor(ingest: Ingest, open: (channelId: string) => Promise<Entry>) {
    this.#ingest = ingest
    this.#open = open
    ingest.onRun = (id, made, finished) => this.#progress(id, made, finished)
  }

  async start(channelId: string, order: Parameters<RunsDoor['start']>[1]): Promise<RunView> {
    const playing = [...this.#runs.values()].filter((run) => run.channelId === channelId && !run.finished)
    if (playing.length >= MAX_PLAYING) {
      throw new CrossChatError('too_many', {
        message: `At most ${MAX_PLAYING} runs play at once. Stop one first.`,
        retryAfter: 1,
      })
    }
    const channel = await this.#open(channelId)
    const run: Run = { channelId, order: orderOf(order, channel), finished: false }
    this.#remember(run)
    this.#ingest.run(run.order)
    return view(run)
  }

  get(channelId: string, id: string): RunView | null {
    const run = this.#runs.get(id)
    return run?.channelId === channelId ? view(run) : null
  }

  cancel(channelId: string, id: string): boolean {
    const run = this.#runs.get(id)
    if (run?.channelId !== channelId) return false
    run.finished = true
    this.#ingest.cancelRun(id)
    return true
  }

  #progress(id: string, made: number, finished: boolean): void {
    const run = this.#runs.get(id)
    if (run === undefined) return
    run.order.from = made
    run.finished ||= finished
  }

  #remember(run: Run): void {
    this.#runs.set(run.order.id, run)
    for (const [id, { finished }] of this.#runs) {
      if (this.#runs.size <= MAX_REMEMBERED) break
      if (finished) this.#runs.delete(id)
    }
  }
}

/** Field by field: a copy of what was asked for has a shape of its own in the engine's memory, as large as itself, for each of a thousand. */
function orderOf(asked: Parameters<RunsDoor['start']>[1], { number }: Entry): RunOrder {
  const { scenario, platforms, count, perSecond, seed } = asked
  return { id: newId(), channel: number, scenario, platforms, count, perSecond, seed, from: 0 }
}

function view({ order, finished }: Run): RunView {
  const { id, scenario, platforms, count, perSecond, seed, from } = order
  return { id, scenario, platforms: [...new Set(platforms)], count, perSecond, seed, made: from, finished }
}
