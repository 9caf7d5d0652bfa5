import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** Of one connection each. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding'])

/**
 * One address in front of several servers: each call and each socket goes to the next of them. What is said passes as it came, and nothing is
 * added: a server cannot tell that this stands in between.
 */
export class InTurn {
  readonly #ports: readonly number[]
  readonly #server = createServer((incoming, answer) => this.#pass(incoming, answer))
  readonly #sockets = new Set<Duplex>()
  #turn = 0

  private constructor(ports: readonly number[]) {
    this.#ports = ports
    this.#server.on('upgrade', (incoming, socket, head) => this.#join(incoming, socket, head))
  }

  static async before(ports: readonly number[], port = 0): Promise<InTurn> {
    const front = new InTurn(ports)
    front.#server.listen(port, '127.0.0.1')
    await once(front.#server, 'listening')
    return front
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #next(): number {
    return this.#ports[this.#turn++ % this.#ports.length] ?? 0
  }

  #pass(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method, url: path, rawHeaders: headers } = incoming
    const onward = request({ host: '127.0.0.1', port: this.#next(), method, path, headers, agent: false }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.statusMessage, ofThisHop(came.rawHeaders))
      came.on('error', () => answer.destroy())
      came.pipe(answer)
      // Whoever answers before all has come reads no more, and may hang up on the rest: its answer stands.
      incoming.unpipe(onward)
      incoming.resume()
    })
    onward.on('error', () => {
      if (!answer.headersSent) answer.destroy()
    })
    answer.on('close', () => onward.destroy())
    incoming.pipe(onward)
  }

  #join({ method, url, rawHeaders }: IncomingMessage, page: Duplex, head: Buffer): void {
    const server = connect(this.#next(), '127.0.0.1')
    server.write(`${method} ${url} HTTP/1.1\r\n${linesOf(rawHeaders)}\r\n`)
    server.write(head)
    for (const [from, to] of [
      [page, server],
      [server, page],
    ] as const) {
      this.#sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        this.#sockets.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  }
}

/** Names and values in turn, as they stand on the wire. */
function pairsOf(raw: readonly string[]): [name: string, value: string][] {
  return raw.flatMap((name, nth) => (nth % 2 === 0 ? [[name, raw[nth + 1] ?? '']] : []))
}

function ofThisHop(raw: readonly string[]): string[] {
  return pairsOf(raw)
    .filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()))
    .flat()
}

function linesOf(raw: readonly string[]): string {
  return pairsOf(raw)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
}
