import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Upgrades } from './channels/upgrade.ts'
import { mostConnections, tellTurnedAway } from './descriptors.ts'
import type { Log } from './log.ts'

const HEADERS_WITHIN_MS = 10_000
const REQUEST_WITHIN_MS = 30_000
const KEEP_ALIVE_MS = 5_000
const CHECK_EVERY_MS = 2_000
const MAX_HEADER_BYTES = 16 * 1_024
const CLOSE_WITHIN_MS = 2_000

/** It does not listen yet. */
export function makeServer(listener: RequestListener, upgrades: Upgrades, log: Log): Server {
  const made = createServer({ maxHeaderSize: MAX_HEADER_BYTES, connectionsCheckingInterval: CHECK_EVERY_MS }, listener)
  made.headersTimeout = HEADERS_WITHIN_MS
  made.requestTimeout = REQUEST_WITHIN_MS
  made.keepAliveTimeout = KEEP_ALIVE_MS
  made.maxConnections = mostConnections()
  tellTurnedAway(made, made.maxConnections, log)
  made.on('upgrade', (req, socket, head) => upgrades.handle(req, socket, head))
  return made
}

export function listening(server: Server, port: number, host: string): Promise<string> {
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
export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
