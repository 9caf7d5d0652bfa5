import { Child } from './line-child.ts'
import type { Report } from './report.ts'
import { flagsOfStart } from './start-flags.ts'
import type { FromClients, FromServer, Go, Look, Tell } from './tenants-words.ts'

export const name = 'tenants'
export const goal = '1,000 channels × 10 events/s × 2 overlays each in one process: p99 ≤ 20 ms, no growth over 60 s'

const CHANNELS = 1_000
const OVERLAYS = 2
const PER_SECOND = 10
/** By then a channel has as many events in its window as it keeps. */
const WARM_UP_MS = 55_000
const MEASURE_MS = 60_000
const ARRIVE_WITHIN_MS = 5_000
const P99_MS = 20
const MAY_GROW = 1.05
const MB = 1_000_000

type Server = Child<FromServer>
type Clients = Child<FromClients>

export async function run(report: Report): Promise<void> {
  const server: Server = new Child('tenants-server', [String(CHANNELS), String(OVERLAYS)], {
    flags: [...(await flagsOfStart()), '--expose-gc'],
  })
  const { url, keys } = await server.hear('listening')
  const clients: Clients = new Child('tenants-clients', [url])
  await clients.hear('ready')
  const connected = clients.hear('connected')
  clients.say({ keys })
  await connected
  await load(server, clients, WARM_UP_MS)
  const before = await held(server)
  const { ended, seen } = await load(server, clients, MEASURE_MS)
  const after = await held(server)
  await clients.end()
  await server.end()

  const row = (what: string, measured: number, unit: string, goal?: { text: string; met: boolean }) =>
    report.row({ what, measured, unit, better: 'lower', ...(goal !== undefined && { goal }) })
  row('shown, p50', seen.p50, 'ms')
  row('shown, p99', seen.p99, 'ms', { text: `≤ ${P99_MS} ms`, met: seen.p99 <= P99_MS })
  row('shown, the latest of all', seen.longest, 'ms')
  const missing = (ended.submitted - ended.refused) * OVERLAYS - seen.arrived
  row(`refused, of ${ended.submitted.toLocaleString('en')}`, ended.refused, '', { text: '0', met: ended.refused === 0 })
  row(`not shown, of ${((ended.submitted - ended.refused) * OVERLAYS).toLocaleString('en')}`, missing, '', {
    text: '0',
    met: missing === 0,
  })
  row('CPU of the server, with the making of the load', ended.cpu, '% CPU')
  const grew = (what: string, then: number, now: number) =>
    report.row({
      what,
      measured: now / MB,
      unit: 'MB',
      better: 'lower',
      baseline: { what: `${MEASURE_MS / 1_000} s before`, measured: then / MB },
      goal: { text: 'no growth', met: now <= then * MAY_GROW },
    })
  grew('heap of the main thread after a collection', before.heap, after.heap)
  grew('resident memory', before.rss, after.rss)
  report.note(
    `${MEASURE_MS / 1_000} s after ${WARM_UP_MS / 1_000} s that fill the windows; each event is a push of its own, and each overlay reads.`,
  )
}

async function load(server: Server, clients: Clients, forMs: number) {
  const ending = server.hear('ended')
  server.say({ perSecond: PER_SECOND, forMs } satisfies Go)
  const ended = await ending
  const seeing = clients.hear('seen')
  clients.say({ expected: (ended.submitted - ended.refused) * OVERLAYS, withinMs: ARRIVE_WITHIN_MS } satisfies Tell)
  return { ended, seen: await seeing }
}

function held(server: Server) {
  const answer = server.hear('held')
  server.say({ type: 'look' } satisfies Look)
  return answer
}
