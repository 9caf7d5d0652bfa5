import { performance } from 'node:perf_hooks'
import { monotonic } from '../../workers/queue/layout.ts'
import type { NodeFigures, NodeView, Reached } from '../api/nodes.ts'
import type { EngineDoor, NodesDoor } from '../house.ts'
import type { LogTail } from '../log-tail.ts'
import type { Metrics } from '../metrics.ts'
import { residentBytes } from '../resident.ts'
import { VERSION } from '../version.ts'
import { type HeardNode, type NodeList, SILENT_MS } from './node-list.ts'

/** How often a node says how it is, ms. */
const TELL_EVERY_MS = 1_000
const MICROSECONDS = 1e3

export interface ThisNodeParts {
  engine: EngineDoor
  logTail: Pick<LogTail, 'lastError'>
  /** What keeps it from working; null = nothing. */
  trouble(): string | null
  /** Resolves when the database has answered; null = there is none. */
  database: (() => Promise<void>) | null
  platforms(): NodeFigures['platforms']
  /** Where other nodes reach this one; '' = not known yet. */
  address(): string
  /** Null where this server is the only one. */
  list: NodeList | null
  metrics: Pick<Metrics, 'channels' | 'nodes' | 'answerSeconds' | 'cpuSecondsTotal'>
}

/** Names the only server there is. */
const ONLY = 'only'

/** How this node is, and what it knows of the others. */
export class ThisNode implements NodesDoor {
  readonly id: string
  readonly #parts: ThisNodeParts
  readonly #startedAt = Date.now() - Math.round(process.uptime() * 1_000)
  #timer: NodeJS.Timeout | null = null
  #leaving = false
  #cpu = 0
  #before = { at: monotonic(), used: usedMs() }
  #database: Reached = { answered: null }
  #asking: Promise<void> | null = null
  #telling: Promise<void> | null = null

  constructor(parts: ThisNodeParts) {
    this.#parts = parts
    this.id = parts.list?.id ?? ONLY
  }

  begin(): void {
    this.#look()
    this.#timer = setInterval(() => this.#look(), TELL_EVERY_MS)
    this.#timer.unref()
  }

  /** Not ready from now on, and still at work. */
  leave(): void {
    this.#leaving = true
  }

  /** Reasons why it is not ready; empty = ready. */
  unready(): string[] {
    const trouble = this.#parts.trouble()
    return [...(this.#leaving ? ['stopping'] : []), ...(trouble === null ? [] : [trouble])]
  }

  /** The others no longer count on it. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#telling
    await this.#parts.list?.leave()
  }

  /** This one first. */
  all(): NodeView[] {
    const now = monotonic()
    const here: NodeView = { ...this.figures(), id: this.id, here: true, heardAt: Date.now(), silent: false }
    return [here, ...(this.#parts.list?.others ?? []).map((node) => viewOf(node, now))]
  }

  addressOf(id: string): string | null {
    if (id === this.id) return this.#parts.address()
    return this.#parts.list?.others.find((node) => node.id === id)?.word.address ?? null
  }

  figures(): NodeFigures {
    const { engine, logTail, database, platforms, list } = this.#parts
    const { worker, ring, sockets } = engine.look()
    const error = logTail.lastError
    return {
      version: VERSION,
      startedAt: this.#startedAt,
      unready: this.unready(),
      channels: worker.channels,
      sockets,
      eventsPerSecond: ring.recordsPerSecond,
      cpu: this.#cpu,
      memory: residentBytes(),
      redis: list === null ? null : { answered: list.answered },
      database: database === null ? null : this.#database,
      lastError: error === null ? null : { at: error.at, message: error.message },
      platforms: platforms(),
    }
  }

  #look(): void {
    this.#measure()
    this.#askDatabase()
    const figures = this.figures()
    this.#count(figures)
    const { list, address } = this.#parts
    if (list === null) return
    this.#telling ??= list.tell({ ...figures, address: address() }).finally(() => {
      this.#telling = null
    })
  }

  #count({ channels, redis, database }: NodeFigures): void {
    const { metrics, list } = this.#parts
    const heardSince = monotonic() - SILENT_MS
    metrics.channels.set(channels)
    metrics.nodes.set(1 + (list?.others ?? []).filter(({ at }) => at >= heardSince).length)
    if (redis !== null) metrics.answerSeconds.set({ of: 'redis' }, seconds(redis))
    if (database !== null) metrics.answerSeconds.set({ of: 'database' }, seconds(database))
  }

  #measure(): void {
    const now = { at: monotonic(), used: usedMs() }
    const used = now.used - this.#before.used
    this.#cpu = used / Math.max(1, now.at - this.#before.at)
    this.#parts.metrics.cpuSecondsTotal.inc(used / 1_000)
    this.#before = now
  }

  /** One question at a time: a database that is away lets it wait. */
  #askDatabase(): void {
    const { database } = this.#parts
    if (database === null) return
    const asked = performance.now()
    this.#asking ??= database()
      .then(
        () => {
          this.#database = { answered: performance.now() - asked }
        },
        // Whoever needs it says so in the log.
        () => {
          this.#database = { answered: null }
        },
      )
      .finally(() => {
        this.#asking = null
      })
  }
}

function viewOf({ id, at, word: { address: _, ...figures } }: HeardNode, now: number): NodeView {
  const age = now - at
  return { ...figures, id, here: false, heardAt: Math.round(Date.now() - age), silent: age > SILENT_MS }
}

function seconds({ answered }: Reached): number {
  return answered === null ? Number.NaN : answered / 1_000
}

/** Of all threads of the process. */
function usedMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / MICROSECONDS
}
