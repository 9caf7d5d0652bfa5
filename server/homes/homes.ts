import { Backoff } from '../../workers/backoff.ts'
import type { Bus, History } from '../bus/bus.ts'
import type { Hub } from '../channels/hub.ts'
import type { ShownBefore } from '../channels/shown-before.ts'
import type { Entry } from '../entries.ts'
import { CrossChatError } from '../errors.ts'
import { type Holder, isLease, type Lease, type Leases } from '../leases/leases.ts'
import type { Claim } from '../line.ts'
import type { Log } from '../log.ts'
import { firstOf, type Slice } from '../slice.ts'
import type { StreamBefore } from '../streams.ts'
import { Turns } from '../turns.ts'
import { Elsewhere } from './elsewhere.ts'
import { Followed, inTime, type Place } from './followed.ts'
import { Homeless } from './homeless.ts'
import { Losses } from './losses.ts'
import type { Passes } from './pass.ts'
import { actsIn, knownOf, marksIn } from './shown.ts'
import type { SharedState } from './state.ts'
import { Telling } from './telling.ts'

/** Pauses before what could not be taken up is tried again, ms. */
const TAKE_UP_AGAIN = { first: 250, longest: 5_000 }

/** What of a channel is run here, and only here: taken up and let go with its lease. */
export interface Tenant {
  /** `before`: when the home before was last alive, ms; null = there is none known. Asked again where it fails. */
  takeUp(channelId: string, before: number | null): Promise<void>
  letGo(channelId: string): Promise<void>
}

export interface HomesParts {
  leases: Leases
  bus: Bus
  passes: Passes
  hub: Pick<Hub, 'anew' | 'streamChanged' | 'stageChanged' | 'statusChanged' | 'has'>
  line: { open(channelId: string): Promise<Entry> }
  ingest: { channel(id: string): Entry | undefined; close(id: string): void; entries(): Iterable<Entry> }
  streams: {
    before(channelId: string, fence: number): Promise<StreamBefore | null>
    /** `missing`: what was shown and the archive does not have, up to the entry's number. */
    goOn(before: StreamBefore, entry: Entry, missing: readonly Slice[]): void
    shown(before: StreamBefore): ShownBefore
  }
  tenants: Tenant[]
  /** Told of what was shown where no stream runs that would know. */
  heldAgain(slice: Slice): void
  state(channelId: string): SharedState
  /** Channels that somebody must run: they follow something, a stream runs, or something waits for their webhooks. */
  wanted(): Promise<string[]>
  log: Log
}

/**
 * Which channels have their home on this node. What runs a channel (its sources, its numbers, its stream, what waits for a moderator) runs at its
 * home; a node with sockets of a channel that has its home elsewhere follows it over the bus.
 *
 * While Redis is away a home goes on: its own sockets see all of it. Whoever has taken the channel meanwhile begins an epoch of their own, and
 * what this node wrote late is refused; its sockets are then told what is missing.
 */
export class Homes {
  readonly #parts: HomesParts
  readonly passes: Passes
  readonly #followed: Followed
  readonly #telling: Telling
  readonly #homeless: Homeless
  readonly #losses: Losses
  /** What of a channel is taken up and let go comes one after the other. */
  readonly #turns = new Turns()
  readonly #takingUp = new Map<string, Promise<void>>()
  /** Of channels that were followed here until just now, until they are taken up whole: what their homes said last. */
  readonly #lastSaid = new Map<string, SharedState>()
  /** Channels whose lease the line has been given and that are not open yet. */
  readonly #claimed = new Set<string>()
  #closed = false

  constructor(parts: HomesParts) {
    this.#parts = parts
    this.passes = parts.passes
    const { bus, hub, leases, line, ingest, state, log } = parts
    const [open, letGo] = [(id: string) => this.open(id), (id: string) => this.#letGo(id)]
    this.#losses = new Losses({ bus, hub, leases, ingest, log, open, letGo })
    this.#followed = new Followed({ bus, hub })
    this.#telling = new Telling({ bus, state, isHome: (channelId) => ingest.channel(channelId) !== undefined })
    this.#homeless = new Homeless({ leases, missing: () => this.#missing(), take: (id) => line.open(id), log })
    leases.listen({
      // Its own sockets go on; what it writes meanwhile is refused where somebody else has it.
      doubted: () => {},
      confirmed: () => {},
      lost: ({ channelId }) => void this.#losses.lost(channelId),
    })
  }

  /** Takes what nobody runs, and goes on looking for it. */
  async begin(): Promise<void> {
    await this.#homeless.begin()
    this.#telling.begin()
  }

  /** Asked by the line before it opens a channel. Throws Elsewhere, and busy when nobody can say where its home is. */
  async claim(channelId: string): Promise<Claim> {
    if (this.#closed) throw new CrossChatError('stopping')
    this.#claimed.add(channelId)
    try {
      return await this.#claim(channelId)
    } catch (error) {
      this.#claimed.delete(channelId)
      throw error
    }
  }

  async #claim(channelId: string): Promise<Claim> {
    const lease = await this.#taken(channelId)
    try {
      const history = await this.#parts.bus.history(channelId)
      const stream = await this.#parts.streams.before(channelId, lease.fence)
      return {
        ids: stream?.ids ?? [],
        marks: marksIn(history),
        heads: actsIn(history, stream?.recent.heads ?? []),
        seq: Math.max(history.seq, stream?.seq ?? 0),
        opened: (entry) => this.#opened(entry, lease, history, stream),
        drop: () => {
          this.#claimed.delete(channelId)
          return this.#parts.leases.release(channelId)
        },
      }
    } catch (error) {
      await this.#parts.leases.release(channelId)
      throw error
    }
  }

  /** Where a channel is shown from for those who listen here: this node when it is, or can become, its home. */
  async open(channelId: string): Promise<Place> {
    const followed = this.#followed.place(channelId)
    if (followed !== undefined) return followed
    try {
      const entry = await this.#parts.line.open(channelId)
      await inTime(this.#takingUp.get(channelId))
      return entry
    } catch (error) {
      if (error instanceof Elsewhere) return this.#followed.follow(channelId)
      throw error
    }
  }

  /** Where the channel's home is when it is on another node; null = it is here, and taken up whole. Throws busy. */
  async elsewhere(channelId: string): Promise<Holder | null> {
    try {
      await this.#parts.line.open(channelId)
      await this.#takingUp.get(channelId)
      return null
    } catch (error) {
      if (error instanceof Elsewhere) return error.holder
      throw error
    }
  }

  /**
   * What the home says of a channel that is only followed here; while it is just being taken up, what it said last: what this node has of it
   * in memory may be old, and chat must not be shown where it is held empty.
   */
  stateOf(channelId: string): SharedState | null {
    const last = this.#lastSaid.get(channelId)
    const own = last && { ...last, stream: this.#parts.state(channelId).stream }
    return this.#followed.stateOf(channelId) ?? own ?? null
  }

  fence(channelId: string): number | undefined {
    return this.#parts.leases.of(channelId)?.fence
  }

  /** Something of it goes to the other nodes: at once, unless something just did; `now`: in any case. */
  changed(channelId: string, now = false): void {
    this.#telling.changed(channelId, now)
  }

  /** Something was said. True when the channel has its home elsewhere. */
  counts(slice: Slice): boolean {
    const followed = this.#followed.counts(slice)
    if (!followed) this.#telling.counted(slice.channelId)
    return followed
  }

  /** Nobody listens to it here, and nothing of it is left to run. */
  idle(channelId: string): void {
    this.#telling.forget(channelId)
    if (!this.#followed.end(channelId)) void this.#giveUp(channelId)
  }

  /** Of a followed channel. */
  heardState(channelId: string, text: string): void {
    this.#followed.heardState(channelId, text)
  }

  heardAnew(channelId: string, history: History): void {
    this.#followed.heardAnew(channelId, history)
  }

  /** Once nothing more comes: the other nodes have all of it, and take over at once. */
  async close(): Promise<void> {
    this.#closed = true
    this.#losses.close()
    this.#telling.close()
    await this.#homeless.close()
    await Promise.all([...this.#parts.ingest.entries()].map(({ id }) => this.#parts.bus.end(id)))
    await this.#parts.leases.close()
  }

  async #taken(channelId: string): Promise<Lease> {
    const found = await this.#parts.leases.take(channelId)
    if (isLease(found)) return found
    throw new Elsewhere(found)
  }

  /** One step with the opening: nothing of the channel comes before this. */
  #opened(entry: Entry, lease: Lease, history: History, stream: StreamBefore | null): void {
    const { bus, hub, streams, leases, log } = this.#parts
    const { id: channelId, epoch, seq } = entry
    this.#claimed.delete(channelId)
    const said = this.#followed.stateOf(channelId)
    if (said !== null) this.#lastSaid.set(channelId, said)
    this.#followed.forget(channelId)
    const kept = stream && { seq: stream.seq, shown: () => streams.shown(stream) }
    const { shown, unsaid, unkept } = knownOf(history, kept, { channelId, epoch })
    bus.begin({ channelId, fence: lease.fence, epoch, seq: before(unsaid, seq) }, unsaid)
    // Before anybody is welcomed: they are told whether a stream runs.
    if (stream !== null) streams.goOn(stream, entry, unkept)
    else for (const { slice } of history.slices) this.#parts.heldAgain(slice)
    hub.anew({ id: channelId, epoch, seq }, shown)
    log.info({ channel: channelId, fence: lease.fence, epoch, seq }, 'a channel has its home here')
    this.#beginTakingUp(entry, lease.before)
    // While it was being opened nobody could be told that the lease is somebody else's.
    if (leases.of(channelId)?.fence !== lease.fence) void this.#losses.lost(channelId)
  }

  #beginTakingUp(entry: Entry, before: number | null): void {
    const { id: channelId } = entry
    this.#telling.tellsOf(channelId, false)
    const takingUp = this.#turns.take(channelId, () => this.#takeUp(entry, before))
    this.#takingUp.set(channelId, takingUp)
    void takingUp.then(() => {
      if (this.#takingUp.get(channelId) === takingUp) this.#takingUp.delete(channelId)
    })
  }

  /**
   * One tenant after the other: whoever delivers what is shown is there before anything is. Those who cannot yet, since their store does not
   * answer, are asked again; the others do not wait for them.
   */
  async #takeUp(
    entry: Entry,
    before: number | null,
    tenants: readonly Tenant[] = this.#parts.tenants,
    backoff = new Backoff(TAKE_UP_AGAIN),
  ): Promise<void> {
    const { id: channelId } = entry
    const { ingest, log } = this.#parts
    const left: Tenant[] = []
    for (const tenant of tenants) {
      // Given up, or somebody else's, meanwhile.
      if (this.#closed || ingest.channel(channelId) !== entry) return
      await tenant.takeUp(channelId, before).catch((error: unknown) => {
        log.error({ err: error, channel: channelId }, 'a channel could not be taken up whole, and is tried again')
        left.push(tenant)
      })
    }
    if (left.length === 0) return this.#takenUp(channelId)
    const again = () => void this.#turns.take(channelId, () => this.#takeUp(entry, before, left, backoff))
    setTimeout(again, backoff.next()).unref()
  }

  #takenUp(channelId: string): void {
    this.#lastSaid.delete(channelId)
    this.#parts.hub.statusChanged(channelId)
    this.#telling.tellsOf(channelId, true)
    this.changed(channelId, true)
  }

  #letGo(channelId: string): Promise<void> {
    return this.#turns.take(channelId, async () => {
      this.#lastSaid.delete(channelId)
      await Promise.all(this.#parts.tenants.map((tenant) => tenant.letGo(channelId)))
    })
  }

  async #giveUp(channelId: string): Promise<void> {
    const { bus, leases, ingest } = this.#parts
    await bus.end(channelId)
    if (ingest.channel(channelId) !== undefined) return
    await this.#letGo(channelId)
    // Somebody came meanwhile, or is just coming, with the lease that is still held.
    const wanted = ingest.channel(channelId) !== undefined || this.#claimed.has(channelId)
    if (!wanted) await leases.release(channelId)
  }

  async #missing(): Promise<string[]> {
    const { ingest, wanted } = this.#parts
    await this.#losses.askAgain()
    return (await wanted()).filter((channelId) => ingest.channel(channelId) === undefined)
  }
}

/** The last number before these; `seq` when there are none. */
function before([first]: readonly Slice[], seq: number): number {
  return first === undefined ? seq : firstOf(first) - 1
}
