import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Upgrades } from './channels/upgrade.ts'
import type { Config } from './config.ts'
import { CrossChatError } from './errors.ts'
import { closed, listening, makeServer } from './listening.ts'
import type { Log } from './log.ts'
import type { Parts } from './parts/index.ts'

/** What stands once all is open. */
export interface Opened {
  parts: Parts
  listener: RequestListener
  upgrades: Upgrades
}
export interface WholeParts {
  open(): Promise<Opened>
  config: Pick<Config, 'port' | 'host' | 'drainMs'>
  log: Log
}

/** One server from the first call for it to its end. */
export class Whole {
  readonly #parts: WholeParts
  #opened: Promise<Opened> | null = null
  #starting: Promise<string> | null = null
  #closing: Promise<void> | null = null
  #server: Server | null = null
  #address: string | null = null
  /** Its parts are closed; nothing is answered any more. */
  #gone = false

  constructor(parts: WholeParts) {
    this.#parts = parts
  }

  get address(): string | null {
    return this.#address
  }

  opened(): Promise<Opened> {
    if (this.#gone) return Promise.reject(new CrossChatError('stopping'))
    this.#opened ??= this.#parts.open()
    return this.#opened
  }

  listen(): Promise<string> {
    if (this.#closing !== null) return Promise.reject(new CrossChatError('stopping'))
    this.#starting ??= this.#listen()
    return this.#starting
  }

  close(): Promise<void> {
    this.#closing ??= this.#stop()
    return this.#closing
  }

  answer(req: IncomingMessage, res: ServerResponse): void {
    this.opened().then(
      ({ listener }) => listener(req, res),
      (error: unknown) => {
        if (!this.#gone) this.#parts.log.fatal({ err: error }, 'CrossChat could not start')
        res.writeHead(503).end()
      },
    )
  }

  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.opened().then(
      ({ upgrades }) => upgrades.handle(req, socket, head),
      () => socket.destroy(),
    )
  }

  async #listen(): Promise<string> {
    const { parts, listener, upgrades } = await this.opened()
    const { config, log } = this.#parts
    const server = makeServer(listener, upgrades, log)
    try {
      this.#address = await listening(server, config.port, config.host)
    } catch (error) {
      // The threads that run would keep a process alive that nobody can reach. It may be tried again.
      await parts.close()
      this.#opened = this.#starting = null
      throw error
    }
    // A connection that could not be taken, as when file descriptors run out, ends no server.
    server.on('error', (error) => log.error({ err: error }, 'a connection could not be taken'))
    this.#server = server
    parts.listens(this.#address)
    return this.#address
  }

  async #stop(): Promise<void> {
    this.#gone = this.#opened === null
    // What is being started is up before it is taken down, so that nothing of it is left behind.
    await this.#starting?.catch(() => undefined)
    const parts = await this.#opened?.then(
      ({ parts }) => parts,
      () => undefined,
    )
    if (this.#server !== null) await stayUnready(parts, this.#parts.config.drainMs)
    this.#server?.close()
    this.#server?.closeIdleConnections()
    await parts?.close()
    this.#gone = true
    if (this.#server !== null) await closed(this.#server)
  }
}

/** Whoever spreads calls over several servers sees that this one goes, and sends no more. */
async function stayUnready(parts: Parts | undefined, ms: number): Promise<void> {
  parts?.leave()
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
}
