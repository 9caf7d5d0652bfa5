import { EventEmitter } from 'node:events'
import type { Duplex } from 'node:stream'
import type { WebSocket as ServerWebSocket } from 'ws'
import type { Clock } from './clock.ts'
import { installGlobals, SEEN_PAGE } from './globals.ts'

/** What a browser reports for a connection that broke or never was. */
const BROKEN = 1006
const TEXT_HEAD = { first: 0x81, medium: 126, long: 127 }

/** Takes a connection that has been opened; null = nobody is there. */
export type Accept = (line: Connection) => void

/** All connections between pages and server. Nothing moves in it by itself. */
export class Network {
  readonly connections = new Set<Connection>()
  /** Null while no server listens. */
  accept: Accept | null = null
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  dial(client: ClientSocket): Connection {
    const connection = new Connection(client, this.#clock)
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

/** One WebSocket, seen from both ends; what is under way stands in between until it is moved. */
export class Connection {
  readonly up: string[] = []
  readonly down: (Buffer | number)[] = []
  /** Nothing arrives and nobody is told: a cable was pulled. */
  frozen = false
  /** How much each waiting byte counts: a slow reader is one whose bytes are heavy. */
  weight = 1
  readonly #client: ClientSocket
  readonly #clock: Clock
  server: ServerEnd | null = null
  #state: 'dialling' | 'open' | 'broken' | 'over' = 'dialling'
  #hungUp = false

  constructor(client: ClientSocket, clock: Clock) {
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
    } else if (next !== undefined) this.#clock.as('page', () => this.#client.heard(textOf(next)))
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

/** The server's end, as `ws` and the connection under it look to `SocketPeer`. */
export class ServerEnd extends EventEmitter {
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
    const { down } = this.#line
    const weight = () => this.#line.weight
    const duplex = {
      get writableLength() {
        return down.reduce<number>((sum, each) => sum + (typeof each === 'number' ? 0 : each.length), 0) * weight()
      },
      write: (bytes: Buffer) => down.push(bytes) > 0,
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
export class ClientSocket {
  static readonly OPEN = 1
  readyState = 0
  onopen: (() => void) | null = null
  onmessage: ((message: { data: string }) => void) | null = null
  onclose: ((end: { code: number }) => void) | null = null
  readonly #line: Connection

  constructor(network: Network) {
    this.#line = network.dial(this)
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

  heard(data: string): void {
    this.onmessage?.({ data })
  }

  lose(code: number): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.onclose?.({ code })
  }
}

/** From now on pages dial this network. Returns what gives the browser's own back. */
export function installSockets(network: Network): () => void {
  class Dialling extends ClientSocket {
    constructor() {
      super(network)
    }
  }
  // No way around sockets: the event stream has its own tests.
  const fetch = () => Promise.reject(new Error('The network lets nothing else through.'))
  return installGlobals({ ...SEEN_PAGE, WebSocket: Dialling, fetch })
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
