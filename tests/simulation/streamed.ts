import type { ServerResponse } from 'node:http'
import { type Client, type Connection, type End, type Network, waitingIn } from './network.ts'

/** An event stream, seen from both ends. */

/** Pages of this host find few networks that let a socket through. */
export const BLOCKED_HOST = 'blocked.test'
export const LET_THROUGH_SHARE = 0.2

/** The page's end: `fetch` as far as `overlay/event-stream.ts` uses it. */
export class ClientStream implements Client {
  readonly answer: Promise<Pick<Response, 'ok' | 'status' | 'body'>>
  readonly #body: ReadableStream<Uint8Array<ArrayBuffer>>
  #pieces: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | null = null
  #opened: () => void = () => {}
  #failed: (error: Error) => void = () => {}

  constructor(network: Network, address: string, signal: AbortSignal) {
    this.#body = new ReadableStream({
      start: (pieces) => {
        this.#pieces = pieces
      },
    })
    this.answer = new Promise((resolve, reject) => {
      this.#opened = () => resolve({ ok: true, status: 200, body: this.#body })
      this.#failed = reject
    })
    const line = network.dial(this, address)
    signal.addEventListener('abort', () => {
      this.#end(new Error('It was let go.'))
      line.hangUp()
    })
  }

  opened(): void {
    this.#opened()
  }

  heard(bytes: Buffer): void {
    this.#pieces?.enqueue(Uint8Array.from(bytes))
  }

  lose(): void {
    this.#end(new Error('The connection broke.'))
  }

  #end(why: Error): void {
    this.#pieces?.error(why)
    this.#pieces = null
    this.#failed(why)
  }
}

/** The server's end, as `EventStreamPeer` uses it. */
export class StreamEnd implements End {
  readonly #line: Connection
  readonly #left: () => void
  over = false

  /** `left`: told once, when it is over. */
  constructor(line: Connection, left: () => void) {
    this.#line = line
    this.#left = left
  }

  get response(): ServerResponse {
    const line = this.#line
    const response = {
      get writableLength() {
        return waitingIn(line)
      },
      cork() {},
      uncork() {},
      write: (bytes: Buffer | string) => line.down.push(Buffer.from(bytes)) > 0,
      end: (last: string) => line.down.push(Buffer.from(last), 0),
      destroy: () => line.cut(),
    }
    return response as unknown as ServerResponse
  }

  heard(): void {}

  ended(): void {
    if (this.over) return
    this.over = true
    this.#left()
  }
}
