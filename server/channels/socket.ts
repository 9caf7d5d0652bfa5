import type { WebSocket } from 'ws'
import { CLOSE } from '../protocol.ts'
import type { Peer } from './channel.ts'

/** Bytes that may wait for one client beyond its replay; a client with more is cut off and told to come back. */
export const MAX_WAITING_BYTES = 1_024 * 1_024
/** A client that has not answered a ping by the next one is gone. */
export const PING_EVERY_MS = 25_000
/** A stuck peer does not answer a close frame either. */
const TERMINATE_AFTER_MS = 1_000
/** Frames a client may send; it hardly has anything to say. */
const FRAMES_PER_WINDOW = 40
const WINDOW_MS = 2_000

export interface SocketHooks {
  heard(text: string): void
  closed(): void
  /** It was cut off for falling behind. */
  tooSlow(): void
}

/** One WebSocket as a peer: bounded in what waits for it, found when it is dead, cut off when it floods. */
export class SocketPeer implements Peer {
  readonly #ws: WebSocket
  readonly #hooks: SocketHooks
  #alive = true
  #allowance = 0
  #frames = 0
  #framesSince = 0
  #closing = false

  constructor(ws: WebSocket, hooks: SocketHooks) {
    this.#ws = ws
    this.#hooks = hooks
    ws.on('message', (data, binary) => this.#hear(String(data), binary))
    ws.on('pong', () => {
      this.#alive = true
    })
    ws.on('error', () => ws.terminate())
    ws.on('close', () => hooks.closed())
  }

  send(frame: Buffer): void {
    if (this.#closing) return
    const waiting = this.#ws.bufferedAmount
    if (waiting === 0) this.#allowance = 0
    if (waiting > MAX_WAITING_BYTES + this.#allowance) {
      this.#hooks.tooSlow()
      this.close(CLOSE.tooSlow)
      return
    }
    this.#ws.send(frame, { binary: false })
  }

  replay(frame: Buffer): void {
    this.#allowance += frame.length
    if (!this.#closing) this.#ws.send(frame, { binary: false })
  }

  close(code: number): void {
    if (this.#closing) return
    this.#closing = true
    this.#ws.close(code)
    setTimeout(() => this.#ws.terminate(), TERMINATE_AFTER_MS).unref()
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

  #hear(text: string, binary: boolean): void {
    if (this.#closing) return
    const now = performance.now()
    if (now - this.#framesSince > WINDOW_MS) {
      this.#framesSince = now
      this.#frames = 0
    }
    if (binary || ++this.#frames > FRAMES_PER_WINDOW) this.close(CLOSE.policy)
    else this.#hooks.heard(text)
  }
}
