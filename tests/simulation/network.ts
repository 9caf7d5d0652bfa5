import { EventEmitter } from 'node:events'
import type { Duplex } from 'node:stream'
import type { WebSocket as ServerWebSocket } from 'ws'
import type { Clock } from './clock.ts'

/** What a browser reports for a connection that broke or never was. */
const BROKEN = 1006
const TEXT_HEAD = { first: 0x81, medium: 126, long: 127 }

/** Takes a connection that has been opened; null = nobody is there. */
export type Accept = (line: Connection) => void

/** The end of a page, and of a server. */
export interface Client {
  opened(): void
  heard(bytes: Buffer): void
  lose(code: number): void
}
export interface End {
  heard(text: string): void
  ended(): void
}

/** All connections between pages and server. Nothing moves in it by itself. */
export class Network {
  readonly connections = new Set<Connection>()
  /** Null while no server listens. */
  accept: Accept | null = null
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `stream`: the address of an event stream; null = a socket. */
  dial(client: Client, stream: string | null = null): Connection {
    const connection = new Connection(client, this.#clock, stream)
    this.connections.add(connection)
    return connection
  }

  /** The server's machine is gone: its ends say nothing any more, and the pages' notice. */
  fall(): void {
    this.accept = null
    for (const connection of this.connections) connection.cut()
  }

  /** Connections of which something can be moved. */
  get moving(): Connection[] {
    for (const connection of this.connections) if (connection.over) this.connections.delete(connection)
    return [...this.connections].filter(({ frozen, idle }) => !frozen && !idle)
  }
}

/** One connection, seen from both ends; what is under way stands in between until it is moved. */
export class Connection {
  readonly up: string[] = []
  readonly down: (Buffer | number)[] = []
  /** Nothing arrives and nobody is told: a cable was pulled. */
  frozen = false
  /** How much each waiting byte counts: a slow reader is one whose bytes are heavy. */
  weight = 1
  readonly stream: string | null
  readonly #client: Client
  readonly #clock: Clock
  server: End | null = null
  #state: 'dialling' | 'open' | 'broken' | 'over' = 'dialling'
  #hungUp = false

  constructor(client: Client, clock: Clock, stream: string | null) {
    this.stream = stream
    this.#client = client
    this.#clock = clock
  }

  get over(): boolean {
    return this.#state === 'over'
  }
  get open(): boolean {
    return this.#state === 'open'
  }
  get idle(): boolean {
    return this.#state === 'open' && !this.#hungUp && this.up.length + this.down.length === 0
  }

  /** Moves one thing: the way down first, when `downward`. */
  move(network: Network, downward: boolean): void {
    if (this.#state === 'dialling') this.#answer(network.accept)
    else if (this.#state === 'broken') this.#toClient(() => this.#client.lose(BROKEN))
    else if (this.#hungUp) this.#leave()
    else if (this.down.length > 0 && (downward || this.up.length === 0)) this.#arrive()
    else this.#heard()
  }

  /** Both ends will notice, what is under way is lost. */
  cut(): void {
    if (this.#state === 'over') return
    this.up.length = this.down.length = 0
    this.frozen = false
    this.#state = this.#hungUp ? 'over' : 'broken'
    this.server?.ended()
    this.server = null
  }

  /** The page lets go. */
  hangUp(): void {
    this.#hungUp = true
    if (this.#state === 'dialling' || this.#state === 'broken') this.#state = 'over'
  }

  #answer(accept: Accept | null): void {
    if (accept === null) this.#toClient(() => this.#client.lose(BROKEN))
    else {
      this.#state = 'open'
      accept(this)
      this.#clock.as('page', () => this.#client.opened())
    }
  }

  #arrive(): void {
    const next = this.down.shift()
    if (typeof next === 'number') {
      this.server?.ended()
      this.server = null
      this.#toClient(() => this.#client.lose(next))
    } else if (next !== undefined) this.#clock.as('page', () => this.#client.heard(next))
  }

  #heard(): void {
    const text = this.up.shift()
    if (text !== undefined) this.server?.heard(text)
  }

  /** What the page said before it hung up is heard. */
  #leave(): void {
    while (this.up.length > 0) this.#heard()
    this.#state = 'over'
    this.server?.ended()
    this.server = null
  }

  #toClient(act: () => void): void {
    this.#state = 'over'
    this.#clock.as('page', act)
  }
}

/** Bytes that are under way to a page, by their weight. */
export function waitingIn({ down, weight }: Connection): number {
  return down.reduce<number>((sum, each) => sum + (typeof each === 'number' ? 0 : each.length), 0) * weight
}

/** The server's end, as `ws` and the connection under it look to `SocketPeer`. */
export class ServerEnd extends EventEmitter implements End {
  readonly OPEN = 1
  readyState = 1
  readonly #line: Connection

  constructor(line: Connection) {
    super()
    this.#line = line
  }

  get ws(): ServerWebSocket {
    return this as unknown as ServerWebSocket
  }

  get duplex(): Duplex {
    const line = this.#line
    const duplex = {
      get writableLength() {
        return waitingIn(line)
      },
      write: (bytes: Buffer) => line.down.push(bytes) > 0,
    }
    return duplex as unknown as Duplex
  }

  heard(text: string): void {
    this.emit('message', Buffer.from(text), false)
  }

  ended(): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.emit('close')
  }

  close(code: number): void {
    if (this.readyState !== 1) return
    this.readyState = 2
    this.#line.down.push(code)
  }

  terminate(): void {
    if (this.readyState === 3) return
    const { frozen } = this.#line
    this.#line.cut()
    // Behind a pulled cable the page is not told.
    this.#line.frozen = frozen
    this.ended()
  }

  /** The page's browser answers pings by itself, where they reach it. */
  ping(): void {
    if (!this.#line.frozen) this.emit('pong')
  }
}

/** The page's end: a browser's WebSocket as far as `overlay/socket.ts` uses it. */
export class ClientSocket implements Client {
  static readonly OPEN = 1
  readyState = 0
  onopen: (() => void) | null = null
  onmessage: ((message: { data: string }) => void) | null = null
  onclose: ((end: { code: number }) => void) | null = null
  readonly #line: Connection

  /** `blocked`: something on the way lets no socket through. */
  constructor(network: Network, blocked: boolean) {
    this.#line = network.dial(this)
    if (blocked) this.#line.cut()
  }

  send(text: string): void {
    this.#line.up.push(text)
  }

  close(): void {
    this.readyState = 3
    this.#line.hangUp()
  }

  opened(): void {
    this.readyState = 1
    this.onopen?.()
  }

  heard(bytes: Buffer): void {
    this.onmessage?.({ data: textOf(bytes) })
  }

  lose(code: number): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.onclose?.({ code })
  }
}

/** The text of one frame; throws where it is not framed as RFC 6455 has it. */
function textOf(wire: Buffer): string {
  const [first, length = 0] = wire
  const [head, bytes] =
    length < TEXT_HEAD.medium
      ? [2, length]
      : length === TEXT_HEAD.medium
        ? [4, wire.readUInt16BE(2)]
        : [10, Number(wire.readBigUInt64BE(2))]
  if (first !== TEXT_HEAD.first || wire.length !== head + bytes)
    throw new Error('A frame is not framed as it should be.')
  return wire.toString('utf8', head)
}
