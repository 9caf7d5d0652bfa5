import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server that can be cut, as a pulled cable would: every connection that goes through it breaks at once. */
export class CuttableProxy {
  readonly #server = createServer((client) => this.#join(client))
  readonly #sockets = new Set<Socket>()
  readonly #ways = new Set<{ from: Socket; to: Socket }>()
  readonly #target: number
  #open = true
  #frozen = false
  /** Breaks a connection at whose end somebody asks for a WebSocket, as some networks do. */
  refuseSockets = false

  private constructor(target: number) {
    this.#target = target
  }

  static async to(port: number): Promise<CuttableProxy> {
    const proxy = new CuttableProxy(port)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Breaks what is open and refuses what comes, until `mend`. */
  cut(): void {
    this.#open = false
    for (const socket of this.#sockets) socket.destroy()
  }

  mend(): void {
    this.#open = true
  }

  /** Nothing comes through any more, and nobody is told: what is open stays open. */
  freeze(): void {
    this.#frozen = true
    for (const { from, to } of this.#ways) from.unpipe(to)
  }

  /** What was on its way comes through. */
  thaw(): void {
    this.#frozen = false
    for (const { from, to } of this.#ways) from.pipe(to)
  }

  close(): void {
    this.cut()
    this.#server.close()
  }

  #join(client: Socket): void {
    if (!this.#open) {
      client.destroy()
      return
    }
    client.on('data', (bytes: Buffer) => {
      if (this.refuseSockets && /^upgrade: websocket/im.test(bytes.toString('latin1'))) client.destroy()
    })
    const server = connect(this.#target, '127.0.0.1')
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      const way = { from, to }
      this.#sockets.add(from)
      this.#ways.add(way)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        this.#sockets.delete(from)
        this.#ways.delete(way)
        to.destroy()
      })
      if (!this.#frozen) from.pipe(to)
    }
  }
}
