import type { Log } from '../../log.ts'
import { keysOf } from '../../redis/keys.ts'
import { Away, type Link } from '../../redis/link.ts'
import { listOf, type StreamEntry, textOf } from '../../redis/reply.ts'
import type { StreamReader } from '../../redis/stream-reader.ts'
import { firstOf, lastOf, type Slice } from '../../slice.ts'
import { type Bus, type BusEnds, DEAF, type History, type Tenure } from '../bus.ts'
import { sliceOf, snapshotOf } from './history.ts'
import { Outbox } from './outbox.ts'
import { HISTORY } from './scripts.ts'
import { Shouts } from './shouts.ts'

/** How often what waits is tried again, and a history that could not be read, ms. */
const TRY_EVERY_MS = 1_000
/** A stream that is being filled again is looked at so often, ms. */
const FILLED_AGAIN_MS = 100
/** How often a channel that is followed is held against what Redis says of it, ms. */
export const LOOK_EVERY_MS = 10_000

export interface RedisBusParts {
  /** Never waits on purpose. */
  link: Link
  reader: StreamReader
  node: string
  log: Log
  lookEveryMs?: number
}

interface Followed {
  epoch: string | null
  seq: number
  /** Its history is being read, or must be: nothing of it is handed on meanwhile. */
  stale: boolean
  reading: Promise<History> | null
  /** It was behind at the last look, too. */
  behind: number | null
}

/** The bus of several nodes: a stream of each channel in Redis. */
export class RedisBus implements Bus {
  readonly #parts: RedisBusParts
  readonly #outboxes = new Map<string, Outbox>()
  readonly #followed = new Map<string, Followed>()
  readonly #timers: NodeJS.Timeout[]
  readonly #shouts: Shouts
  #ends = DEAF

  constructor(parts: RedisBusParts) {
    this.#parts = parts
    this.#shouts = new Shouts(parts)
    this.#timers = [
      setInterval(() => this.tryAgain(), TRY_EVERY_MS),
      setInterval(() => void this.#lookAtAll(), parts.lookEveryMs ?? LOOK_EVERY_MS),
    ]
    for (const timer of this.#timers) timer.unref()
  }

  /** Before anything is shouted: what was said until now is nobody's business here. Throws when Redis cannot be asked. */
  async hear(): Promise<void> {
    await this.#shouts.listen((text) => this.#ends.shouted(text))
  }

  listen(ends: BusEnds): void {
    this.#ends = ends
  }

  publish(slice: Slice): void {
    this.#ends.slice(slice)
    this.#outboxes.get(slice.channelId)?.add(slice)
  }

  begin(tenure: Tenure, shown: readonly Slice[] = []): void {
    const { channelId } = tenure
    this.unfollow(channelId)
    const known = this.#outboxes.get(channelId)
    if (known?.epoch === tenure.epoch) {
      known.again(tenure)
      return
    }
    const { link, log } = this.#parts
    const outbox = new Outbox(tenure, { link, log, refused: () => this.#ends.refused(channelId) })
    this.#outboxes.set(channelId, outbox)
    for (const slice of shown) outbox.add(slice)
    outbox.send()
  }

  tell(channelId: string, state: string): void {
    this.#outboxes.get(channelId)?.tell(state)
  }

  async end(channelId: string): Promise<void> {
    const outbox = this.#outboxes.get(channelId)
    if (outbox === undefined) return
    await outbox.flushed()
    if (this.#outboxes.get(channelId) === outbox) this.#outboxes.delete(channelId)
  }

  async history(channelId: string): Promise<History> {
    return (await this.#snapshot(channelId)).history
  }

  async follow(channelId: string): Promise<History> {
    const known = this.#followed.get(channelId)
    if (known?.reading) return known.reading
    const followed: Followed = known ?? { epoch: null, seq: 0, stale: true, reading: null, behind: null }
    this.#followed.set(channelId, followed)
    try {
      return await this.#read(channelId, followed)
    } catch (error) {
      if (known === undefined) this.unfollow(channelId)
      throw error
    }
  }

  unfollow(channelId: string): void {
    this.#followed.delete(channelId)
    const { stream, state } = keysOf(channelId)
    this.#parts.reader.drop(stream)
    this.#parts.reader.drop(state)
  }

  shout(text: string): void {
    this.#shouts.shout(text)
  }

  /** Redis may be back. */
  tryAgain(): void {
    this.#shouts.send()
    for (const outbox of this.#outboxes.values()) outbox.send()
    for (const [channelId, followed] of this.#followed) if (followed.stale) void this.#anew(channelId, followed)
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await Promise.all([...this.#outboxes.keys()].map((channelId) => this.end(channelId)))
    for (const channelId of [...this.#followed.keys()]) this.unfollow(channelId)
    this.#parts.reader.close()
    this.#parts.link.close()
  }

  async #snapshot(channelId: string) {
    const { meta, stream, state } = keysOf(channelId)
    return snapshotOf(channelId, await this.#parts.link.run(HISTORY, [meta, stream, state], []))
  }

  #read(channelId: string, followed: Followed): Promise<History> {
    followed.reading ??= this.#readNow(channelId, followed).finally(() => {
      followed.reading = null
    })
    return followed.reading
  }

  async #readNow(channelId: string, followed: Followed): Promise<History> {
    const { history, id, stateId } = await this.#snapshot(channelId)
    if (this.#followed.get(channelId) !== followed) return history
    const { epoch, seq } = history
    if (epoch !== null && epoch === followed.epoch && seq < followed.seq)
      return this.#waitForIt(channelId, followed, history)
    Object.assign(followed, { epoch, seq, stale: false, behind: null })
    const keys = keysOf(channelId)
    this.#parts.reader.read(keys.stream, id, (entries) => this.#take(channelId, followed, entries))
    this.#parts.reader.read(keys.state, stateId, (entries) => this.#takeState(channelId, entries))
    return history
  }

  /** Redis has lost what was heard here, and its home is about to bring it again. */
  #waitForIt(channelId: string, followed: Followed, history: History): History {
    followed.stale = true
    const again = () =>
      followed.stale && this.#followed.get(channelId) === followed && void this.#anew(channelId, followed)
    setTimeout(again, FILLED_AGAIN_MS).unref()
    return history
  }

  #take(channelId: string, followed: Followed, entries: StreamEntry[]): void {
    for (const entry of entries) {
      if (followed.stale || this.#followed.get(channelId) !== followed) return
      if (!this.#takeOne(channelId, followed, entry)) void this.#anew(channelId, followed)
    }
  }

  /** False where it does not simply go on. */
  #takeOne(channelId: string, followed: Followed, entry: StreamEntry): boolean {
    try {
      const slice = sliceOf(channelId, entry)
      if (slice === null || slice.epoch !== followed.epoch || firstOf(slice) !== followed.seq + 1) return false
      followed.seq = lastOf(slice)
      this.#ends.slice(slice)
      return true
    } catch (error) {
      this.#parts.log.error({ err: error, channel: channelId }, 'an entry of a stream could not be read')
      return false
    }
  }

  #takeState(channelId: string, entries: StreamEntry[]): void {
    const state = entries.at(-1)?.fields.get('state')
    if (state !== undefined && this.#followed.has(channelId)) this.#ends.state(channelId, state.toString())
  }

  async #anew(channelId: string, followed: Followed): Promise<void> {
    followed.stale = true
    if (followed.reading !== null) return
    try {
      const history = await this.#read(channelId, followed)
      if (this.#followed.get(channelId) === followed && !followed.stale) this.#ends.anew(channelId, history)
    } catch (error) {
      // Tried again in a second.
      if (!(error instanceof Away))
        this.#parts.log.error({ err: error, channel: channelId }, 'a history is not readable')
    }
  }

  /** A reader whose place no longer is in the stream would wait for ever: Redis may have lost the stream and begun another. */
  async #lookAtAll(): Promise<void> {
    for (const [channelId, followed] of this.#followed) {
      await this.#look(channelId, followed).catch((error: unknown) => {
        if (!(error instanceof Away))
          this.#parts.log.error({ err: error, channel: channelId }, 'a stream cannot be seen')
      })
    }
  }

  async #look(channelId: string, followed: Followed): Promise<void> {
    if (followed.stale) return
    const { seq, epoch } = followed
    const [there, end] = listOf(await this.#parts.link.ask(['HMGET', keysOf(channelId).meta, 'epoch', 'seq']))
    const same = textOf(there) === (epoch ?? '') && textOf(end) === (epoch === null ? '' : String(seq))
    // What was on its way at the last look has come by now.
    const stuck = !same && followed.behind === seq
    followed.behind = same ? null : seq
    if (stuck && followed.seq === seq) await this.#anew(channelId, followed)
  }
}
