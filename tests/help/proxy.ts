import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * A way to a server that can be cut: every connection that goes through it breaks at once. Or frozen, as a pulled cable would: nothing goes
 * through any more, and nobody is told.
 */
export class CuttableProxy {
  readonly #server = createServer((client) => this.#join(client))
  /** Each end with the other one. */
  readonly #sockets = new Map<Socket, Socket>()
  #frozen = false
  readonly #target: number
  #open = true
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
    for (const socket of this.#sockets.keys()) socket.destroy()
  }

  mend(): void {
    this.#open = true
  }

  /** Until `thaw`; what is written meanwhile comes then. */
  freeze(): void {
    this.#frozen = true
    for (const [from, to] of this.#sockets) {
      from.unpipe(to)
      from.pause()
    }
  }

  thaw(): void {
    this.#frozen = false
    for (const [from, to] of this.#sockets) from.pipe(to)
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
      this.#sockets.set(from, to)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        this.#sockets.delete(from)
        to.destroy()
      })
      if (this.#frozen) from.pause()
      else from.pipe(to)
    }
  }
}
