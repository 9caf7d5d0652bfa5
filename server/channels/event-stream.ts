import type { ServerResponse } from 'node:http'
import type { Frame } from '../frame.ts'
import type { LivePeer } from './audience.ts'
import { MAX_WAITING_BYTES } from './socket.ts'

const DATA = Buffer.from('data: ')
const END = Buffer.from('\n\n')
/** A comment line: keeps proxies from closing a quiet stream. */
const PING = Buffer.from(': \n\n')

/**
 * The way out for networks that block WebSocket: the same frames as `text/event-stream`. When the server lets go of it, a
 * last `event: close` names the close code that a socket would have got.
 */
export class EventStreamPeer implements LivePeer {
  readonly #response: ServerResponse
  readonly #tooSlow: () => void
  #allowance = 0
  #closed = false

  constructor(response: ServerResponse, tooSlow: () => void) {
    this.#response = response
    this.#tooSlow = tooSlow
  }

  send(frame: Frame): void {
    if (this.#closed) return
    const waiting = this.#response.writableLength
    if (waiting === 0) this.#allowance = 0
    if (waiting > MAX_WAITING_BYTES + this.#allowance) this.#cutOff()
    else this.#write(frame)
  }

  replay(frame: Frame): void {
    this.#allowance += frame.text.length
    if (!this.#closed) this.#write(frame)
  }

  close(code: number): void {
    if (this.#closed) return
    this.#closed = true
    this.#response.end(`event: close\ndata: ${code}\n\n`)
  }

  get waiting(): number {
    return this.#response.writableLength
  }

  #cutOff(): void {
    this.#tooSlow()
    this.#closed = true
    this.#response.destroy()
  }

  ping(): void {
    if (!this.#closed) this.#response.write(PING)
  }

  #write({ text }: Frame): void {
    this.#response.cork()
    this.#response.write(DATA)
    this.#response.write(text)
    this.#response.write(END)
    this.#response.uncork()
  }
}
