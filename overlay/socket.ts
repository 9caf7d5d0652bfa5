import type { ClientInfo, Hello, Report, ServerFrame } from '../server/protocol.ts'
import { BEAT_EVERY_MS, CLOSE } from '../server/protocol.ts'
import { pageClock } from './page-clock.ts'
import { pauseAfter, STOPS } from './retry.ts'
import type { Place } from './state.ts'

type FollowStream = typeof import('./event-stream.ts').followStream

/**
 * The page's line to the server: a WebSocket, and where networks do not let one through, a text/event-stream with the
 * same frames. It comes back for ever, and says where it stands, so that the server sends just what was missed.
 */

export interface LineEnds {
  /** The overlay's when not given. */
  door?: 'overlay' | 'dock'
  /** The page's own address: where the server is. */
  location: Pick<Location, 'protocol' | 'host'>
  key: string
  client: ClientInfo
  /** Where the feed stands, for resuming. */
  place(): Place | null
  receive(frame: ServerFrame): void
  /** `ended` = the key is no longer good; nothing is tried any more. */
  changed(connection: 'live' | 'retry' | 'ended', how: string): void
}

/** Sockets in a row that never opened, after which the stream is used. */
const SOCKETS_BEFORE_STREAM = 3
/** How often a page on the stream looks whether sockets work by now. */
const SOCKET_AGAIN_MS = 60_000
const OPEN_WITHIN_MS = 10_000
/** Silence after which a connection is taken for dead: three beats. */
const SILENCE_MS = 3 * BEAT_EVERY_MS
const LOOK_EVERY_MS = 5_000
/** What a browser reports for a connection that broke or never was. */
const BROKEN = 1006

export class Line {
  readonly #ends: LineEnds
  #socket: WebSocket | null = null
  #stream: AbortController | null = null
  #failures = 0
  /** The current socket has been open. */
  #opened = false
  #unopened = 0
  #lastSocket = 0
  #lastFrame = 0
  #retry: ReturnType<typeof setTimeout> | undefined
  #watch: ReturnType<typeof setInterval> | undefined
  #ended = false
  #follow: FollowStream | undefined

  constructor(ends: LineEnds) {
    this.#ends = ends
  }

  start(): void {
    this.#watch = setInterval(() => this.#look(), LOOK_EVERY_MS)
    this.#connect()
    this.#fetchStream()
  }

  /** At once, while the server is there: a browser that could not fetch a module when it was wanted never tries again. */
  #fetchStream(): void {
    import('./event-stream.ts').then(
      ({ followStream }) => {
        this.#follow = followStream
      },
      () => undefined,
    )
  }

  /** Asks for what is missing: the feed found itself behind. */
  again(): void {
    if (this.#stream && this.#follow) this.#openStream(this.#follow)
    else if (this.#socket?.readyState === WebSocket.OPEN) this.#hello(this.#socket)
  }

  /** Nothing where no socket is open: a report that is old by then is of no use. */
  say(report: Report): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(report))
  }

  /** Does not wait for the pause to end: the network is back, or somebody looks. */
  retryNow(): void {
    if (this.#retry !== undefined) this.#connect()
  }

  #connect(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    const noSocket = this.#unopened >= SOCKETS_BEFORE_STREAM && pageClock() - this.#lastSocket < SOCKET_AGAIN_MS
    if (noSocket && this.#follow) this.#openStream(this.#follow)
    else this.#openSocket()
  }

  #openSocket(): void {
    const { location, door = 'overlay' } = this.#ends
    const { protocol, host } = location
    this.#lastSocket = pageClock()
    const socket = new WebSocket(`${protocol.replace('http', 'ws')}//${host}/ws/${door}`)
    this.#socket = socket
    this.#opened = false
    const opening = setTimeout(() => this.#lose(socket, BROKEN), OPEN_WITHIN_MS)
    socket.onopen = () => {
      clearTimeout(opening)
      this.#opened = true
      this.#unopened = 0
      this.#lastFrame = pageClock()
      this.#hello(socket)
    }
    socket.onmessage = ({ data }) => this.#frame(data, 'socket')
    socket.onclose = ({ code }) => {
      clearTimeout(opening)
      this.#lose(socket, code)
    }
  }

  #hello(socket: WebSocket): void {
    const { key, client } = this.#ends
    const hello: Hello = { type: 'hello', key, ...this.#ends.place(), client }
    socket.send(JSON.stringify(hello))
  }

  #openStream(follow: FollowStream): void {
    this.#stream?.abort()
    const stream = new AbortController()
    this.#stream = stream
    this.#lastFrame = pageClock()
    const take = (data: string) => {
      if (this.#stream === stream) this.#frame(data, 'stream')
    }
    void follow(this.#ends, stream.signal, take).then((refused) => {
      if (this.#stream === stream) this.#loseStream(refused ? CLOSE.badKey : BROKEN)
    })
  }

  #frame(data: unknown, how: 'socket' | 'stream'): void {
    const frame = readFrame(data)
    if (!frame || this.#ended) return
    this.#lastFrame = pageClock()
    if (frame.type === 'welcome') this.#welcomed(how)
    this.#ends.receive(frame)
  }

  #welcomed(how: 'socket' | 'stream'): void {
    this.#failures = 0
    if (how === 'socket') {
      this.#stream?.abort()
      this.#stream = null
    }
    this.#ends.changed('live', how)
  }

  /** Runs once for each socket, whichever notices first: the browser, the opening's deadline or the watch. */
  #lose(socket: WebSocket, code: number): void {
    if (this.#socket !== socket) return
    this.#socket = null
    silence(socket)
    if (!this.#opened) this.#unopened += 1
    // A look whether sockets work by now may fail without a word: the stream carries on.
    if (!this.#stream || STOPS.includes(code)) this.#comeBack(code)
  }

  #loseStream(code: number): void {
    this.#stream = null
    this.#comeBack(code)
  }

  #comeBack(code: number): void {
    this.#failures += 1
    const pause = pauseAfter(code, this.#failures, Math.random())
    if (pause === null) this.#end(code)
    else this.#wait(code, pause)
  }

  #wait(code: number, pause: number): void {
    this.#ends.changed('retry', `closed ${code}`)
    this.#retry = setTimeout(() => this.#connect(), pause)
  }

  #end(code: number): void {
    this.#ended = true
    this.#stream?.abort()
    this.#stream = null
    clearInterval(this.#watch)
    this.#ends.changed('ended', `closed ${code}`)
  }

  /** Timers of hidden pages run late, never early: silence is measured, not counted. */
  #look(): void {
    const now = pageClock()
    const silent = now - this.#lastFrame > SILENCE_MS
    if (this.#stream) {
      if (silent && this.#follow) this.#openStream(this.#follow)
      else if (!this.#socket && now - this.#lastSocket > SOCKET_AGAIN_MS) this.#openSocket()
    } else if (silent && this.#socket?.readyState === WebSocket.OPEN) this.#lose(this.#socket, BROKEN)
  }
}

function silence(socket: WebSocket): void {
  socket.onopen = socket.onmessage = socket.onclose = null
  socket.close()
}

/** The server's frames are its own words; only their outline is checked. */
function readFrame(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null
  try {
    const frame: unknown = JSON.parse(data)
    return typeof frame === 'object' && frame !== null && 'type' in frame ? (frame as ServerFrame) : null
  } catch {
    return null
  }
}
