import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOUSE } from '../workers/message.ts'
import type { Archivist } from './archivist.ts'
import { newId } from './auth/ids.ts'
import { WINDOW_BYTES, WINDOW_EVENTS } from './channels/window.ts'
import type { Entry } from './entries.ts'
import { CrossChatError } from './errors.ts'
import type { StreamsDoor } from './house.ts'
import type { Line } from './line.ts'
import type { StreamState } from './protocol.ts'
import { firstOf, type Slice } from './slice.ts'
import type { Fence, Gap, Opened, Recent } from './stores/archive.ts'
import type { Stores } from './stores/stores.ts'
import type { Stream } from './stores/streams.ts'
import { Turns } from './turns.ts'

interface TakenUp extends Pick<Opened, 'held'> {
  recent: Recent
}

/** A stream that runs, and what its archive knows of it. */
export interface StreamBefore extends TakenUp {
  stream: Stream
  ids: string[]
  messages: number
  /** The last number that the archive has. */
  seq: number
  /** Its transcript was opened with it. */
  fence: Fence
}

/** Live streams that are taken up again at once after a start. */
const RESUME_AT_ONCE = 8
/** A channel's own flood may leave no room for the clear that begins its stream: tried so often, with so long between. */
const CLEAR_TRIES = 20
const CLEAR_AGAIN_MS = 250

/** Which channel has a stream running; begins and ends them. A stream that was live when the process died goes on. */
export class LiveStreams implements StreamsDoor {
  readonly #stores: Pick<Stores, 'streams' | 'archive' | 'moments'>
  readonly #archivist: Archivist
  readonly #line: Line
  readonly #live = new Map<string, Stream>()
  /** Of each channel: a stream that begins is told of before all of it is done, and whoever ends it then waits for that. */
  readonly #turns = new Turns()
  /** Told after a stream has begun or ended. */
  onChange: (channelId: string) => void = () => {}
  /** Told after a stream has ended that is kept. */
  onKept: (stream: Stream) => void = () => {}
  /** Told what a stream that goes on after a start had shown last, and what was held in it. */
  onTakenUp: (channelId: string, before: TakenUp) => void = () => {}
  /** Told of one that cannot go on after a start. */
  onLost: (stream: Stream, error: unknown) => void = () => {}
  /** Asked before one begins; throws when the channel keeps as much as it may. */
  room: (channelId: string) => Promise<void> = async () => {}
  /** Asked with which number this server holds a channel, where several share them. */
  fence: (channelId: string) => Fence = () => undefined

  constructor(stores: Pick<Stores, 'streams' | 'archive' | 'moments'>, archivist: Archivist, line: Line) {
    this.#stores = stores
    this.#archivist = archivist
    this.#line = line
  }

  /** What the archive knows of the channel's stream that runs; null = none runs. */
  async before(channelId: string, fence?: Fence): Promise<StreamBefore | null> {
    const stream = await this.#stores.streams.liveOf(channelId)
    return stream === null ? null : this.#read(stream, fence)
  }

  /** From now on the stream runs here. `missing`: what was shown elsewhere and never archived, up to the entry's number. */
  goOn({ stream, messages, recent, seq, fence }: StreamBefore, entry: Entry, missing?: readonly Slice[]): void {
    const lastAt = recent.heads.at(-1)?.receivedAt ?? null
    const first = missing?.[0]
    const before = first === undefined ? entry.seq : firstOf(first) - 1
    this.#archivist.follow(stream.channelId, { id: stream.id, messages, lastAt, fence }, entry.epoch, before)
    if (missing !== undefined && seq > 0 && before > seq)
      this.#archivist.note(stream.channelId, unkept(before - seq), before)
    for (const slice of missing ?? []) this.#archivist.take(slice)
    this.#live.set(stream.channelId, { ...stream, messages })
  }

  /** It runs elsewhere. */
  async letGo(channelId: string): Promise<void> {
    this.#live.delete(channelId)
    await this.#archivist.letGo(channelId)
  }

  /** Takes up every stream that has not ended. What it archived counts as shown: a redelivery is a duplicate. */
  async resume(): Promise<void> {
    const waiting = await this.#stores.streams.live()
    const takeUp = async () => {
      for (let stream = waiting.shift(); stream !== undefined; stream = waiting.shift()) await this.#tryToResume(stream)
    }
    await this.#archivist.begin()
    await Promise.all(Array.from({ length: RESUME_AT_ONCE }, takeUp))
    this.#archivist.resumed()
  }

  /** `auto`: it was begun by a platform's broadcast, and not by a person. */
  async start(channelId: string, title: string, auto = false): Promise<Stream> {
    return this.#turns.take(channelId, async () => {
      if (this.#live.has(channelId)) throw new CrossChatError('stream_live')
      await this.room(channelId)
      const begun = { id: newId(), channelId, title, startedAt: Date.now(), endedAt: null, messages: 0 }
      const stream: Stream = auto ? { ...begun, auto } : begun
      // First of all: with it comes the right to write.
      await this.#line.open(channelId)
      // It may have run on another server until now.
      if (this.#live.has(channelId)) throw new CrossChatError('stream_live')
      await this.#stores.archive.open(stream.id, this.fence(channelId))
      await this.#endLeftOver(stream)
      await this.#stores.streams.insert(stream)
      // It may have been closed meanwhile, since nobody listened.
      const { epoch, seq } = await this.#line.open(channelId)
      this.#archivist.follow(channelId, { ...stream, fence: this.fence(channelId) }, epoch, seq)
      this.#live.set(channelId, stream)
      // It runs from here on, also where the picture could not be emptied.
      await this.#clear(channelId).finally(() => this.onChange(channelId))
      return stream
    })
  }

  /** `atLast`: it ended when its newest event came, and not only now. */
  async end(channelId: string, discard: boolean, atLast = false): Promise<Stream> {
    return this.#turns.take(channelId, async () => {
      const stream = this.#live.get(channelId)
      if (stream === undefined) throw new CrossChatError('no_stream')
      // A clock that was set back must not end a stream before it began.
      const endedAt = Math.max(stream.startedAt, (atLast ? this.lastAt(channelId) : null) ?? Date.now())
      await this.#archivist.pause(channelId)
      const ended = await this.#close(stream, endedAt)
      this.#archivist.unfollow(channelId)
      this.#live.delete(channelId)
      if (discard) await this.#discard(stream)
      else this.onKept(ended)
      this.onChange(channelId)
      return ended
    })
  }

  state(channelId: string): StreamState {
    const stream = this.#live.get(channelId)
    if (stream === undefined) return { live: false, startedAt: null, title: null }
    return { live: true, startedAt: stream.startedAt, title: stream.title, id: stream.id }
  }

  /** True when a stream runs that a platform's broadcast began. */
  isAuto(channelId: string): boolean {
    return this.#live.get(channelId)?.auto === true
  }

  /** Channels with a stream that runs and was begun by a platform's broadcast. */
  auto(): string[] {
    return [...this.#live.values()].filter(({ auto }) => auto === true).map(({ channelId }) => channelId)
  }

  /** Events kept so far of the channel's live stream, 0 without one. */
  messagesOf(channelId: string): number {
    return this.#archivist.messages(channelId) ?? 0
  }

  /** When the newest event of the channel's live stream came, ms. */
  lastAt(channelId: string): number | null {
    return this.#archivist.lastAt(channelId)
  }

  messages(stream: Stream): number {
    const live = this.#live.get(stream.channelId)?.id === stream.id
    return live ? (this.#archivist.messages(stream.channelId) ?? stream.messages) : stream.messages
  }

  renamed(stream: Stream): void {
    const live = this.#live.get(stream.channelId)
    if (live?.id !== stream.id) return
    this.#live.set(stream.channelId, { ...live, title: stream.title })
    this.onChange(stream.channelId)
  }

  /** Of a begin that failed a record may stand all the same, and the store lets a channel have one: it ended where the next one begins. */
  async #endLeftOver({ channelId, startedAt }: Stream): Promise<void> {
    const left = await this.#stores.streams.liveOf(channelId)
    if (left !== null) await this.#stores.streams.update(left.id, { endedAt: Math.max(left.startedAt, startedAt) })
  }

  /** Its channel begins a new epoch, whose numbers go on where the archive's end: what was shown and not kept is not known. */
  /** Where its transcript or its channel cannot be read, the others go on; it is ended when the channel begins the next one. */
  async #tryToResume(stream: Stream): Promise<void> {
    try {
      this.onTakenUp(stream.channelId, await this.#resume(stream))
    } catch (error) {
      this.onLost(stream, error)
    }
  }

  async #resume(stream: Stream): Promise<TakenUp> {
    const before = await this.#read(stream, this.fence(stream.channelId))
    const { heads } = before.recent
    this.goOn(before, await this.#line.open(stream.channelId, { ...before, heads }))
    return before
  }

  /** Opening it with its number keeps whoever had the channel before from writing on. */
  async #read(stream: Stream, fence: Fence = this.fence(stream.channelId)): Promise<StreamBefore> {
    const { ids, messages, held } = await this.#stores.archive.open(stream.id, fence)
    const recent = await this.#stores.archive.recent(stream.id, WINDOW_EVENTS, WINDOW_BYTES)
    return { stream, ids, messages, held, recent, seq: recent.heads.at(-1)?.seq ?? 0, fence }
  }

  /** A stream begins with an empty picture: the first event of its transcript. */
  async #clear(channelId: string): Promise<void> {
    const now = Date.now()
    const clear = { kind: 'clear', id: `${HOUSE}:${randomUUID()}`, platform: HOUSE, at: now, receivedAt: now } as const
    for (let left = CLEAR_TRIES - 1; ; left--) {
      try {
        await this.#line.event(channelId, { ...clear, by: 'stream' })
        return
      } catch (error) {
        if (left === 0 || !(error instanceof CrossChatError && error.code === 'queue_full')) throw error
      }
      await sleep(CLEAR_AGAIN_MS, undefined, { ref: false })
    }
  }

  /** Where that fails the stream goes on, whole, so that ending it can be tried again. */
  async #close(stream: Stream, endedAt: number): Promise<Stream> {
    try {
      const { messages } = await this.#stores.archive.end(stream.id, this.fence(stream.channelId))
      // From its end on nobody reads in its file what the channel has shown, and what was taken away there.
      await this.#line.keepShown(stream.channelId)
      await this.#stores.streams.update(stream.id, { endedAt, messages })
      return { ...stream, endedAt, messages }
    } catch (error) {
      this.#archivist.goOn(stream.channelId)
      throw error
    }
  }

  async #discard(stream: Stream): Promise<void> {
    await this.#stores.archive.remove(stream.id)
    await this.#stores.moments.forget(stream.id)
    await this.#stores.streams.remove(stream.id)
  }
}

/** What a server that is gone had shown, and nobody has any more. */
function unkept(count: number): Gap {
  return {
    kind: 'gap',
    count,
    at: Date.now(),
    reason: 'the server that ran the channel was gone before they were archived',
  }
}
