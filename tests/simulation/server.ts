import { Archivist } from '../../server/archivist.ts'
import type { Member } from '../../server/channels/audience.ts'
import type { Position } from '../../server/channels/channel.ts'
import { EventStreamPeer } from '../../server/channels/event-stream.ts'
import { HeldBack } from '../../server/channels/held.ts'
import { readHello } from '../../server/channels/hello.ts'
import { Hub } from '../../server/channels/hub.ts'
import { SocketPeer } from '../../server/channels/socket.ts'
import { Drain } from '../../server/drain.ts'
import type { Entry } from '../../server/entries.ts'
import { CrossChatError } from '../../server/errors.ts'
import { Ingest } from '../../server/ingest.ts'
import { KeptMarks } from '../../server/kept-marks.ts'
import { Line } from '../../server/line.ts'
import { createLog } from '../../server/log.ts'
import { createMetrics } from '../../server/metrics.ts'
import type { Quarantine } from '../../server/quarantine.ts'
import type { Slice } from '../../server/slice.ts'
import type { Channel } from '../../server/stores/accounts.ts'
import type { Stores } from '../../server/stores/stores.ts'
import type { Stream } from '../../server/stores/streams.ts'
import { LiveStreams } from '../../server/streams.ts'
import type { Draft } from '../../workers/message.ts'
import { NO_RULES } from '../../workers/ruled.ts'
import type { Disk } from './disk.ts'
import { type Connection, type Network, ServerEnd } from './network.ts'
import { CHANNEL, HELD_WORD, HIDDEN_WORD } from './plan.ts'
import { StreamEnd } from './streamed.ts'

const metrics = createMetrics()
metrics.close()

/** What of a life is written down. */
export interface Watcher {
  /** The channel was opened, and begins after `seq`. */
  opened(entry: Entry): void
  placed(slice: Slice): void
  failed(why: string): void
}

export interface Ground {
  disk: Disk
  network: Network
  watcher: Watcher
  ringBytes: number
  marksEvery: number
}

/** One life of the server's process: its own parts, put together as `server/parts` does, from the line to the sockets. */
export class Server {
  readonly line: Line
  readonly streams: LiveStreams
  readonly held: HeldBack
  readonly hub: Hub
  readonly #ingest: Ingest
  readonly #drain: Drain
  readonly #archivist: Archivist
  readonly #marks: KeptMarks
  readonly #ground: Ground
  #up = false
  #over = false

  constructor(ground: Ground) {
    this.#ground = ground
    const { disk, watcher, ringBytes } = ground
    const log = createLog('error', { write: (line) => isExpected(line) || watcher.failed(line) })
    const stores = storesOf(disk)
    this.#archivist = new Archivist(disk.archive, log, metrics)
    const dispatch = (slice: Slice) => {
      this.#archivist.take(slice)
      this.hub.take(slice)
      this.held.take(slice)
      watcher.placed(slice)
    }
    this.#drain = new Drain(() => ({ note: (record) => this.#ingest.note(record), dispatch }), log)
    this.#drain.completed = (slice) => this.hub.completed(slice)
    // Two deaths over one request: its sender is told, and sends it anew.
    const quarantine: Pick<Quarantine, 'keep'> = { keep: () => {} }
    this.#ingest = new Ingest({
      ringBytes,
      outside: { settings: {}, haste: 1, cacheDir: '' },
      follower: this.#drain,
      quarantine: quarantine as Quarantine,
      log,
      metrics,
    })
    const unsettled = (channelId: string, seq: number) => this.#archivist.unsettled(channelId, seq)
    this.#marks = new KeptMarks('', log, unsettled, disk.markFiles)
    this.line = new Line(this.#ingest, this.#archivist, stores, this.#marks, metrics)
    this.held = new HeldBack({
      platforms: () => this.#ingest.platforms,
      now: Date.now,
      steady: () => performance.now(),
    })
    this.streams = new LiveStreams(stores, this.#archivist, this.line)
    this.hub = this.#makeHub()
    this.streams.onTakenUp = (channelId, { recent, held }) => {
      this.#noteOpened()
      this.hub.takeUp(channelId, recent)
      this.held.resume(channelId, held)
    }
    this.streams.onChange = (channelId) => this.hub.streamChanged(channelId)
  }

  get up(): boolean {
    return this.#up && !this.#over
  }
  get over(): boolean {
    return this.#over
  }

  async start(): Promise<void> {
    await this.#ingest.start()
    await this.streams.resume()
    this.#marks.begin(() => this.#ingest.entries(), this.#ground.marksEvery)
    this.#ground.network.accept = (connection) => this.#seat(connection)
    this.#up = true
  }

  /** In the order of `server/parts/life.ts`. */
  async stop(): Promise<void> {
    this.#up = false
    this.#ground.network.accept = null
    this.line.stop()
    await this.#ingest.stop()
    this.#drain.stop()
    await this.#archivist.stop()
    await this.#marks.stop(this.#ingest.entries())
    this.held.close()
    void this.hub.close()
    this.#over = true
  }

  /** The channel's number in the ring, once it is open. */
  get number(): number | undefined {
    return this.#ingest.channel(CHANNEL)?.number
  }

  /** Events that wait for the disk. */
  get queued(): number {
    return this.#archivist.queued
  }

  /** What a moderator had decided could not be carried out. */
  giveBack(draft: Draft): void {
    if ('target' in draft && 'id' in draft.target) this.held.giveBack(CHANNEL, draft.target.id)
  }

  async open(): Promise<Entry> {
    const entry = await this.line.open(CHANNEL)
    this.#ground.watcher.opened(entry)
    return entry
  }

  #noteOpened(): void {
    const entry = this.#ingest.channel(CHANNEL)
    if (entry !== undefined) this.#ground.watcher.opened(entry)
  }

  #makeHub(): Hub {
    const ends = {
      stream: (channelId: string) => ({
        ...this.streams.state(channelId),
        messages: this.streams.messagesOf(channelId),
        lastAt: null,
      }),
      stage: () => ({ featured: null, panic: false, slow: false }),
      platforms: () => this.#ingest.platforms,
      sources: () => [],
      held: (channelId: string) => this.held.count(channelId),
      refused: (channelId: string, id: number) => this.held.refused(channelId, id),
      build: 'b',
      idle: (channelId: string) => {
        const entry = this.#ingest.channel(channelId)
        if (entry !== undefined) void this.#marks.keep(entry)
        this.#ingest.close(channelId)
        return true
      },
    }
    return new Hub(ends, this.#ingest, metrics)
  }

  /** As `server/channels/upgrade.ts` and `page-stream.ts` seat an overlay whose key is right. */
  #seat(connection: Connection): void {
    const member = {
      role: 'overlay' as const,
      overlay: { id: 'o1', settings: {}, report: null, version: null, engine: null },
      client: { name: '', obs: null, since: Date.now() },
    }
    if (connection.stream === null) this.#seatSocket(connection, member)
    else this.#seatStream(connection, member, placeIn(connection.stream))
  }

  #seatStream(connection: Connection, member: Member, at: Position | null): void {
    const end = new StreamEnd(connection, () => this.hub.leave(peer))
    const peer = new EventStreamPeer(end.response, () => {})
    connection.server = end
    void this.open().then((entry) => {
      if (!end.over) this.hub.join(entry, peer, member, at)
    })
  }

  #seatSocket(connection: Connection, member: Member): void {
    const end = new ServerEnd(connection)
    connection.server = end
    let admitted: Promise<Entry> | null = null
    const peer = new SocketPeer(end.ws, end.duplex, {
      heard: (text) => {
        const hello = readHello(text)
        if (hello === null) return
        admitted ??= this.open()
        void admitted.then((entry) => {
          if (end.readyState === end.OPEN) this.hub.join(entry, peer, member, hello.at)
        })
      },
      closed: () => this.hub.leave(peer),
      tooSlow: () => {},
    })
  }
}

/**
 * What faults are told by: they were injected, or chance let the worker wait too long for its turn, life after life. All else that the log
 * tells at this level is a fault of ours; what the worker itself throws ends the history.
 */
const EXPECTED = [
  'the archive did not take a batch',
  'the unified worker is silent; ending it',
  'the unified worker fails again and again',
]

function isExpected(line: string): boolean {
  return EXPECTED.some((sentence) => line.includes(sentence))
}

function placeIn(address: string): Position | null {
  const { searchParams } = new URL(address)
  const [epoch, seq] = [searchParams.get('epoch'), searchParams.get('seq')]
  return epoch === null || seq === null ? null : { epoch, seq: Number(seq) }
}

const HELD = { text: HELD_WORD, match: 'anywhere', action: 'hold' } as const

function storesOf({ streams, archive, call }: Disk): Stores {
  const channel: Channel = {
    id: CHANNEL,
    accountId: 'a1',
    name: CHANNEL,
    rules: { ...NO_RULES, words: [HIDDEN_WORD, HELD] },
    createdAt: 0,
  }
  const stores = {
    channels: { byId: async () => channel },
    people: { byChannel: async () => [] },
    streams: {
      live: () => call(async () => [...streams.values()].filter(({ endedAt }) => endedAt === null)),
      liveOf: () => call(async () => [...streams.values()].find(({ endedAt }) => endedAt === null) ?? null),
      insert: (stream: Stream) =>
        call(async () => {
          if ([...streams.values()].some(({ endedAt }) => endedAt === null)) throw new CrossChatError('stream_live')
          streams.set(stream.id, { ...stream })
        }),
      update: (id: string, change: Partial<Stream>) =>
        call(async () => void Object.assign(streams.get(id) ?? {}, change)),
    },
    archive,
  }
  return stores as unknown as Stores
}
