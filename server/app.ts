import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { pageStream } from './channels/page-stream.ts'
import { Upgrades } from './channels/upgrade.ts'
import { isGiven, loadConfig } from './config.ts'
import type { CrossChatOptions, CrossChat as PublicCrossChat } from './crosschat.ts'
import { mostConnections, tellTurnedAway } from './descriptors.ts'
import { CrossChatError } from './errors.ts'
import { createLog, type Log } from './log.ts'
import { standardOutput } from './log-sink.ts'
import { LogTail } from './log-tail.ts'
import { buildOf } from './middleware/files.ts'
import { openParts, type Parts } from './parts/index.ts'
import { createHandler } from './routes/index.ts'

/** What is given to the outside, and more for whoever looks inside. */
export interface CrossChat extends PublicCrossChat {
  readonly log: Log
  /** The parts, once started. */
  parts(): Promise<Parts>
}

const HEADERS_WITHIN_MS = 10_000
const REQUEST_WITHIN_MS = 30_000
const KEEP_ALIVE_MS = 5_000
const CHECK_EVERY_MS = 2_000
const MAX_HEADER_BYTES = 16 * 1_024
const CLOSE_WITHIN_MS = 2_000

/** `dist/server/app.js` and `server/app.ts` both find the built pages. */
function builtPages(): string {
  const up = import.meta.url.endsWith('.ts') ? '../dist/pages' : '../pages'
  return fileURLToPath(new URL(up, import.meta.url))
}

/** Throws ConfigError at once when the settings do not fit. Two of them can live in one process. */
export function createCrossChat({
  env = process.env,
  pagesDir = builtPages(),
  logTo = standardOutput(),
}: CrossChatOptions = {}): CrossChat {
  const config = loadConfig(env)
  const logTail = new LogTail()
  const log = createLog(config.logLevel, logTo, logTail)
  const droppedLines = () => logTo.dropped ?? 0
  let server: Server | null = null
  let address: string | null = null
  let whole: ReturnType<typeof open> | null = null
  let starting: Promise<string> | null = null
  let closing: Promise<void> | null = null
  /** Its parts are closed; nothing is answered any more. */
  let gone = false

  async function open() {
    const build = buildOf(pagesDir)
    const registrationFixed = isGiven(env, 'CROSSCHAT_REGISTRATION')
    const parts = await openParts({ config, log, logTail, droppedLines, build, registrationFixed })
    const app = createHandler(parts.house, pagesDir, [pageStream(parts.upgrade)])
    return { parts, listener: app.callback(), upgrades: new Upgrades(parts.upgrade) }
  }
  const opened = () => {
    if (gone) return Promise.reject(new CrossChatError('stopping'))
    whole ??= open()
    return whole
  }

  async function startListening(): Promise<string> {
    const { parts, listener, upgrades } = await opened()
    const made = createServer(
      { maxHeaderSize: MAX_HEADER_BYTES, connectionsCheckingInterval: CHECK_EVERY_MS },
      listener,
    )
    made.headersTimeout = HEADERS_WITHIN_MS
    made.requestTimeout = REQUEST_WITHIN_MS
    made.keepAliveTimeout = KEEP_ALIVE_MS
    made.maxConnections = mostConnections()
    tellTurnedAway(made, made.maxConnections, log)
    made.on('upgrade', (req, socket, head) => upgrades.handle(req, socket, head))
    try {
      address = await listening(made, config.port, config.host)
    } catch (error) {
      // The threads that run would keep a process alive that nobody can reach. It may be tried again.
      await parts.close()
      whole = starting = null
      throw error
    }
    // A connection that could not be taken, as when file descriptors run out, ends no server.
    made.on('error', (error) => log.error({ err: error }, 'a connection could not be taken'))
    server = made
    parts.listens(address)
    return address
  }

  async function stop(): Promise<void> {
    gone = whole === null
    // What is being started is up before it is taken down, so that nothing of it is left behind.
    await starting?.catch(() => undefined)
    const parts = await whole?.then(
      ({ parts }) => parts,
      () => undefined,
    )
    if (server !== null) await stayUnready(parts, config.drainMs)
    server?.close()
    server?.closeIdleConnections()
    await parts?.close()
    gone = true
    if (server !== null) await closed(server)
  }

  return {
    listen() {
      if (closing !== null) return Promise.reject(new CrossChatError('stopping'))
      starting ??= startListening()
      return starting
    },
    async start() {
      await opened()
    },
    close() {
      closing ??= stop()
      return closing
    },
    handler(req, res) {
      opened().then(
        ({ listener }) => listener(req, res),
        (error: unknown) => {
          if (!gone) log.fatal({ err: error }, 'CrossChat could not start')
          res.writeHead(503).end()
        },
      )
    },
    upgrade(req, socket, head) {
      opened().then(
        ({ upgrades }) => upgrades.handle(req, socket, head),
        () => socket.destroy(),
      )
    },
    get address() {
      return address
    },
    log,
    parts: async () => (await opened()).parts,
  }
}

/** Whoever spreads calls over several servers sees that this one goes, and sends no more. */
async function stayUnready(parts: Parts | undefined, ms: number): Promise<void> {
  parts?.leave()
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
}

function listening(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(unheard(error, port, host)))
    server.listen(port, host, () => {
      const { port: given } = server.address() as AddressInfo
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${given}`)
    })
  })
}

/** Why it cannot listen, and what would help. */
function unheard(error: Error, port: number, host: string): Error {
  const code = 'code' in error ? error.code : ''
  if (code === 'EADDRINUSE')
    return new Error(
      `Port ${port} of ${host} is taken by another program. Stop that one, or set PORT to another number; 0 picks a free one.`,
    )
  if (code === 'EACCES')
    return new Error(`This user may not listen on port ${port}. Set PORT to a number from 1024 on.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Error(`${host} is no address of this machine. Set HOST to one that is; 0.0.0.0 stands for all of them.`)
  return error
}

/** Sockets that do not go by themselves are cut: `server.close` alone would wait for them for ever. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
