import { readFile } from 'node:fs/promises'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { extname, join } from 'node:path'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import { IMAGE_HOSTS } from '../../overlay/parts/images.ts'
import { ROOT } from '../../scripts/child.ts'
import { readHello } from '../../server/channels/hello.ts'
import { readReport } from '../../server/channels/report.ts'
import type { ChosenSettings } from '../../server/look.ts'
import { lookOf } from '../../server/look-themes.ts'
import type { ChatEvent, Hello, Report, ServerFrame, Welcome } from '../../server/protocol.ts'
import { CLOSE, SNAPSHOT_EVENTS } from '../../server/protocol.ts'
import { about } from './samples.ts'

/** A small server that speaks the overlay's side of the protocol as the contract says, with faults on demand. */

export const KEY = 'test-key-0123456789abcdef'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The pages as `npm test` has built them before any test runs. */
export const PAGES = join(ROOT, 'dist', 'pages')

interface Reader {
  send(frame: ServerFrame): void
  close(code: number): void
}

/** All events, as fast as they come. */
export const UNPACED: ChosenSettings = {
  ratePerSecond: 1_000,
  events: ['sub', 'gift', 'cheer', 'superchat', 'raid', 'follow', 'announce'],
}

export class StandIn {
  epoch = 'epoch-1'
  seq = 0
  /** Newest last; what replays and snapshots are cut from. */
  log: ChatEvent[] = []
  /** Nothing is held back for pace, unless a test wants it. */
  settings: ChosenSettings = UNPACED
  /** What the channel is called. */
  names: string[] = []
  featured: Welcome['featured'] = null
  panic = false
  slow = false
  build: string | null = null
  /** Closes the TCP connection of every upgrade, as some networks do. */
  refuseSockets = false
  /** Another answers in the server's place otherwise. */
  well = true
  hellos: Hello[] = []
  reports: Report[] = []
  requests: string[] = []
  readonly #pages: string
  readonly #http: Server
  readonly #sockets = new WebSocketServer({ noServer: true })
  readonly #tcp = new Set<Socket>()
  readonly #readers = new Set<Reader>()
  #waiting: Array<() => void> = []
  #heard: Array<() => void> = []

  constructor(pages: string) {
    this.#pages = pages
    this.#http = createServer((request, response) => void this.#answer(request, response))
    this.#http.on('connection', (socket) => {
      this.#tcp.add(socket)
      socket.on('close', () => this.#tcp.delete(socket))
    })
    this.#http.on('upgrade', (request, socket, head) => {
      this.requests.push(`UPGRADE ${request.url}`)
      if (this.refuseSockets) socket.destroy()
      else this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#open(opened))
    })
  }

  static async start(): Promise<StandIn> {
    const server = new StandIn(PAGES)
    await server.listen(0)
    return server
  }

  listen(port: number): Promise<void> {
    return new Promise((done) => this.#http.listen(port, '127.0.0.1', done))
  }

  get port(): number {
    const address = this.#http.address()
    if (address === null || typeof address === 'string') throw new Error('not listening')
    const { port }: AddressInfo = address
    return port
  }

  page(query = '', key = KEY): string {
    return `http://127.0.0.1:${this.port}/overlay${query}${key ? `#${key}` : ''}`
  }

  get readers(): number {
    return this.#readers.size
  }

  /** Resolves at the next welcome sent. */
  welcomed(): Promise<void> {
    return new Promise((done) => this.#waiting.push(done))
  }

  /** Gives events their place and sends them to whoever is connected. */
  publish(...drafts: Array<Omit<ChatEvent, 'seq'>>): void {
    const events = drafts.map((draft) => this.#place(draft))
    this.send({ type: 'events', events })
  }

  #place(draft: Omit<ChatEvent, 'seq'>): ChatEvent {
    this.seq += 1
    const event = { ...draft, seq: this.seq } as ChatEvent
    this.log.push(event)
    return event
  }

  /** Another look for everybody, over what is stored. */
  restyle(chosen: ChosenSettings): void {
    this.settings = { ...this.settings, ...chosen }
    this.send({ type: 'settings', ...lookOf(this.settings) })
  }

  send(frame: ServerFrame): void {
    for (const reader of this.#readers) reader.send(frame)
  }

  /** Ends every line with a close code; 0 breaks the TCP connections. */
  cut(code: number): void {
    if (code === 0) for (const socket of this.#tcp) socket.destroy()
    else for (const reader of this.#readers) reader.close(code)
    this.#readers.clear()
  }

  /** Stops listening and breaks all connections; `listen` brings it back. */
  down(): Promise<void> {
    this.cut(0)
    return new Promise((done) => this.#http.close(() => done()))
  }

  close(): Promise<void> {
    return this.#http.listening ? this.down() : Promise.resolve()
  }

  #open(socket: WebSocket): void {
    const reader: Reader = {
      send: (frame) => socket.send(JSON.stringify(frame)),
      close: (code) => socket.close(code),
    }
    socket.on('message', (data) => this.#hear(reader, String(data)))
    socket.on('close', () => this.#readers.delete(reader))
  }

  /** What the server would refuse is refused here, too: a page that comes back loses nothing, and nobody would notice. */
  #hear(reader: Reader, text: string): void {
    if (readHello(text) === null && readReport(text) === null) {
      reader.close(CLOSE.policy)
      return
    }
    const frame: Hello | Report = JSON.parse(text)
    if (frame.type === 'hello') this.#hello(reader, frame)
    else this.reports.push(frame)
    for (const wake of this.#heard.splice(0)) wake()
  }

  /** Resolves when the newest report is as wanted; looks again after every frame of the client. */
  async reported(holds: (report: Report) => boolean): Promise<Report> {
    for (;;) {
      const newest = this.reports.at(-1)
      if (newest && holds(newest)) return newest
      await new Promise<void>((wake) => this.#heard.push(wake))
    }
  }

  #hello(reader: Reader, hello: Hello): void {
    this.hellos.push(hello)
    if (hello.key === KEY) this.#welcome(reader, hello.epoch, hello.seq)
    else reader.close(CLOSE.badKey)
  }

  #welcome(reader: Reader, epoch: string | undefined, seq: number | undefined): void {
    const recovered = epoch === this.epoch && seq !== undefined
    const events = recovered ? this.log.filter((event) => event.seq > seq) : this.log.slice(-SNAPSHOT_EVENTS)
    const { build, names } = this
    const look = lookOf(this.settings)
    const stream = { live: false, startedAt: null, title: null }
    const platforms = about
    reader.send({
      ...{ type: 'welcome', epoch: this.epoch, seq: this.seq, recovered, names, stream, platforms },
      ...look,
      ...{ featured: this.featured, panic: this.panic, slow: this.slow },
      build: build ?? 'unknown',
    })
    if (events.length > 0) reader.send({ type: 'events', events })
    this.#readers.add(reader)
    for (const done of this.#waiting.splice(0)) done()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in')
    this.requests.push(`${request.method} ${url.pathname}${url.search}`)
    if (url.pathname === '/healthz') this.#health(response)
    else if (url.pathname === '/api/overlay/stream') this.#stream(request, response, url)
    else await this.#file(response, url.pathname)
  }

  #health(response: ServerResponse): void {
    response.writeHead(this.well ? 200 : 502, {
      'Content-Type': 'application/json',
      'Access-Control-Allow-Origin': '*',
    })
    response.end(this.well ? '{"status":"ok"}' : '{}')
  }

  async #file(response: ServerResponse, path: string): Promise<void> {
    const file = path === '/overlay' ? 'overlay/index.html' : path.slice(1)
    const body = await readFile(join(this.#pages, file)).catch(() => null)
    if (body) this.#serve(response, file, body)
    else response.writeHead(404).end()
  }

  #serve(response: ServerResponse, file: string, body: Buffer): void {
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream')
    if (file.startsWith('assets/')) response.setHeader('Access-Control-Allow-Origin', '*')
    else response.setHeader('Content-Security-Policy', this.#policy())
    response.setHeader('Referrer-Policy', 'no-referrer')
    response.end(body)
  }

  #policy(): string {
    const images = IMAGE_HOSTS.map((host) => `https://${host}`).join(' ')
    return [
      'sandbox allow-scripts',
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "font-src 'self'",
      `img-src 'self' data: ${images}`,
      `connect-src 'self' ws://127.0.0.1:${this.port}`,
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; ')
  }

  #stream(request: IncomingMessage, response: ServerResponse, url: URL): void {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', 'authorization')
    if (request.method === 'OPTIONS') response.writeHead(204).end()
    else if (request.headers.authorization !== `Bearer ${KEY}`) response.writeHead(401).end()
    else this.#follow(response, url.searchParams)
  }

  #follow(response: ServerResponse, query: URLSearchParams): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    const reader: Reader = {
      send: (frame) => response.write(`data: ${JSON.stringify(frame)}\n\n`),
      close: () => response.end(),
    }
    response.on('close', () => this.#readers.delete(reader))
    const seq = query.get('seq')
    this.#welcome(reader, query.get('epoch') ?? undefined, seq === null ? undefined : Number(seq))
  }
}
