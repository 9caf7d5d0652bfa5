import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Connections that wait while the way is frozen look again so often, ms. */
const LOOK_AGAIN_MS = 10

interface Link {
  client: Socket
  server: Socket
  /** Nothing passes any more, and neither side is told: a cable was pulled. */
  pulled: boolean
}

/** A way to a server with the faults that networks have. It stands while the server behind it comes and goes. */
export class RoughProxy {
  readonly #server = createServer({ allowHalfOpen: true }, (client) => this.#join(client))
  readonly #links = new Set<Link>()
  readonly #target: () => number
  /** Nothing passes for now; all of it does afterwards. */
  frozen = false
  /** Each piece is held up so long, ms. */
  delayMs = 0
  /** At most so many bytes at a time; null = as they came. */
  pieces: number | null = null

  private constructor(target: () => number) {
    this.#target = target
  }

  static async to(target: () => number): Promise<RoughProxy> {
    const proxy = new RoughProxy(target)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** As a router does that has forgotten the connection. */
  reset(): void {
    for (const { client, server } of this.#links) {
      client.resetAndDestroy()
      server.resetAndDestroy()
    }
  }

  /** One side hears that the other has nothing more to say, and may go on speaking itself. */
  halfClose(which: 'client' | 'server'): void {
    for (const link of this.#links) link[which].end()
  }

  /** What is open now is dead from here on; new connections pass. Returns how many. */
  pull(): number {
    for (const link of this.#links) link.pulled = true
    return this.#links.size
  }

  close(): void {
    for (const { client, server } of this.#links) {
      client.destroy()
      server.destroy()
    }
    this.#server.close()
  }

  #join(client: Socket): void {
    const server = connect({ port: this.#target(), host: '127.0.0.1', allowHalfOpen: true })
    const link = { client, server, pulled: false }
    this.#links.add(link)
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      // How it ends is looked at, not why.
      socket.on('error', () => {})
      socket.on('close', () => {
        if (link.pulled) return
        this.#links.delete(link)
        other.destroy()
      })
      this.#carry(socket, other, link)
    }
  }

  #carry(from: Socket, to: Socket, link: Link): void {
    let carried = Promise.resolve()
    from.on('data', (bytes: Buffer) => {
      from.pause()
      carried = this.#carried(bytes, to, link).then(() => void from.resume())
    })
    from.on('end', () => void carried.then(() => this.#passes(link)).then(() => to.end()))
  }

  async #carried(bytes: Buffer, to: Socket, link: Link): Promise<void> {
    await this.#passes(link)
    for (const piece of this.#pieces(bytes)) {
      if (to.destroyed) return
      // Each piece goes out by itself.
      if (!to.write(piece)) await Promise.race([once(to, 'drain'), once(to, 'close')]).catch(() => undefined)
    }
  }

  async #passes(link: Link): Promise<void> {
    if (this.delayMs > 0) await sleep(this.delayMs)
    while ((this.frozen || link.pulled) && !isOver(link)) await sleep(LOOK_AGAIN_MS)
  }

  *#pieces(bytes: Buffer): Iterable<Buffer> {
    const size = this.pieces ?? bytes.length
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
}

function isOver({ client, server }: Link): boolean {
  return client.destroyed && server.destroyed
}
