import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A delivery as it came. */
export interface Received {
  headers: IncomingMessage['headers']
  body: string
}
/** How a delivery is answered; the default is 204. */
export type Answering = (res: ServerResponse, nth: number) => void

/** Somebody's bot: writes down what is delivered, and answers as it is told to. */
export class WebhookReceiver {
  readonly received: Received[] = []
  connections = 0
  answering: Answering = (res) => res.writeHead(204).end()
  readonly #server: Server
  #waiting: (() => void)[] = []

  private constructor() {
    this.#server = createServer((req, res) => void this.#take(req, res))
    this.#server.on('connection', () => {
      this.connections++
    })
  }

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver()
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve))
    return receiver
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`
  }

  /** Resolves once what came fits. */
  async until(fits: (received: readonly Received[]) => boolean): Promise<void> {
    while (!fits(this.received)) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** All events of all deliveries, in the order in which they came. */
  get events(): Record<string, unknown>[] {
    return this.received.flatMap(({ body }) => (JSON.parse(body) as { events: Record<string, unknown>[] }).events)
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #take(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    this.received.push({ headers: req.headers, body: Buffer.concat(chunks).toString() })
    this.answering(res, this.received.length)
    for (const wake of this.#waiting.splice(0)) wake()
  }
}
