import { lastOf, type Slice } from '../slice.ts'
import { type Bus, type BusEnds, DEAF, type History, KEEP_EVENTS, NO_HISTORY, type Tenure } from './bus.ts'

/** The default bus: one process, nothing in between. Buses over the same streams are nodes of one process. */
export class MemoryBus implements Bus {
  readonly #streams: MemoryStreams | null
  #ends = DEAF
  readonly #homes = new Map<string, Tenure>()

  constructor(streams: MemoryStreams | null = null) {
    this.#streams = streams
  }

  publish(slice: Slice): void {
    this.#ends.slice(slice)
    if (this.#streams !== null) this.#share(this.#streams, slice)
  }

  listen(ends: BusEnds): void {
    this.#streams?.nodes.delete(this.#ends)
    this.#streams?.nodes.add(ends)
    this.#ends = ends
  }

  begin(tenure: Tenure, shown: readonly Slice[] = []): void {
    this.unfollow(tenure.channelId)
    this.#homes.set(tenure.channelId, tenure)
    if (this.#streams === null) return
    if (!this.#streams.begin(tenure)) this.#refuse(tenure.channelId)
    for (const slice of shown) this.#share(this.#streams, slice)
  }

  tell(channelId: string, state: string): void {
    const tenure = this.#homes.get(channelId)
    if (tenure !== undefined) this.#streams?.tell(tenure, state)
  }

  async end(channelId: string): Promise<void> {
    this.#homes.delete(channelId)
  }

  async history(channelId: string): Promise<History> {
    return this.#streams?.history(channelId) ?? NO_HISTORY
  }

  async follow(channelId: string): Promise<History> {
    this.#streams?.follow(channelId, this.#ends)
    return this.history(channelId)
  }

  unfollow(channelId: string): void {
    this.#streams?.unfollow(channelId, this.#ends)
  }

  shout(text: string): void {
    for (const each of this.#streams?.nodes ?? []) if (each !== this.#ends) each.shouted(text)
  }

  async close(): Promise<void> {
    this.#streams?.forget(this.#ends)
    this.#ends = DEAF
  }

  #share(streams: MemoryStreams, slice: Slice): void {
    const tenure = this.#homes.get(slice.channelId)
    if (tenure !== undefined && !streams.append(tenure, slice)) this.#refuse(slice.channelId)
  }

  #refuse(channelId: string): void {
    this.#homes.delete(channelId)
    this.#ends.refused(channelId)
  }
}

interface MemoryStream {
  fence: number
  epoch: string | null
  slices: { slice: Slice; arrived: number }[]
  seq: number
  ends: Map<string, number>
  state: string | null
  followers: Set<BusEnds>
}

/** What several nodes of one process share in place of Redis. */
export class MemoryStreams {
  readonly #streams = new Map<string, MemoryStream>()
  readonly nodes = new Set<BusEnds>()

  /** The lease of a channel: what comes with a lower number is refused. */
  grant(channelId: string, fence: number): void {
    this.#of(channelId).fence = fence
  }

  begin({ channelId, fence, epoch, seq }: Tenure): boolean {
    const stream = this.#of(channelId)
    if (fence < stream.fence) return false
    if (stream.epoch !== null && stream.epoch !== epoch) stream.ends.set(stream.epoch, stream.seq)
    Object.assign(stream, { fence, epoch, seq })
    for (const each of stream.followers) each.anew(channelId, this.history(channelId))
    return true
  }

  append({ channelId, fence }: Tenure, slice: Slice): boolean {
    const stream = this.#of(channelId)
    if (fence !== stream.fence) return false
    stream.seq = lastOf(slice)
    stream.slices.push({ slice, arrived: performance.now() })
    let events = stream.slices.reduce((sum, each) => sum + each.slice.events.length, 0)
    while (events - (stream.slices[0]?.slice.events.length ?? 0) >= KEEP_EVENTS)
      events -= stream.slices.shift()?.slice.events.length ?? 0
    for (const each of stream.followers) each.slice(slice)
    return true
  }

  tell({ channelId, fence }: Tenure, state: string): void {
    const stream = this.#of(channelId)
    if (fence !== stream.fence) return
    stream.state = state
    for (const each of stream.followers) each.state(channelId, state)
  }

  history(channelId: string): History {
    const { epoch, seq, slices, ends, state } = this.#of(channelId)
    return { epoch, seq, slices: [...slices], ends: new Map(ends), state }
  }

  follow(channelId: string, ends: BusEnds): void {
    this.#of(channelId).followers.add(ends)
  }

  unfollow(channelId: string, ends: BusEnds): void {
    this.#of(channelId).followers.delete(ends)
  }

  forget(ends: BusEnds): void {
    this.nodes.delete(ends)
    for (const { followers } of this.#streams.values()) followers.delete(ends)
  }

  #of(channelId: string): MemoryStream {
    const known = this.#streams.get(channelId)
    if (known !== undefined) return known
    const made = {
      fence: 0,
      epoch: null,
      slices: [],
      seq: 0,
      ends: new Map(),
      state: null,
      followers: new Set<BusEnds>(),
    }
    this.#streams.set(channelId, made)
    return made
  }
}
