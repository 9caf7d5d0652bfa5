import { setTimeout as pause } from 'node:timers/promises'
import { monotonic } from '../../workers/queue/layout.ts'
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
import type { Passes } from './pass.ts'
import { actsIn, marksIn, shownAfter, shownIn } from './shown.ts'
import { isSaid, readState, type SharedState, stageChange, withMore } from './state.ts'

/** How often it is looked for channels that nobody runs, ms, and how many are taken at once: the other nodes look, too. */
const LOOK_EVERY_MS = 1_000
const MAX_TAKEN_AT_ONCE = 50
/** What has changed of a channel goes to the other nodes at once, and then so often, ms; how much was said, which they count themselves, less often. */
const TELL_EVERY_MS = 500
const COUNTS_EVERY_MS = 10_000
/** Whoever begins to listen to a channel that is just being opened waits so long for all that is shown of it beside events, ms. */
const WHOLE_WITHIN_MS = 1_000

/** Where a channel is shown from. */
export type Place = Pick<Entry, 'id' | 'epoch'>

/** What of a channel is run here, and only here: taken up and let go with its lease. */
export interface Tenant {
  /** `before`: when the home before was last alive, ms; null = there is none known. */
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

interface Away {
  id: string
  epoch: string
  state: SharedState
}

/** The channel has its home on another node. */
export class Elsewhere extends CrossChatError {
  readonly holder: Holder
  constructor(holder: Holder) {
    super('moved', { retryAfter: 1 })
    this.holder = holder
  }
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
  readonly #away = new Map<string, Away>()
  readonly #following = new Map<string, Promise<Place>>()
  readonly #stale = new Set<string>()
  /** Where no more than the counts has changed. */
  readonly #counted = new Set<string>()
  /** Lost, and not yet known to whom. */
  readonly #doubtful = new Set<string>()
  readonly #told = new Map<string, { text: string; at: number }>()
  /** Taken up whole: what is said of it before is not all of it. */
  readonly #whole = new Set<string>()
  /** Those who wait for the first state of a channel. */
  readonly #waiting = new Map<string, () => void>()
  /** What of a channel is taken up and let go comes one after the other. */
  readonly #turns = new Turns()
  readonly #takingUp = new Map<string, Promise<void>>()
  readonly #timers: NodeJS.Timeout[] = []
  #looking: Promise<void> | null = null
  #closed = false

  constructor(parts: HomesParts) {
    this.#parts = parts
    this.passes = parts.passes
    parts.leases.listen({
      // Its own sockets go on; what it writes meanwhile is refused where somebody else has it.
      doubted: () => {},
      confirmed: () => {},
      lost: ({ channelId }) => void this.#lost(channelId),
    })
  }

  /** Takes what nobody runs, and goes on looking for it. */
  async begin(): Promise<void> {
    await this.#look()
    this.#timers.push(
      setInterval(() => void this.#look(), LOOK_EVERY_MS),
      setInterval(() => this.#tellAll(this.#stale), TELL_EVERY_MS),
      setInterval(() => this.#tellAll(this.#counted), COUNTS_EVERY_MS),
    )
    for (const timer of this.#timers) timer.unref()
  }

  /** Asked by the line before it opens a channel. Throws Elsewhere, and busy when nobody can say where its home is. */
  async claim(channelId: string): Promise<Claim> {
    if (this.#closed) throw new CrossChatError('stopping')
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
        drop: () => this.#parts.leases.release(channelId),
      }
    } catch (error) {
      await this.#parts.leases.release(channelId)
      throw error
    }
  }

  /** Where a channel is shown from for those who listen here: this node when it is, or can become, its home. */
  async open(channelId: string): Promise<Place> {
    const away = this.#away.get(channelId)
    if (away !== undefined) return away
    try {
      const entry = await this.#parts.line.open(channelId)
      await Promise.race([this.#takingUp.get(channelId), pause(WHOLE_WITHIN_MS, undefined, { ref: false })])
      return entry
    } catch (error) {
      if (!(error instanceof Elsewhere)) throw error
      const following = this.#following.get(channelId) ?? this.#follow(channelId)
      this.#following.set(channelId, following)
      return following
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

  /** What the home says of a channel that is only followed here. */
  stateOf(channelId: string): SharedState | null {
    return this.#away.get(channelId)?.state ?? null
  }

  fence(channelId: string): number | undefined {
    return this.#parts.leases.of(channelId)?.fence
  }

  /** Something of it goes to the other nodes: at once, unless something just did; `now`: in any case. */
  changed(channelId: string, now = false): void {
    const rested = monotonic() - (this.#told.get(channelId)?.at ?? Number.NEGATIVE_INFINITY) >= TELL_EVERY_MS
    if (now || rested) this.#tell(channelId)
    else this.#stale.add(channelId)
  }

  /** Something was said. True when the channel has its home elsewhere. */
  counts({ channelId, events }: Slice): boolean {
    const away = this.#away.get(channelId)
    if (away === undefined) this.#counted.add(channelId)
    else if (away.state.stream.live) away.state = withMore(away.state, events.filter(isSaid).length)
    return away !== undefined
  }

  /** Nobody listens to it here, and nothing of it is left to run. */
  idle(channelId: string): void {
    this.#told.delete(channelId)
    this.#whole.delete(channelId)
    if (this.#away.delete(channelId)) this.#parts.bus.unfollow(channelId)
    else void this.#giveUp(channelId)
  }

  /** Of a followed channel. */
  heardState(channelId: string, text: string): void {
    const away = this.#away.get(channelId)
    if (away === undefined) return
    const before = away.state
    away.state = readState(text)
    this.#waiting.get(channelId)?.()
    const { hub } = this.#parts
    const stage = stageChange(before.stage, away.state.stage)
    if (Object.keys(stage).length > 0) hub.stageChanged(channelId, stage)
    const { messages: _, lastAt: __, ...was } = before.stream
    const { messages: ___, lastAt: ____, ...is } = away.state.stream
    if (JSON.stringify(was) !== JSON.stringify(is)) hub.streamChanged(channelId)
    hub.statusChanged(channelId)
  }

  heardAnew(channelId: string, history: History): void {
    if (this.#away.has(channelId)) this.#show(channelId, history)
  }

  /** Once nothing more comes: the other nodes have all of it, and take over at once. */
  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#timers) clearInterval(timer)
    await this.#looking
    await Promise.all([...this.#parts.ingest.entries()].map(({ id }) => this.#parts.bus.end(id)))
    await this.#parts.leases.close()
  }

  async #taken(channelId: string): Promise<Lease> {
    const found = await this.#parts.leases.take(channelId).catch((cause: unknown) => {
      throw new CrossChatError('busy', { message: 'Redis cannot be reached. Try again in a moment.', cause })
    })
    if (isLease(found)) return found
    throw new Elsewhere(found)
  }

  /** One step with the opening: nothing of the channel comes before this. */
  #opened(entry: Entry, lease: Lease, history: History, stream: StreamBefore | null): void {
    const { bus, hub, streams, log } = this.#parts
    const { id: channelId, epoch, seq } = entry
    this.#away.delete(channelId)
    const fromStream = stream !== null && stream.seq > history.seq
    const shown = fromStream ? streams.shown(stream) : shownIn(history)
    for (const [old, end] of history.ends) if (!shown.ends.has(old)) shown.ends.set(old, end)
    if (history.epoch !== null && !shown.ends.has(history.epoch)) shown.ends.set(history.epoch, history.seq)
    // What one of the two stores does not have, the other gives it.
    const unsaid = fromStream ? shownAfter(history.seq, shown, { channelId, epoch }) : []
    bus.begin({ channelId, fence: lease.fence, epoch, seq: before(unsaid, seq) }, unsaid)
    hub.anew({ id: channelId, epoch, seq }, shown)
    const unkept =
      stream === null || stream.seq === 0 ? [] : shownAfter(stream.seq, shownIn(history), { channelId, epoch })
    if (stream !== null) streams.goOn(stream, entry, unkept)
    else for (const { slice } of history.slices) this.#parts.heldAgain(slice)
    log.info({ channel: channelId, fence: lease.fence, epoch, seq }, 'a channel has its home here')
    this.#whole.delete(channelId)
    const takingUp = this.#turns.take(channelId, () => this.#takeUp(entry, lease.before))
    this.#takingUp.set(channelId, takingUp)
    void takingUp.then(() => {
      if (this.#takingUp.get(channelId) === takingUp) this.#takingUp.delete(channelId)
    })
  }

  /** One tenant after the other: whoever delivers what is shown is there before anything is. */
  async #takeUp(entry: Entry, before: number | null): Promise<void> {
    const { id: channelId } = entry
    const { ingest, tenants, log } = this.#parts
    for (const tenant of tenants) {
      // Given up, or somebody else's, meanwhile.
      if (ingest.channel(channelId) !== entry) return
      await tenant
        .takeUp(channelId, before)
        .catch((error: unknown) =>
          log.error({ err: error, channel: channelId }, 'a channel could not be taken up whole'),
        )
    }
    this.#whole.add(channelId)
    this.changed(channelId, true)
  }

  #letGo(channelId: string): Promise<void> {
    return this.#turns.take(channelId, async () => {
      await Promise.all(this.#parts.tenants.map((tenant) => tenant.letGo(channelId)))
    })
  }

  async #follow(channelId: string): Promise<Place> {
    try {
      const history = await this.#parts.bus.follow(channelId)
      const place = this.#show(channelId, history)
      // Its home is just opening it. What is held empty must not be shown meanwhile.
      if (history.state === null) await this.#firstState(channelId)
      return place
    } finally {
      this.#following.delete(channelId)
    }
  }

  #firstState(channelId: string): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(late)
        this.#waiting.delete(channelId)
        resolve()
      }
      const late = setTimeout(done, WHOLE_WITHIN_MS)
      this.#waiting.set(channelId, done)
    })
  }

  #show(channelId: string, history: History): Place {
    const away = { id: channelId, epoch: history.epoch ?? '', state: readState(history.state) }
    this.#away.set(channelId, away)
    this.#parts.hub.anew({ ...away, seq: history.seq }, shownIn(history), true)
    return away
  }

  async #giveUp(channelId: string): Promise<void> {
    const { bus, leases, ingest } = this.#parts
    await bus.end(channelId)
    if (ingest.channel(channelId) !== undefined) return
    await this.#letGo(channelId)
    // Somebody came meanwhile.
    if (ingest.channel(channelId) === undefined) await leases.release(channelId)
  }

  /** Redis may only have forgotten: then it goes on as before, with a new number. */
  async #lost(channelId: string): Promise<void> {
    const { ingest, leases, bus, log } = this.#parts
    const entry = ingest.channel(channelId)
    if (entry === undefined || this.#closed) return
    try {
      const found = await leases.again(channelId)
      const { epoch } = await bus.history(channelId)
      if (isLease(found) && (epoch === null || epoch === entry.epoch)) {
        bus.begin({ channelId, fence: found.fence, epoch: entry.epoch, seq: entry.seq })
        return
      }
      this.#doubtful.delete(channelId)
      await this.#leave(channelId)
    } catch (error) {
      this.#doubtful.add(channelId)
      log.warn({ err: error, channel: channelId }, 'who has a channel is not known right now')
    }
  }

  /** Its home is elsewhere. Whoever listens here goes on from there. */
  async #leave(channelId: string): Promise<void> {
    const { ingest, bus, leases, hub, log } = this.#parts
    log.warn({ channel: channelId }, 'a channel has its home elsewhere now')
    const entry = ingest.channel(channelId)
    await this.#letGo(channelId)
    ingest.close(channelId)
    for (const { resolve } of entry?.waiting.splice(0) ?? []) resolve()
    await bus.end(channelId)
    await leases.release(channelId)
    while (hub.has(channelId) && !this.#closed) {
      try {
        await this.open(channelId)
        return
      } catch (error) {
        log.debug({ err: error, channel: channelId }, 'a channel cannot be followed yet')
        await pause(LOOK_EVERY_MS)
      }
    }
  }

  #look(): Promise<void> {
    this.#looking ??= this.#takeFree()
      .catch((error: unknown) => this.#parts.log.debug({ err: error }, 'channels without a home cannot be looked for'))
      .finally(() => {
        this.#looking = null
      })
    return this.#looking
  }

  async #takeFree(): Promise<void> {
    const { ingest, leases, wanted, line } = this.#parts
    await Promise.all([...this.#doubtful].map((channelId) => this.#lost(channelId)))
    const missing = (await wanted()).filter((channelId) => ingest.channel(channelId) === undefined)
    const free = await leases.free(missing)
    await Promise.all(
      shuffled(free)
        .slice(0, MAX_TAKEN_AT_ONCE)
        .map((channelId) =>
          line.open(channelId).catch((error: unknown) => {
            if (error instanceof Elsewhere) return
            this.#parts.log.warn({ err: error, channel: channelId }, 'a channel could not be taken')
          }),
        ),
    )
  }

  #tellAll(channels: Set<string>): void {
    for (const channelId of channels) this.#tell(channelId)
    channels.clear()
  }

  #tell(channelId: string): void {
    if (this.#parts.ingest.channel(channelId) === undefined || !this.#whole.has(channelId)) return
    const text = JSON.stringify(this.#parts.state(channelId))
    if (this.#told.get(channelId)?.text === text) return
    this.#told.set(channelId, { text, at: monotonic() })
    this.#parts.bus.tell(channelId, text)
  }
}

/** The last number before these; `seq` when there are none. */
function before([first]: readonly Slice[], seq: number): number {
  return first === undefined ? seq : firstOf(first) - 1
}

/** Nodes that look at the same moment do not all begin with the same channel. */
function shuffled<T>(list: T[]): T[] {
  return list
    .map((each) => ({ each, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ each }) => each)
}
