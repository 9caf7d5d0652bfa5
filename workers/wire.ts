import WebSocket from 'ws'

/** A WebSocket towards a platform that cannot die unnoticed: it is heard within a time, or it is cut. */

/** Bytes of one frame; platforms send some kB. */
export const MAX_FRAME_BYTES = 1_024 * 1_024
const CONNECT_WITHIN_MS = 20_000
/** A goodbye may take this long, ms. */
const CLOSE_WITHIN_MS = 10_000

export interface WireEars {
  opened(): void
  /** One text frame. */
  heard(frame: string): void
  /** Nothing came for `quietAfter`: time to ask the other side whether it is there. */
  quiet(): void
  /** Over, for whatever reason; told exactly once, and never after `close`. `code` is the peer's close code, 0 without one. */
  closed(why: string, code: number): void
}

export interface WireTimes {
  /** Silence after which `quiet` is told, ms. */
  quietAfter: number
  /** Further silence after which the wire is cut, ms. */
  deadAfter: number
  connectWithin?: number
}

export class Wire {
  readonly #socket: WebSocket | null
  readonly #ears: WireEars
  #times: WireTimes
  #timer: NodeJS.Timeout
  #over = false
  #asked = false
  #paused = false

  /**
   * Begins to connect; never throws, also for what is no address. `headers` go with the handshake; none is sent by itself, in
   * particular no Origin.
   */
  constructor(url: string, ears: WireEars, times: WireTimes, headers: Record<string, string> = {}) {
    this.#ears = ears
    this.#times = times
    this.#timer = setTimeout(() => this.#end('no answer in time', 0), times.connectWithin ?? CONNECT_WITHIN_MS)
    this.#socket = this.#connect(url, headers)
  }

  /** For a server that says itself how often it is heard. */
  expect(times: WireTimes): void {
    this.#times = times
    this.#listen()
  }

  send(text: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text)
  }

  /** Stops reading; the kernel's buffers and then the sender fill up. Nothing is lost, and silence is nobody's fault. */
  pause(): void {
    if (this.#over || this.#socket?.readyState !== WebSocket.OPEN) return
    this.#paused = true
    this.#socket.pause()
    clearTimeout(this.#timer)
  }

  resume(): void {
    if (this.#over || !this.#paused) return
    this.#paused = false
    this.#socket?.resume()
    this.#listen()
  }

  /** Ends it without a word to the ears. */
  close(): void {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#timer)
    const socket = this.#socket
    // Who does not read cannot hear the other side's goodbye.
    if (socket?.readyState === WebSocket.OPEN && !this.#paused) {
      socket.close()
      setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS).unref()
    } else socket?.terminate()
  }

  #connect(url: string, headers: Record<string, string>): WebSocket | null {
    try {
      const socket = new WebSocket(url, {
        headers,
        maxPayload: MAX_FRAME_BYTES,
        perMessageDeflate: false,
        followRedirects: false,
      })
      this.#hear(socket)
      return socket
    } catch {
      // Told later: whoever makes it does not have it yet.
      setImmediate(() => this.#end('that is no address of a WebSocket', 0))
      return null
    }
  }

  #hear(socket: WebSocket): void {
    socket.on('open', () => {
      if (this.#over) return
      this.#listen()
      this.#ears.opened()
    })
    socket.on('message', (data) => {
      if (this.#over) return
      this.#listen()
      this.#ears.heard(String(data))
    })
    // Answers to pings and pings of the other side are signs of life, too.
    socket.on('ping', () => this.#listen())
    socket.on('pong', () => this.#listen())
    socket.on('close', (code, reason) => this.#end(String(reason) || `closed with ${code}`, code))
    // Stays for good: a socket that is let go while it connects tells of its end as an error.
    socket.on('error', (error) => this.#end(error.message, 0))
    socket.on('unexpected-response', (_request, response) => {
      response.resume()
      this.#end(`answered ${response.statusCode} instead of opening`, response.statusCode ?? 0)
    })
  }

  #listen(): void {
    if (this.#over || this.#paused) return
    clearTimeout(this.#timer)
    this.#asked = false
    this.#timer = setTimeout(() => this.#silent(), this.#times.quietAfter)
  }

  #silent(): void {
    if (this.#asked) {
      this.#end('silent for too long', 0)
      return
    }
    this.#asked = true
    this.#timer = setTimeout(() => this.#silent(), this.#times.deadAfter)
    this.#ears.quiet()
  }

  #end(why: string, code: number): void {
    if (this.#over) return
    this.close()
    this.#ears.closed(why, code)
  }
}
