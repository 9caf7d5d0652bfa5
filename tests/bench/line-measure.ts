import { Child } from './line-child.ts'
import type { Ended, FromClients, FromServer, Go, Seen, Tell } from './line-words.ts'
import type { SlowDisk } from './slow-disk.ts'

/** One load on one server, and what came of it. */

export interface Load {
  clients: number
  perSecond: number
}
/** ms */
export interface Span {
  warmUpMs: number
  measureMs: number
}
/** How long what was submitted may take to arrive, before the figures are taken from what did. */
export const ARRIVE_WITHIN_MS = 5_000

/** ms */
export interface Measured {
  first: Seen
  last: Seen
  /** From the end of the load to the last message at the last client; null when some did not come in time. */
  afterEnd: number | null
  missing: number
  cpu: number
}
/** `archived`: while a stream runs that keeps all of it. `disk`: which is slow from the moment on at which all is ready. */
export type Server = { name: 'line-server' | 'line-seed'; archived?: boolean; disk?: SlowDisk }

export async function measure({ name, archived = false, disk }: Server, load: Load, span: Span): Promise<Measured> {
  const { clients: count, perSecond } = load
  const serving = new Child<FromServer>(name, archived ? ['archived'] : [], disk)
  const { url, hello } = await serving.hear('listening')
  disk?.slow()
  const clients = new Child<FromClients>('line-clients', [url, String(count), ...(hello === null ? [] : [hello])])
  await clients.hear('connected')
  serving.say({ perSecond, ...span } satisfies Go)
  const ended = await serving.hear('ended')
  const { measured, submitted } = ended
  clients.say({ measured, submitted, withinMs: ARRIVE_WITHIN_MS } satisfies Tell)
  const { first, last } = await clients.hear('seen')
  await clients.end()
  disk?.well()
  await serving.end()
  return summary(ended, first, last)
}

function summary({ submitted, at, cpu }: Ended, first: Seen, last: Seen): Measured {
  const missing = submitted - Math.min(first.arrived, last.arrived)
  return { first: inMs(first), last: inMs(last), afterEnd: missing > 0 ? null : (last.at - at) / 1_000, missing, cpu }
}

function inMs(seen: Seen): Seen {
  return { ...seen, p50: seen.p50 / 1_000, p99: seen.p99 / 1_000 }
}
