import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Frame } from '../frame.ts'
import { CLOSE } from '../protocol.ts'
import type { LivePeer } from './audience.ts'

/** Bytes that may wait for one client beyond its replay; a client with more is cut off and told to come back. */
export const MAX_WAITING_BYTES = 1_024 * 1_024
/** A client that has not answered a ping by the next one is gone. */
export const PING_EVERY_MS = 25_000
/** A stuck peer does not answer a close frame either. */
const TERMINATE_AFTER_MS = 1_000
/** Frames a client may send, pings and pongs among them; it hardly has anything to say. */
const FRAMES_PER_WINDOW = 40
const WINDOW_MS = 2_000

export interface SocketHooks {
  heard(text: string): void
  closed(): void
  /** It was cut off for falling behind. */
  tooSlow(): void
}

/** One WebSocket as a peer: bounded in what waits for it, found when it is dead, cut off when it floods. */
export class SocketPeer implements LivePeer {
  readonly #ws: WebSocket
  readonly #socket: Duplex
  readonly #hooks: SocketHooks
  #alive = true
  #allowance = 0
  #frames = 0
  #framesSince = 0
  #closing = false

  /** `socket`: the connection under `ws`, from its upgrade. */
  constructor(ws: WebSocket, socket: Duplex, hooks: SocketHooks) {
    this.#ws = ws
    this.#socket = socket
    this.#hooks = hooks
    ws.on('message', (data, binary) => this.#hear(String(data), binary))
    ws.on('pong', () => {
      this.#alive = true
      this.#count()
    })
    ws.on('ping', () => this.#count())
    // What was wrong with a frame, ws has just said in its own close frame: whoever sent it is given the time to read that.
    ws.on('error', () => this.close(CLOSE.tooBig))
    ws.on('close', () => hooks.closed())
  }

  send(frame: Frame): void {
    if (this.#closing) return
    const { waiting } = this
    if (waiting === 0) this.#allowance = 0
    if (waiting > MAX_WAITING_BYTES + this.#allowance) this.#cutOff()
    else this.#write(frame)
  }

  /** What it had leave to let wait and has read by now gives no more leave. */
  replay(frame: Frame): void {
    this.#allowance = Math.min(this.#allowance, this.waiting) + frame.wire.length
    if (!this.#closing) this.#write(frame)
  }

  /** Whether it is there, reads what it gets, and may so be given a replay; one that does not read is cut off. */
  keepsUp(): boolean {
    if (this.#closing || this.#ws.readyState !== this.#ws.OPEN) return false
    if (this.waiting <= MAX_WAITING_BYTES) return true
    this.#cutOff()
    return false
  }

  close(code: number): void {
    if (this.#closing) return
    this.#closing = true
    this.#ws.close(code)
    setTimeout(() => this.#ws.terminate(), TERMINATE_AFTER_MS).unref()
  }

  get waiting(): number {
    return this.#socket.writableLength
  }

  /** Called every `PING_EVERY_MS`: ends a peer that did not answer the last ping. */
  ping(): void {
    if (!this.#alive) {
      this.#ws.terminate()
      return
    }
    this.#alive = false
    this.#ws.ping()
  }

  #cutOff(): void {
    this.#hooks.tooSlow()
    this.close(CLOSE.tooSlow)
  }

  /**
   * Straight to the connection: the frame is framed already. Without compression ws writes its own frames (pong, close)
   * whole and at once, so nothing can come between; after a close frame nothing may follow.
   */
  #write(frame: Frame): void {
    if (this.#ws.readyState === this.#ws.OPEN) this.#socket.write(frame.wire)
  }

  #hear(text: string, binary: boolean): void {
    if (binary) this.close(CLOSE.policy)
    else if (this.#count()) this.#hooks.heard(text)
  }

  /** One more frame of the client; false when it is not to be looked at, and a client that floods is cut off. */
  #count(): boolean {
    if (this.#closing) return false
    const now = performance.now()
    if (now - this.#framesSince > WINDOW_MS) {
      this.#framesSince = now
      this.#frames = 0
    }
    if (++this.#frames <= FRAMES_PER_WINDOW) return true
    this.close(CLOSE.policy)
    return false
  }
}
