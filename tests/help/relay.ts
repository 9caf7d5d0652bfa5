import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

/** Stands between a page and a server, and changes the frames that the server sends. */
export class Relay {
  readonly #port: number
  readonly #change: (frame: string) => string
  readonly #server: Server
  readonly #sockets = new WebSocketServer({ noServer: true })

  constructor(port: number, change: (frame: string) => string) {
    this.#port = port
    this.#change = change
    this.#server = createServer((incoming, response) => this.#pass(incoming, response))
    this.#server.on('upgrade', (incoming, socket, head) => {
      this.#sockets.handleUpgrade(incoming, socket, head, (page) => this.#join(page, incoming))
    })
  }

  static async to(port: number, change: (frame: string) => string): Promise<Relay> {
    const relay = new Relay(port, change)
    await new Promise<void>((done) => relay.#server.listen(0, '127.0.0.1', done))
    return relay
  }

  get base(): string {
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  close(): void {
    for (const page of this.#sockets.clients) page.terminate()
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #pass(incoming: IncomingMessage, response: ServerResponse): void {
    const { method, url: path, headers } = incoming
    const onward = request({ host: '127.0.0.1', port: this.#port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    incoming.pipe(onward)
  }

  #join(page: WebSocket, { url, headers }: IncomingMessage): void {
    const { origin = '', 'user-agent': agent = '' } = headers
    const server = new WebSocket(`ws://127.0.0.1:${this.#port}${url}`, { headers: { origin, 'user-agent': agent } })
    const early: string[] = []
    page.on('message', (data) =>
      server.readyState === WebSocket.OPEN ? server.send(String(data)) : early.push(String(data)),
    )
    server.on('open', () => early.forEach((frame) => void server.send(frame)))
    server.on('message', (data) => {
      page.send(this.#change(String(data)))
    })
    server.on('close', () => page.terminate())
    server.on('error', () => page.terminate())
    page.on('close', () => server.terminate())
  }
}
