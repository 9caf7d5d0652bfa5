import { newId } from './auth/ids.ts'
import type { ErasuresDoor } from './house.ts'
import type { Log } from './log.ts'
import type { Erasure, Person } from './stores/erasures.ts'
import type { Stores } from './stores/stores.ts'

const TRY_AGAIN_MS = 5_000
const ROUNDS = 2
/** Of several servers: how often it is looked for what was begun on another one. */
const LOOK_EVERY_MS = 2_000

export interface ErasuresParts {
  stores: Pick<Stores, 'erasures' | 'streams' | 'archive' | 'deeds' | 'moments'>
  log: Log
  /** Takes a person out of what is in memory of a channel. */
  forget: (channelId: string, person: Person) => void
  /** Of several servers with one store: whether it is this one that erases. */
  mine?: () => Promise<boolean>
}

/** Stands for all of them, where nobody knows which there are. */
const UNKNOWN = ''

/**
 * Takes viewers out of every transcript of a channel, one stream after the other, one viewer at a time. How far it is stands in the
 * store after every stream, so that a kill in the middle costs one stream done twice.
 */
export class Erasing implements ErasuresDoor {
  readonly #parts: ErasuresParts
  #working: Promise<void> | null = null
  #stopped = false
  #wake: (() => void) | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(parts: ErasuresParts) {
    this.#parts = parts
  }

  /** Goes on with what a process before has not finished. */
  begin(): void {
    this.#working ??= this.#work().finally(() => {
      this.#working = null
    })
  }

  /** Goes on with what was begun on another server, too. */
  watch(): void {
    this.#timer = setInterval(() => this.begin(), LOOK_EVERY_MS)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#wake?.()
    await this.#working
  }

  /** One that is not finished is not begun a second time. */
  async start(channelId: string, { platform, authorId }: Pick<Person, 'platform' | 'authorId'>): Promise<Erasure> {
    const { erasures, streams } = this.#parts.stores
    const running = (await erasures.byChannel(channelId)).find(
      (each) => each.finishedAt === null && each.platform === platform && each.authorId === authorId,
    )
    const total = ROUNDS * (await streams.ids(channelId)).length
    // From the beginning again: what was said since the other one began is erased, too.
    const id = running?.id ?? newId()
    const erasure: Erasure = {
      ...{ id, channelId, platform, authorId, names: running?.names ?? [], startedAt: Date.now(), finishedAt: null },
      ...{ round: 1, after: '', done: 0, total, events: running?.events ?? 0 },
    }
    await erasures.put(erasure)
    this.#parts.forget(channelId, personOf(erasure))
    this.begin()
    return erasure
  }

  list(channelId: string): Promise<Erasure[]> {
    return this.#parts.stores.erasures.byChannel(channelId)
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    while (this.#working !== null) await this.#working
  }

  async #work(): Promise<void> {
    const { mine = async () => true } = this.#parts
    /** They could not go on, and hold up none of the others. */
    const stuck = new Set<string>()
    while (!this.#stopped && (await mine())) {
      const next = await this.#next(stuck)
      if (next === undefined && stuck.size === 0) return
      if (next !== undefined && (await this.#went(next))) continue
      if (next !== undefined) stuck.add(next.id)
      else {
        await this.#pause()
        stuck.clear()
      }
    }
  }

  async #next(stuck: Set<string>): Promise<Erasure | undefined> {
    try {
      const unfinished = await this.#parts.stores.erasures.unfinished()
      return unfinished.find(({ id }) => !stuck.has(id))
    } catch (error) {
      this.#tell(error)
      stuck.add(UNKNOWN)
      return undefined
    }
  }

  async #went(erasure: Erasure): Promise<boolean> {
    try {
      await this.#step(erasure)
      return true
    } catch (error) {
      this.#tell(error)
      return false
    }
  }

  #tell(error: unknown): void {
    this.#parts.log.error({ err: error }, 'an erasure could not go on; it is tried again')
  }

  /** One stream, or the end of a round. */
  async #step(erasure: Erasure): Promise<void> {
    const { streams, archive, deeds, moments } = this.#parts.stores
    const [next] = (await streams.ids(erasure.channelId)).filter((id) => id > erasure.after)
    if (next !== undefined) {
      const { events, names } = await archive.erase(next, personOf(erasure))
      await this.#put({
        ...erasure,
        ...{ after: next, done: erasure.done + 1, events: erasure.events + events },
        names: [...new Set([...erasure.names, ...names])],
      })
    } else if (erasure.round === 1) await this.#put({ ...erasure, round: 2, after: '' })
    else {
      // A process that began in the middle has filled its memory from transcripts that still held them.
      this.#parts.forget(erasure.channelId, personOf(erasure))
      await deeds.erase(erasure.channelId, personOf(erasure))
      await moments.erase(erasure.channelId, personOf(erasure))
      await this.#put({ ...erasure, authorId: '', names: [], done: erasure.total, finishedAt: Date.now() })
    }
  }

  /** Unless it was asked for once more meanwhile: then it begins anew. */
  async #put(erasure: Erasure): Promise<void> {
    const { erasures } = this.#parts.stores
    const standing = (await erasures.byChannel(erasure.channelId)).find(({ id }) => id === erasure.id)
    if (standing?.startedAt === erasure.startedAt) await erasures.put(erasure)
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, TRY_AGAIN_MS)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function personOf({ platform, authorId, names }: Erasure): Person {
  return { platform, authorId, names }
}
