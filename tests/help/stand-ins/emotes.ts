import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { StandIn } from './stand-in.ts'

/**
 * BTTV, FFZ and 7TV in one: their sets for all and for channels in their own shapes, with ETags, and 7TV's socket that tells of changes.
 */

export type ProviderName = 'bttv' | 'ffz' | '7tv'
/** `global`, or a channel as the services name it, such as `twitch/1001`. */
export type Whose = 'global' | `${'twitch' | 'kick' | 'youtube'}/${string}`
export interface Told {
  pushed?: (string | Given)[]
  pulled?: string[]
  renamed?: [from: string, to: string][]
}
export interface Given {
  word: string
  zeroWidth?: boolean
}

/** Oftener than it says, so that hastened waits are met. */
const BEAT_MS = 100

type Trouble = 'well' | 'errors' | 'slow' | 'garbage' | 'gone'

export class Emotes implements StandIn {
  readonly #http: Server
  readonly #sockets = new WebSocketServer({ noServer: true })
  readonly #answers = new Map<string, string>()
  readonly #unanswered = new Set<ServerResponse>()
  readonly #watching = new Map<WebSocket, Set<string>>()
  #trouble: Trouble = 'well'
  #heard: { path: string; resolve: () => void }[] = []
  #left: { set: string; resolve: () => void }[] = []
  #watched: { set: string; resolve: () => void }[] = []
  /** `GET /path`, then the status answered. */
  readonly asked: string[] = []

  private constructor() {
    this.#http = createServer((request, response) => this.#answer(request, response))
    this.#http.on('upgrade', (request, socket, head) =>
      this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#greet(opened)),
    )
    for (const provider of ['bttv', 'ffz', '7tv'] as const) this.give(provider, 'global', [])
  }

  static async start(port = 0): Promise<Emotes> {
    const emotes = new Emotes()
    await new Promise<void>((done) => emotes.#http.listen(port, '127.0.0.1', done))
    return emotes
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port
  }

  get env(): Record<string, string> {
    const host = `127.0.0.1:${this.port}`
    return {
      CROSSCHAT_BTTV_URL: `http://${host}/bttv`,
      CROSSCHAT_FFZ_URL: `http://${host}/ffz`,
      CROSSCHAT_7TV_URL: `http://${host}/7tv`,
      CROSSCHAT_7TV_EVENTS_URL: `ws://${host}/events`,
    }
  }

  /** The same by the names that a worker knows. */
  get settings(): Record<string, string> {
    const { env } = this
    return {
      bttvUrl: env.CROSSCHAT_BTTV_URL ?? '',
      ffzUrl: env.CROSSCHAT_FFZ_URL ?? '',
      sevenTvUrl: env.CROSSCHAT_7TV_URL ?? '',
      sevenTvEventsUrl: env.CROSSCHAT_7TV_EVENTS_URL ?? '',
    }
  }

  readonly troubles = {
    well: () => this.#fall('well'),
    errors: () => this.#fall('errors'),
    slow: () => this.#fall('slow'),
    garbage: () => this.#fall('garbage'),
    gone: () => this.#fall('gone'),
    cut: () => {
      for (const socket of this.#sockets.clients) socket.terminate()
    },
  }

  /** Sets what a service has, from the next request on. */
  give(provider: ProviderName, whose: Whose, emotes: readonly (string | Given)[]): void {
    const given = emotes.map((emote) => (typeof emote === 'string' ? { word: emote } : emote))
    this.answer(provider, whose, SHAPES[provider](given, whose))
  }

  /** The same with a ready answer. */
  answer(provider: ProviderName, whose: Whose, json: unknown): void {
    this.#answers.set(pathOf(provider, whose), JSON.stringify(json))
  }

  /** Resolves when this set has been asked for once more. */
  heard(provider: ProviderName, whose: Whose): Promise<void> {
    return new Promise((resolve) => this.#heard.push({ path: pathOf(provider, whose), resolve }))
  }

  /** Resolves when somebody listens to the changes of this channel's set. */
  watched(whose: Whose): Promise<void> {
    const set = setIdOf(whose)
    if ([...this.#watching.values()].some((sets) => sets.has(set))) return Promise.resolve()
    return new Promise((resolve) => this.#watched.push({ set, resolve }))
  }

  /** Resolves when nobody listens to them any more. */
  unwatched(whose: Whose): Promise<void> {
    const set = setIdOf(whose)
    return new Promise((resolve) => this.#left.push({ set, resolve }))
  }

  /** 7TV tells of a change. Resolves when those who listen have read it: they answer the ping that is sent behind it. */
  async told(whose: Whose, change: Told): Promise<void> {
    this.tell(whose, change)
    await Promise.all(
      [...this.#sockets.clients].map((socket) => {
        const answered = once(socket, 'pong')
        socket.ping()
        return answered
      }),
    )
  }

  /** 7TV tells of a change. */
  tell(whose: Whose, { pushed = [], pulled = [], renamed = [] }: Told): void {
    const set = setIdOf(whose)
    const body = {
      id: set,
      kind: 3,
      pushed: pushed.map((emote) => ({
        key: 'emotes',
        index: 0,
        old_value: null,
        value: sevenTvEntry(typeof emote === 'string' ? { word: emote } : emote),
      })),
      updated: renamed.map(([from, to]) => ({
        key: 'emotes',
        old_value: { id: idOf(from), name: from },
        value: { id: idOf(from), name: to },
      })),
      pulled: pulled.map((word) => ({ key: 'emotes', index: 0, old_value: sevenTvEntry({ word }), value: null })),
    }
    for (const [socket, sets] of this.#watching) {
      if (sets.has(set)) socket.send(JSON.stringify({ op: 0, d: { type: 'emote_set.update', body } }))
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate()
    this.#http.closeAllConnections()
    await new Promise((done) => this.#http.close(done))
  }

  #fall(trouble: Trouble): void {
    this.#trouble = trouble
    if (trouble === 'slow') return
    for (const response of this.#unanswered) response.destroy()
    this.#unanswered.clear()
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? ''
    if (this.#trouble === 'slow') this.#unanswered.add(response)
    else this.#send(request, response, path)
    this.asked.push(`GET ${path} ${this.#trouble === 'slow' ? 'unanswered' : response.statusCode}`)
    const [now, later] = [
      this.#heard.filter((each) => each.path === path),
      this.#heard.filter((each) => each.path !== path),
    ]
    this.#heard = later
    for (const { resolve } of now) resolve()
  }

  #send(request: IncomingMessage, response: ServerResponse, path: string): void {
    const text = this.#trouble === 'gone' ? undefined : this.#answers.get(path)
    const etag = `"${createHash('sha1')
      .update(text ?? '')
      .digest('hex')}"`
    response.setHeader('Content-Type', 'application/json')
    if (this.#trouble === 'errors') response.writeHead(500).end('<h1>Internal error</h1>')
    else if (this.#trouble === 'garbage') response.writeHead(200).end('{"emotes": [')
    else if (text === undefined) response.writeHead(404).end('{"message":"Not Found"}')
    else if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
    else response.writeHead(200, { ETag: etag }).end(text)
  }

  #greet(socket: WebSocket): void {
    const sets = new Set<string>()
    this.#watching.set(socket, sets)
    const beat = setInterval(() => socket.send(JSON.stringify({ op: 2, d: { count: 1 } })), BEAT_MS)
    socket.on('close', () => {
      clearInterval(beat)
      this.#watching.delete(socket)
      for (const set of sets) this.#leave(set)
    })
    socket.on('message', (data) => this.#obey(sets, JSON.parse(String(data))))
    socket.send(JSON.stringify({ op: 1, d: { heartbeat_interval: 25_000, session_id: 's1', subscription_limit: 500 } }))
  }

  #obey(sets: Set<string>, { op, d }: { op: number; d?: { condition?: { object_id?: string } } }): void {
    const set = d?.condition?.object_id ?? ''
    if (op === 35) sets.add(set)
    if (op === 36 && sets.delete(set)) this.#leave(set)
    for (const each of this.#watched) if (op === 35 && each.set === set) each.resolve()
    this.#watched = this.#watched.filter((each) => !sets.has(each.set))
  }

  #leave(set: string): void {
    for (const each of this.#left) if (each.set === set) each.resolve()
    this.#left = this.#left.filter((each) => each.set !== set)
  }
}

function pathOf(provider: ProviderName, whose: Whose): string {
  if (provider === 'bttv') return whose === 'global' ? '/bttv/cached/emotes/global' : `/bttv/cached/users/${whose}`
  if (provider === 'ffz') return whose === 'global' ? '/ffz/set/global' : `/ffz/room/id/${whose.replace(/^\w+\//, '')}`
  return whose === 'global' ? '/7tv/emote-sets/global' : `/7tv/users/${whose}`
}

/** The same id for the same word, in the service's own form. */
const idOf = (word: string): string => createHash('sha1').update(word).digest('hex').slice(0, 24)
const setIdOf = (whose: Whose): string => idOf(`set ${whose}`)

const SHAPES: Record<ProviderName, (emotes: Given[], whose: Whose) => unknown> = {
  bttv(emotes, whose) {
    const listed = emotes.map(({ word }) => ({ id: idOf(word), code: word, imageType: 'png', animated: false }))
    if (whose === 'global') return listed
    return { id: 'b1', bots: [], channelEmotes: listed, sharedEmotes: [] }
  },
  ffz(emotes, whose) {
    const emoticons = emotes.map(({ word, zeroWidth }, i) => ({
      id: 1_000 + i,
      name: word,
      urls: {
        '1': `https://cdn.frankerfacez.com/emote/${1_000 + i}/1`,
        '2': `https://cdn.frankerfacez.com/emote/${1_000 + i}/2`,
      },
      animated: null,
      modifier: zeroWidth === true,
      modifier_flags: 0,
    }))
    const sets = { '3': { emoticons }, '4': { emoticons: [{ id: 1, name: 'NotForAll', urls: {} }] } }
    if (whose === 'global') return { default_sets: [3], sets }
    return { room: { set: 3, mod_urls: null, vip_badge: null }, sets: { '3': { emoticons } } }
  },
  '7tv'(emotes, whose) {
    const set = { id: setIdOf(whose), name: 'emotes', emotes: emotes.map(sevenTvEntry) }
    return whose === 'global' ? set : { id: 'u1', platform: 'TWITCH', emote_set: set }
  },
}

function sevenTvEntry({ word, zeroWidth = false }: Given): unknown {
  const id = idOf(word)
  const files = ['1x.avif', '1x.webp', '2x.webp'].map((name) => ({
    name,
    format: name.endsWith('avif') ? 'AVIF' : 'WEBP',
  }))
  return {
    id,
    name: word,
    flags: zeroWidth ? 1 : 0,
    data: { id, name: word, flags: 0, host: { url: `//cdn.7tv.app/emote/${id}`, files } },
  }
}
