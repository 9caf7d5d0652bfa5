import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The way out of a browser: a proxy that notes every host it is asked for and leads nowhere. What a page asks of this
 * machine does not come by here.
 */
export class Sink {
  /** Hosts, in the order in which they were asked for. */
  readonly asked: string[] = []
  readonly #server: Server
  #heard: (() => void)[] = []

  constructor() {
    this.#server = createServer((request, response) => {
      this.#note(new URL(request.url ?? '', 'http://nameless').hostname)
      response.writeHead(502).end()
    })
    this.#server.on('connect', (request, socket) => {
      this.#note(new URL(`https://${request.url}`).hostname)
      socket.on('error', () => {})
      socket.end('HTTP/1.1 502 Nowhere\r\n\r\n')
    })
  }

  static async open(): Promise<Sink> {
    const sink = new Sink()
    await new Promise<void>((done) => sink.#server.listen(0, '127.0.0.1', done))
    return sink
  }

  /** For a browser's context. */
  get proxy(): { server: string; bypass: string } {
    const { port } = this.#server.address() as AddressInfo
    return { server: `http://127.0.0.1:${port}`, bypass: '127.0.0.1' }
  }

  /** Resolves once this host was asked for. */
  async until(host: string): Promise<void> {
    while (!this.asked.includes(host)) await new Promise<void>((done) => this.#heard.push(done))
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #note(host: string): void {
    this.asked.push(host)
    for (const wake of this.#heard.splice(0)) wake()
  }
}
