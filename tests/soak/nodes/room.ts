import { setTimeout as sleep } from 'node:timers/promises'
import type { OverlayView } from '../../../server/api/overlays.ts'
import type { StreamView } from '../../../server/api/streams.ts'
import { NO_RULES } from '../../../workers/ruled.ts'
import { again } from '../../help/again.ts'
import { ircLine, PASSWORD, Panel } from '../../help/panel.ts'
import type { Finding, History, Sent } from '../../simulation/history.ts'
import { CHANNEL, HIDDEN_WORD } from '../../simulation/plan.ts'
import { UNKEPT } from '../../simulation/sender.ts'
import { HttpDoor } from '../faults/door.ts'
import type { Pushed } from '../faults/producer.ts'
import { LATEST_MS, Reader } from '../faults/reader.ts'
import { Book } from './book.ts'
import type { Tenure, Tenures } from './tenures.ts'

const AGAIN_MS = 1_000
const BUSY = 503
/** What nodes answer that go, come, have enough or wait for the database, and what the proxy does in front of one that is gone. */
const EXCUSED = /fetch failed|terminated|answered (429|50[2347])/
/** Between two probes. */
const PROBE_MS = 2_000

export interface RoomOptions {
  /** The proxy in front. */
  front: string
  /** A node: nobody counts there as one of too many from one address. */
  node: string
  nth: number
  overlays: number
  tenures: Tenures
}

/** One channel with its overlays behind the proxy. Each chapter of it is one stream: what was sent in it, and what came out. */
export class Room implements Pushed {
  readonly name: string
  readonly channel: string
  readonly readers: Reader[] = []
  readonly complaints: string[] = []
  sent: Sent[] = []
  removed: string[] = []
  readonly #panel: Panel
  readonly #tenures: Tenures
  #book = new Book()
  /** The home in whose time the chapter began, and after which number. */
  #from: Pick<Tenure, 'fence' | 'epoch' | 'seq'> = { fence: 0, epoch: '', seq: 0 }
  #streamId = ''
  #said = 0

  private constructor(name: string, channel: string, panel: Panel, tenures: Tenures) {
    this.name = name
    this.channel = channel
    this.#panel = panel
    this.#tenures = tenures
  }

  static async open({ front, node, nth, overlays, tenures }: RoomOptions): Promise<Room> {
    const name = `room_${nth + 1}`
    const straight = new Panel(node)
    const address = { 'X-Forwarded-For': `10.0.${nth >> 8}.${nth & 255}` }
    const registered = await straight.call(
      'POST',
      '/api/auth/register',
      { username: name, password: PASSWORD },
      // The first one is this machine's own.
      nth === 0 ? {} : address,
    )
    if (!registered.ok) throw new Error(`${name} is not registered: ${await registered.text()}`)
    const { channel } = await straight.me()
    // Whoever opens a channel first is its home: so each node gets some.
    await straight.json('PUT', '/api/moderation/rules', { ...NO_RULES, words: [HIDDEN_WORD] })
    const panel = straight.at(front)
    const room = new Room(name, channel.id, panel, tenures)
    const host = new URL(front).host
    for (let of = 1; of <= overlays; of++) {
      const { url } = await panel.json<OverlayView>('POST', '/api/overlays', { name: `Overlay ${of}` })
      const options = { host, key: url.split('#')[1] ?? '' }
      const hears = {
        welcomed: () => {},
        heard: (...words: Parameters<Book['heard']>) => room.#book.heard(...words),
      }
      room.readers.push(await Reader.open(`${name}: overlay ${of}`, hears, options))
    }
    return room
  }

  /** Nothing is under way: what was sent and seen so far is forgotten, and a new stream begins with an empty picture. */
  async turnOver(): Promise<void> {
    if (this.#streamId !== '') await this.#patiently('/api/streams/live/end', {})
    const stands = this.readers[0]?.page.log.stands
    if (stands == null) throw new Error(`${this.name} stands nowhere`)
    const { fence } = this.#tenures.of(this.channel).findLast(({ epoch }) => epoch === stands.epoch) ?? { fence: 0 }
    this.#from = { fence, ...stands }
    this.#book = new Book()
    this.sent = []
    this.removed = []
    for (const reader of this.readers) reader.turnOver()
    this.#streamId = await this.#beginStream()
  }

  door(): HttpDoor {
    return new HttpDoor({ panel: this.#panel, chronicle: this.#book, complaints: this.complaints, excused: EXCUSED })
  }

  /** Who runs it by now. */
  get home(): Tenure | undefined {
    return this.#tenures.of(this.channel).at(-1)
  }

  /** When somebody else took it after this moment; ms since 1970. */
  takenAfter(moment: number): number | undefined {
    return this.#tenures.of(this.channel).find(({ at }) => at >= moment)?.at
  }

  /** Resolves when every overlay has shown something new. Said again and again: who comes back to a snapshot need not show all of it. */
  async probe(): Promise<void> {
    const waiting = new Set(this.readers)
    const deadline = performance.now() + LATEST_MS
    while (waiting.size > 0) {
      const { id } = await this.#say()
      await Promise.all(
        [...waiting].map(async (reader) => (await reader.shows(id, PROBE_MS)) && waiting.delete(reader)),
      )
      if (performance.now() < deadline) continue
      throw new Error(`nothing new is shown: ${[...waiting].map(({ state }) => state).join('; ')}`)
    }
  }

  /** Resolves when all that was sent is kept, and every overlay has all of it. */
  async settle(): Promise<void> {
    const deadline = performance.now() + LATEST_MS
    for (let said = await this.#say(); !said.archived && !said.archivedAgain; said = await this.#say()) {
      if (performance.now() > deadline) throw new Error(`${this.name}: nothing is archived any more`)
    }
    await Promise.all(this.readers.map((reader) => reader.stands(() => this.#end)))
  }

  /** Resolves when all overlays stand in one place, before anything was sent. */
  async seated(): Promise<void> {
    await Promise.all(this.readers.map((reader) => reader.stands(() => this.#end)))
  }

  async history(): Promise<{ history: History; conflicts: Finding[] }> {
    const transcript = await again(() => this.#panel.transcript(this.#streamId))
    this.#book.kept(transcript)
    const later = this.#tenures.of(this.channel).filter(({ fence }) => fence > this.#from.fence)
    const { order, epochs, conflicts } = this.#book.written([this.#from, ...later])
    const pages = this.readers.map(({ page }) => page.log)
    const kept = transcript.map((each) => (each.kind === 'gap' ? { gap: each.count } : { id: each.id }))
    const { sent, removed } = this
    const from = order.findIndex(({ act }) => act?.type === 'clear')
    const written = { stream: this.#streamId, kept, from, to: Number.POSITIVE_INFINITY, keptFrom: 0 }
    return {
      history: { sent, removed, told: [], order, epochs, pages, transcripts: [written], queue: null },
      conflicts,
    }
  }

  close(): void {
    for (const { page } of this.readers) page.close()
  }

  get #end(): { epoch: string; seq: number } {
    const { epoch, seq } = this.home ?? { epoch: '', seq: 0 }
    const from = epoch === this.#from.epoch ? this.#from.seq : seq
    return { epoch, seq: Math.max(from, this.#book.newest(epoch)) }
  }

  /** One that began although its answer was that all are busy is ended, and another one begun. */
  async #beginStream(): Promise<string> {
    for (const deadline = performance.now() + LATEST_MS; ; ) {
      const answer = await this.#patiently('/api/streams', { title: 'A test stream' })
      if (answer.ok) return ((await answer.json()) as StreamView).id
      if (performance.now() > deadline) throw new Error(`${this.name}: no stream begins: ${await answer.text()}`)
      await this.#patiently('/api/streams/live/end', {})
    }
  }

  /** A node may just be taking the channel: whoever is told to come back does so. */
  async #patiently(path: string, body: unknown): Promise<Response> {
    for (const deadline = performance.now() + LATEST_MS; ; await sleep(AGAIN_MS)) {
      const answer = await this.#panel.call('POST', path, body)
      if (answer.status !== BUSY || performance.now() > deadline) return answer
      await answer.text()
    }
  }

  /** One message, sent until it is taken. */
  async #say(): Promise<Sent> {
    const id = `${this.name}-probe-${++this.#said}`
    const sent: Sent = { id: `twitch:${id}`, by: 'probe', nth: this.#said, taken: false, ...UNKEPT }
    this.sent.push(sent)
    const { line } = this.door()
    while (!sent.taken) {
      await line.push(CHANNEL, 'twitch', ircLine(id, 'is anybody there?'), {}).then(
        ({ accepted, archived }) => {
          sent.taken = true
          if (accepted.length > 0) sent.archived = archived
          else sent.archivedAgain = archived
        },
        () => sleep(AGAIN_MS),
      )
    }
    return sent
  }
}
