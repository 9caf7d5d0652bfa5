import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ChatStandIn } from './stand-in.ts'
import { apiError, chatAnswer, chatPage, listPage, livePage, placeOf, videoItem } from './youtube-answers.ts'
import { type Broadcast, type Entry, Room, written } from './youtube-room.ts'

export type Call = 'list' | 'stream' | 'videos' | 'channels' | 'search' | 'live' | 'chat' | 'innertube'
/** What one answer is instead of what it should be. */
export type Fault =
  | { status: number; body: string }
  /** Nothing is answered, the connection stays. */
  | 'hang'
  /** The connection is cut. */
  | 'drop'
  /** 200, and then the end without a byte. */
  | 'empty'

/** The fault of an official error. */
export const refusing = (status: number, reason: string): Fault => ({ status, body: apiError(status, reason) })
export const GARBAGE: Fault = { status: 200, body: '<html>{"not": JSON' }

const UNITS: Record<Call, number> = {
  list: 5,
  stream: 5,
  videos: 1,
  channels: 1,
  search: 0,
  live: 0,
  chat: 0,
  innertube: 0,
}
const ERRORS_IN_A_ROW = 4

/** YouTube on this machine: the official API, its stream, and the web page's own interface. */
export class YouTube implements ChatStandIn {
  readonly platform = 'youtube'
  readonly env: Readonly<Record<string, string>>
  readonly troubles: Readonly<Record<string, () => void>>
  readonly cures = {
    split: () => this.mend(),
    expired: () => this.mend(),
    end: () => {
      for (const room of this.#rooms) room.begin()
    },
  }
  readonly calls: Record<Call, number> = { ...UNITS }
  /** Units of the quota that were used. */
  units = 0
  /** What the last question of each kind was. */
  readonly asked = new Map<Call, URLSearchParams>()
  /** Names of channels that do not exist. */
  readonly absent = new Set<string>()
  pollingMs = 1_000
  timeoutMs = 1_000
  /** Bytes of one piece of the stream. */
  pieceBytes = Number.POSITIVE_INFINITY
  /** Messages of one page. */
  pageSize = 2_000
  readonly #server: Server
  readonly #rooms: Room[] = []
  readonly #live: boolean
  readonly #faults = new Map<Call, Fault[]>()
  readonly #streams = new Set<ServerResponse>()
  readonly #waiting = new Set<() => void>()
  #expired = false
  #muted = new WeakSet<ServerResponse>()
  #said = 0

  private constructor(server: Server, live: boolean) {
    this.#server = server
    this.#live = live
    for (const call of Object.keys(UNITS) as Call[]) this.calls[call] = 0
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    this.env = {
      CROSSCHAT_YOUTUBE_API_URL: `${base}/api`,
      CROSSCHAT_YOUTUBE_STREAM_URL: `${base}/api/liveChat/messages/stream`,
      CROSSCHAT_YOUTUBE_WEB_URL: base,
    }
    this.troubles = {
      drop: () => this.drop(),
      silent: () => this.mute(),
      garbage: () => this.garble(),
      errors: () => this.failAll({ status: 500, body: 'Internal Server Error' }),
      split: () => {
        this.pieceBytes = 1
      },
      expired: () => {
        this.#expired = true
        this.drop()
      },
      end: () => this.end(),
    }
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.#serve(request, response))
  }

  /** `live`: a channel that is asked for broadcasts already. */
  static async start(port = 0, { live = true } = {}): Promise<YouTube> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    return new YouTube(server, live)
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** The channel of a name: `UC…`, `@handle` or the id of a video. */
  room(name: string): Room {
    const known = this.#rooms.find(
      ({ id, handle, broadcast }) => id === name || handle === name.toLowerCase() || broadcast?.video === name,
    )
    return known ?? this.#open(name)
  }

  begin(name: string, detail: Partial<Broadcast> = {}): Broadcast {
    return this.room(name).begin(detail)
  }

  /** Every broadcast ends. */
  end(): void {
    for (const room of this.#rooms) room.end()
  }

  say(name: string, text: string): void {
    for (const room of this.#onAir()) room.add(written(`said-${++this.#said}-${room.id}`, name, text))
  }

  /** A message as the official API tells of it, in every channel that is on air. */
  push(resource: unknown): void {
    this.#add({ resource, action: null, beyondTop: false })
  }

  /** Actions as the web page gets them. `beyondTop`: only who reads everything gets them. */
  pushActions(actions: readonly unknown[], beyondTop = false): void {
    for (const action of actions) this.#add({ resource: null, action, beyondTop })
  }

  /** The next answers to a call are faulty. */
  fail(call: Call, fault: Fault, times = 1): void {
    this.#faults.set(call, [...(this.#faults.get(call) ?? []), ...Array.from({ length: times }, () => fault)])
  }

  failAll(fault: Fault, times = ERRORS_IN_A_ROW): void {
    for (const call of Object.keys(UNITS) as Call[]) this.fail(call, fault, times)
    this.drop()
  }

  /** Everything works again. */
  mend(): void {
    this.#faults.clear()
    this.#expired = false
    this.pieceBytes = Number.POSITIVE_INFINITY
  }

  /** Cuts every open stream. */
  drop(): void {
    for (const stream of this.#streams) stream.destroy()
  }

  /** Open streams stay open and say nothing more; the web page's next question gets no answer. */
  mute(): void {
    for (const stream of this.#streams) this.#muted.add(stream)
    this.fail('innertube', 'hang')
  }

  /** Open streams write what is not JSON, and so do the next answers. */
  garble(): void {
    for (const stream of this.#streams) stream.write('{"items": [oops}, ]]>')
    for (const call of ['list', 'innertube', 'live', 'chat'] as const) this.fail(call, GARBAGE)
  }

  get openStreams(): number {
    return this.#streams.size
  }

  /** Resolves once something is so; looked at after every call and every change. */
  async until(so: (youtube: YouTube) => boolean): Promise<void> {
    while (!so(this)) await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  #open(name: string): Room {
    const room = new Room(name)
    this.#rooms.push(room)
    const video = /^[\w-]{11}$/.test(name) ? { video: name } : {}
    if (this.#live) room.begin(video)
    return room
  }

  #onAir(): Room[] {
    return this.#rooms.filter(({ broadcast }) => broadcast?.state === 'live')
  }

  #add(entry: Entry): void {
    for (const room of this.#onAir()) room.add(entry)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const call = callOf(url.pathname)
    if (call === null) {
      send(response, 404, 'text/html', 'Not Found')
      return
    }
    const body = await textOf(request)
    this.calls[call]++
    this.units += UNITS[call]
    this.asked.set(call, url.searchParams)
    const fault = this.#faultOf(call)
    if (fault === undefined) this.#answer(call, url, body, response)
    else misbehave(response, fault)
    this.#tell()
  }

  #faultOf(call: Call): Fault | undefined {
    if (this.#expired && call !== 'live' && call !== 'chat' && call !== 'innertube')
      return refusing(403, 'quotaExceeded')
    return this.#faults.get(call)?.shift()
  }

  #answer(call: Call, url: URL, body: string, response: ServerResponse): void {
    const query = url.searchParams
    switch (call) {
      case 'live':
        this.#livePage(url, response)
        break
      case 'chat':
        this.#chatPage(query.get('v') ?? '', response)
        break
      case 'innertube':
        this.#innertube(body, response)
        break
      case 'list':
        this.#list(query, response)
        break
      case 'stream':
        this.#stream(query, response)
        break
      default:
        json(response, { items: this.#items(call, query) })
    }
  }

  #items(call: Call, query: URLSearchParams): unknown[] {
    const name = query.get('id') ?? query.get('forHandle') ?? query.get('channelId') ?? ''
    if (this.absent.has(name)) return []
    const room = this.room(name)
    const { broadcast } = room
    if (call === 'channels') return [{ id: room.id, snippet: { title: 'Cool Channel', thumbnails: {} } }]
    if (broadcast === null) return []
    if (call === 'videos') return [videoItem(room, broadcast)]
    return broadcast.state === 'live' ? [{ id: { videoId: broadcast.video } }] : []
  }

  #livePage(url: URL, response: ServerResponse): void {
    const name = decodeURIComponent(url.pathname.replace('/channel/', '/').split('/')[1] ?? '')
    if (this.absent.has(name)) send(response, 404, 'text/html', '<title>404 Not Found</title>')
    else send(response, 200, 'text/html', livePage(this.room(name)))
  }

  #chatPage(video: string, response: ServerResponse): void {
    const { broadcast } = this.room(video)
    const none = broadcast === null || broadcast.state !== 'live'
    send(response, 200, 'text/html', none ? '<script>ytInitialData = {"contents":{}};</script>' : chatPage(broadcast))
  }

  #innertube(body: string, response: ServerResponse): void {
    const { continuation } = JSON.parse(body) as { continuation: string }
    const { broadcast } = this.room(continuation.split(' ')[0] ?? '')
    if (broadcast === null) send(response, 400, 'application/json', '{"error":{"code":400}}')
    else send(response, 200, 'application/json', chatAnswer(broadcast, continuation, this.timeoutMs))
  }

  #list(query: URLSearchParams, response: ServerResponse): void {
    const room = this.#chatOf(query)
    if (room?.broadcast == null) misbehave(response, refusing(404, 'liveChatNotFound'))
    else send(response, 200, 'application/json', this.#page(room.broadcast, placeOf(query.get('pageToken'))).text)
  }

  #page(broadcast: Broadcast, from: number | null): ReturnType<typeof listPage> {
    return listPage(broadcast, from, this.pageSize, this.pollingMs)
  }

  #stream(query: URLSearchParams, response: ServerResponse): void {
    const room = this.#chatOf(query)
    if (room?.broadcast == null) {
      misbehave(response, refusing(404, 'liveChatNotFound'))
      return
    }
    const { broadcast } = room
    response.writeHead(200, { 'content-type': 'application/json' })
    const pieces = new Pieces(response, () => this.pieceBytes)
    let next = placeOf(query.get('pageToken'))
    let before = '['
    const write = () => {
      if (this.#muted.has(response)) return
      const page = this.#page(broadcast, next)
      next = page.next
      pieces.write(before + page.text)
      before = ',\n'
      if (broadcast.state === 'over') pieces.end(']')
    }
    this.#streams.add(response)
    const leave = room.watch(write)
    response.on('close', () => {
      leave()
      this.#streams.delete(response)
      this.#tell()
    })
    write()
  }

  #chatOf(query: URLSearchParams): Room | undefined {
    return this.#rooms.find(({ broadcast }) => broadcast?.chat === query.get('liveChatId'))
  }

  #tell(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}

/** Writes in pieces of so many bytes, each by itself, in order. */
class Pieces {
  readonly #response: ServerResponse
  readonly #size: () => number
  #turn: Promise<void> = Promise.resolve()

  constructor(response: ServerResponse, size: () => number) {
    this.#response = response
    this.#size = size
    response.socket?.setNoDelay(true)
  }

  write(text: string): void {
    this.#turn = this.#turn.then(() => this.#pieces(Buffer.from(text)))
  }

  end(text: string): void {
    this.write(text)
    this.#turn = this.#turn.then(() => void this.#response.end())
  }

  async #pieces(bytes: Buffer): Promise<void> {
    const size = Math.min(this.#size(), bytes.length)
    for (let at = 0; at < bytes.length && !this.#response.destroyed; at += size) {
      this.#response.write(bytes.subarray(at, at + size))
      if (size < bytes.length) await new Promise(setImmediate)
    }
  }
}

function callOf(path: string): Call | null {
  const api = /^\/api\/(.+)$/.exec(path)?.[1]
  if (api === 'liveChat/messages') return 'list'
  if (api === 'liveChat/messages/stream') return 'stream'
  if (api === 'videos' || api === 'channels' || api === 'search') return api
  if (path === '/live_chat') return 'chat'
  if (path === '/youtubei/v1/live_chat/get_live_chat') return 'innertube'
  return /^\/(?:channel\/UC[\w-]+|@[^/]+|%40[^/]+)\/live$/.test(path) ? 'live' : null
}

function misbehave(response: ServerResponse, fault: Fault): void {
  if (fault === 'drop') response.destroy()
  else if (fault === 'empty') response.writeHead(200, { 'content-type': 'application/json' }).end()
  else if (fault !== 'hang') send(response, fault.status, 'application/json', fault.body)
}

function json(response: ServerResponse, value: unknown): void {
  send(response, 200, 'application/json', JSON.stringify(value))
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body)
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}
