import { setTimeout as sleep } from 'node:timers/promises'
import type { DockView, OverlayView } from '../../../server/api/overlays.ts'
import { NO_RULES } from '../../../workers/ruled.ts'
import { again } from '../../help/again.ts'
import { ircLine, Panel } from '../../help/panel.ts'
import { CuttableProxy } from '../../help/proxy.ts'
import { clientFrame, OP, Raw } from '../../help/raw.ts'
import { RoughProxy } from '../../help/rough-proxy.ts'
import type { History, Sent } from '../../simulation/history.ts'
import { CHANNEL, HIDDEN_WORD } from '../../simulation/plan.ts'
import { UNKEPT } from '../../simulation/sender.ts'
import { Chronicle } from './chronicle.ts'
import { HttpDoor } from './door.ts'
import type { Gate } from './gate.ts'
import { Guest } from './guest.ts'
import { LATEST_MS, Reader, retire, Watch } from './reader.ts'

const AGAIN_MS = 100
/** What the server calls a page that reads there. */
const EVENT_STREAM = 'event stream'
/** Between two probes. */
const PROBE_MS = 2_000

export interface RoomOptions {
  base: string
  name: string
  gate: Gate
  /** Whether somebody reads the event stream: networks that let no socket through. */
  streamed: boolean
}

/** One channel with a running stream: its senders' notes, its readers, and what came out of it. */
export class ChatRoom {
  readonly name: string
  readonly sent: Sent[] = []
  readonly removed: string[] = []
  readonly complaints: string[] = []
  readonly chronicle = new Chronicle()
  readonly readers: Reader[] = []
  /** Readers who are here until the next judgement. */
  readonly guests: Guest[] = []
  readonly panel: Panel
  readonly rough: RoughProxy
  readonly #gate: Gate
  readonly #noSockets: CuttableProxy
  readonly #streamed: boolean
  readonly #watch = new Watch()
  #mute: Raw | null = null
  #probes = 0
  key = ''
  streamId = ''

  private constructor(
    panel: Panel,
    { name, gate, streamed }: RoomOptions,
    rough: RoughProxy,
    noSockets: CuttableProxy,
  ) {
    this.name = name
    this.panel = panel
    this.rough = rough
    this.#gate = gate
    this.#streamed = streamed
    this.#noSockets = noSockets
    noSockets.refuseSockets = true
  }

  static async open(options: RoomOptions): Promise<ChatRoom> {
    const panel = await Panel.register(options.base, options.name)
    const port = Number(new URL(options.base).port)
    const room = new ChatRoom(panel, options, await RoughProxy.to(() => port), await CuttableProxy.to(port))
    await panel.json('PUT', '/api/moderation/rules', { ...NO_RULES, words: [HIDDEN_WORD] })
    room.key = (await panel.overlay()).key
    await room.sit()
    room.streamId = (await panel.startStream()).id
    await room.#seat()
    return room
  }

  /** Another overlay of the channel comes in. */
  async enter(): Promise<Guest> {
    const guest = new Guest(`${this.name}: guest ${this.guests.length + 1}`, this.key)
    this.guests.push(guest)
    await guest.comeBack(this.panel.base)
    return guest
  }

  door(): HttpDoor {
    return new HttpDoor(this)
  }

  /** Those that do not come back by themselves take their places; from then on the order is known. */
  async sit(): Promise<void> {
    await this.#watch.open(this.panel.base, this.key, this.chronicle)
    this.unseatMute()
    this.#mute = await Raw.upgraded(Number(new URL(this.panel.base).port))
    this.#mute.socket.write(clientFrame(OP.text, JSON.stringify({ type: 'hello', key: this.key })))
    this.#mute.socket.pause()
  }

  unseatMute(): void {
    this.#mute?.socket.destroy()
    this.#mute = null
  }

  /** How many are connected, without the one that never reads: its readers, and whoever watches. */
  get seats(): number {
    return this.readers.length + 1
  }

  /** Every page that can has a socket again, after a server that was away for so long that pages tried the event stream. */
  async onSockets(): Promise<boolean> {
    const { items } = await again(() => this.panel.json<{ items: OverlayView[] }>('GET', '/api/overlays'))
    const streams = items.flatMap(({ clients }) => clients).filter(({ name }) => name === EVENT_STREAM)
    return streams.length === (this.#streamed ? 1 : 0)
  }

  /** Resolves when every reader has shown something new. Said again and again: who comes back to a snapshot need not show all of it. */
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

  /** Resolves when all that was sent is kept, and every reader has all of it. */
  async settle(): Promise<void> {
    const deadline = performance.now() + LATEST_MS
    for (let said = await this.#say(); !said.archived && !said.archivedAgain; said = await this.#say())
      if (performance.now() > deadline) throw new Error(`${this.name}: what is taken is not kept`)
    await Promise.all([...this.readers, ...this.guests].map((each) => each.stands(() => this.chronicle.end)))
  }

  dismiss(): void {
    for (const guest of this.guests.splice(0)) guest.leave()
  }

  async history(): Promise<History> {
    const transcript = await again(() => this.panel.transcript(this.streamId))
    this.chronicle.kept(transcript)
    return {
      sent: this.sent,
      removed: this.removed,
      order: this.chronicle.order,
      epochs: this.chronicle.epochs,
      pages: [...this.readers.map(({ page }) => page.log), ...this.guests.map(({ log }) => log)],
      told: [],
      transcripts: [
        {
          stream: this.streamId,
          kept: transcript.map((each) => (each.kind === 'gap' ? { gap: each.count } : { id: each.id })),
          from: this.chronicle.order.findIndex(({ act }) => act?.type === 'clear'),
          to: Number.POSITIVE_INFINITY,
          keptFrom: 0,
        },
      ],
      queue: null,
    }
  }

  /** Nobody comes back any more. */
  close(): void {
    this.dismiss()
    for (const host of [new URL(this.panel.base).host, this.rough.host, this.#noSocketsHost]) retire(host)
    for (const { page } of this.readers) page.close()
    this.#watch.close()
    this.unseatMute()
    this.rough.close()
    this.#noSockets.close()
  }

  get #noSocketsHost(): string {
    return new URL(this.#noSockets.base).host
  }

  async #seat(): Promise<void> {
    const { key, chronicle, name } = this
    const { url } = await this.panel.json<DockView>('POST', '/api/docks', { name: 'Side', scope: 'read' })
    const host = new URL(this.panel.base).host
    const readers = [
      Reader.open(`${name}: straight`, chronicle, { host, key }),
      Reader.open(`${name}: through a rough network`, chronicle, { host: this.rough.host, key }),
      Reader.open(`${name}: dock`, chronicle, { host, key: url.split('#')[1] ?? '', door: 'dock' }),
    ]
    const stream = { host: this.#noSocketsHost, key }
    if (this.#streamed) readers.push(Reader.open(`${name}: event stream`, chronicle, stream))
    this.readers.push(...(await Promise.all(readers)))
  }

  /** One message, sent until it is taken, or refused for too long. */
  async #say(): Promise<Sent> {
    const id = `${this.name}-probe-${++this.#probes}`
    const sent: Sent = { id: `twitch:${id}`, by: 'probe', nth: this.#probes, taken: false, ...UNKEPT }
    this.sent.push(sent)
    const { line } = this.door()
    for (const deadline = performance.now() + LATEST_MS; !sent.taken; ) {
      await this.#gate.pass()
      await line.push(CHANNEL, 'twitch', ircLine(id, 'is anybody there?'), {}).then(
        ({ accepted, archived }) => {
          sent.taken = true
          if (accepted.length > 0) sent.archived = archived
          else sent.archivedAgain = archived
        },
        (error: unknown) => {
          if (performance.now() > deadline) throw new Error(`${this.name}: nothing is taken`, { cause: error })
          return sleep(AGAIN_MS)
        },
      )
    }
    return sent
  }
}
