import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { ChatEvent, ServerFrame, Welcome } from '../../server/protocol.ts'

/** A client of `/ws/overlay` (or another path) that keeps what it was sent. */
export class Listener {
  readonly ws: WebSocket
  readonly frames: ServerFrame[] = []
  readonly events: ChatEvent[] = []
  welcome: Welcome | null = null
  epoch = ''
  seq = 0
  closed: number | null = null
  #changed: (() => void)[] = []

  constructor(base: string, path = '/ws/overlay', headers: Record<string, string> = {}) {
    this.ws = new WebSocket(base.replace('http', 'ws') + path, { headers })
    this.ws.on('message', (data) => this.#hear(JSON.parse(String(data)) as ServerFrame))
    this.ws.on('close', (code) => {
      this.closed = code
      this.#wake()
    })
    this.ws.on('error', () => {})
  }

  static async open(base: string, key: string, at?: { epoch: string; seq: number }): Promise<Listener> {
    const listener = new Listener(base)
    await listener.opened()
    listener.hello({ key, ...at })
    await listener.until(() => listener.welcome !== null)
    return listener
  }

  async opened(): Promise<void> {
    if (this.ws.readyState === WebSocket.CONNECTING) await once(this.ws, 'open')
  }

  hello(more: Record<string, unknown>): void {
    this.ws.send(JSON.stringify({ type: 'hello', ...more }))
  }

  /** Resolves when the condition holds; looks again after every frame. Rejects when it does not hold in time. */
  async until(holds: () => boolean, withinMs = 15_000): Promise<void> {
    const deadline = Date.now() + withinMs
    while (!holds()) {
      const left = deadline - Date.now()
      if (left <= 0)
        throw new Error(`Waited ${withinMs} ms in vain; ${this.events.length} events, closed: ${this.closed}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#changed.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  close(): void {
    this.ws.terminate()
  }

  #hear(frame: ServerFrame): void {
    this.frames.push(frame)
    if (frame.type === 'welcome') {
      this.welcome = frame
      this.epoch = frame.epoch
    } else if (frame.type === 'events') {
      this.events.push(...frame.events)
      this.seq = frame.events.at(-1)?.seq ?? this.seq
    }
    this.#wake()
  }

  #wake(): void {
    for (const wake of this.#changed.splice(0)) wake()
  }
}
