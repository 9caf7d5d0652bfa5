import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OverlayView } from '../../server/api/overlays.ts'
import { makeHistory, PASSWORD, USERNAME } from './archive-history.ts'
import type { FromArchiveServer } from './archive-words.ts'
import { Child } from './line-child.ts'
import { percentile } from './line-percentile.ts'
import { Client } from './neighbour-client.ts'
import {
  FLOODS,
  type Flood,
  type FromFlooder,
  type FromNeighbour,
  type Go,
  type Who,
  type Write,
} from './neighbour-words.ts'
import type { Report } from './report.ts'
import { flagsOfStart } from './start-flags.ts'

export const name = 'neighbour'
export const goal =
  'one tenant floods as hard as the house lets them: a neighbour’s message reaches its overlay within 100 ms at p99, and at most twice as late as beside nobody'

/** Of the flooding tenant. */
const EVENTS = Number(process.env.CROSSCHAT_BENCH_EVENTS ?? 200_000)
const STREAMS = 40
const SEED = 7
const ROUNDS = Number(process.env.CROSSCHAT_BENCH_ROUNDS ?? 3)
const SPAN_MS = 6_000
/** The flood runs for so long before it is measured beside it. */
const LEAD_MS = 1_000
const WARM_UP_MS = 4_000
const P99_MS = 100
const TIMES = 2
/** Of /proc, on every Linux that Node runs on. */
const TICKS_A_SECOND = 100

type Server = Child<FromArchiveServer>
type Neighbour = Child<FromNeighbour>
type Flooder = Child<FromFlooder>
/** What one flood was, over all rounds; beside it the time without any, in the same rounds. */
interface Measured {
  shown: number[]
  answered: number[]
  quiet: number[]
  quietAnswered: number[]
  server: number[]
  flooder: number[]
  answers: Map<string, number>
}
const KINDS: readonly (readonly [what: string, floods: readonly Flood[]])[] = [
  ['pushes of 500 messages', ['push']],
  ['sign-ins with wrong passwords', ['signIn']],
  ['exports of a long stream', ['exports']],
  ['searches through a long history', ['searches']],
  ['pages of transcripts', ['reads']],
  ['changes of rules and looks', ['changes']],
  ['overlays that come and go', ['pages']],
  ['all of it at once', FLOODS],
]

export async function run(report: Report): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'crosschat-bench-'))
  try {
    const history = await makeHistory({ dataDir, events: EVENTS, streams: STREAMS, seed: SEED })
    const server: Server = new Child('archive-server', [dataDir], { flags: await flagsOfStart() })
    const { base } = await server.hear('ready')
    const loud = await enter(base, 'login', USERNAME)
    const quiet = await enter(base, 'register', 'quiet_otter')
    const neighbour: Neighbour = new Child('neighbour-victim', [JSON.stringify(quiet)])
    await neighbour.hear('ready')
    const flooder: Flooder = new Child('neighbour-flooder', [JSON.stringify(loud), history.longest.id, loud.overlay])
    await flooder.hear('ready')
    await write(neighbour, WARM_UP_MS)
    for (const [what, floods] of wanted()) rows(report, what, await beside({ server, neighbour, flooder }, floods))
    await flooder.end()
    await neighbour.end()
    await server.end()
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
  report.note(
    `${ROUNDS} rounds of ${SPAN_MS / 1_000} s beside nobody and ${SPAN_MS / 1_000} s beside the flood, in turns; 50 messages a second, each in a call of its own.`,
  )
  report.note(
    'From the call that hands a message over to the frame at the overlay, both in one process, which shares the machine with the server and with the flooding one; that one has the lowest priority.',
  )
}

/** `CROSSCHAT_BENCH_FLOODS=push,pages` tries some of them. */
function wanted(): typeof KINDS {
  const names = process.env.CROSSCHAT_BENCH_FLOODS?.split(',')
  return names === undefined
    ? KINDS
    : KINDS.filter(([, floods]) => names.includes(floods.length > 1 ? 'all' : `${floods[0]}`))
}

/** An account with a running stream. */
async function enter(base: string, by: 'login' | 'register', username: string): Promise<Who & { overlay: string }> {
  const answer = await fetch(`${base}/api/auth/${by}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ username, password: PASSWORD }),
  })
  if (!answer.ok) throw new Error(`${by} was answered with ${answer.status}: ${await answer.text()}`)
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const client = new Client(base, cookie)
  await client.ask({ method: 'POST', path: '/api/streams', body: '{"title":"Tonight"}' })
  const { items }: { items: OverlayView[] } = JSON.parse((await client.ask({ path: '/api/overlays' })).text)
  client.close()
  const [overlay] = items
  return { base, cookie, key: overlay?.url.split('#')[1] ?? '', overlay: overlay?.id ?? '' }
}

async function beside(parts: { server: Server; neighbour: Neighbour; flooder: Flooder }, floods: readonly Flood[]) {
  const { server, neighbour, flooder } = parts
  const measured: Measured = {
    ...{ shown: [], answered: [], quiet: [], quietAnswered: [], server: [], flooder: [] },
    answers: new Map(),
  }
  for (let round = 0; round < ROUNDS; round++) {
    const without = await write(neighbour, SPAN_MS)
    measured.quiet.push(...without.shown)
    measured.quietAnswered.push(...without.answered)
    flooder.say({ floods } satisfies Go)
    await pause(LEAD_MS)
    const [began, before] = [performance.now(), await cpuOf(server.pid)]
    const during = await write(neighbour, SPAN_MS)
    measured.server.push((100_000 * ((await cpuOf(server.pid)) - before)) / (performance.now() - began))
    measured.shown.push(...during.shown)
    measured.answered.push(...during.answered)
    const done = flooder.hear('done')
    flooder.say({ floods: [] } satisfies Go)
    const { answers, cpu } = await done
    measured.flooder.push(cpu)
    for (const [flood, codes] of Object.entries(answers)) {
      for (const [code, times] of Object.entries(codes)) {
        const key = `${flood} ${code}`
        measured.answers.set(key, (measured.answers.get(key) ?? 0) + times)
      }
    }
    if (during.missing + without.missing > 0) throw new Error(`${during.missing} messages did not arrive.`)
  }
  return measured
}

async function write(neighbour: Neighbour, forMs: number) {
  const seen = neighbour.hear('seen')
  neighbour.say({ forMs } satisfies Write)
  return seen
}

function rows(report: Report, what: string, measured: Measured): void {
  const { shown, answered, quiet, quietAnswered } = measured
  const row = (which: string, share: number, values: number[], without: number[], judged = false) => {
    const [slow, alone] = [percentile(values, share), percentile(without, share)]
    report.row({
      what: `${what}: ${which}`,
      measured: slow,
      unit: 'ms',
      better: 'lower',
      baseline: { what: 'beside nobody', measured: alone },
      ...(judged && {
        goal: { text: `≤ ${P99_MS} ms, ≤ ${TIMES} × as late`, met: slow <= P99_MS && slow <= TIMES * alone },
      }),
    })
  }
  row('shown, p50', 0.5, shown, quiet)
  row('shown, p99', 0.99, shown, quiet, true)
  row('answered, p99', 0.99, answered, quietAnswered)
  const mean = (values: number[]) => Math.round(values.reduce((sum, value) => sum + value, 0) / values.length)
  const came = [...measured.answers].map(([answer, times]) => `${times} × ${answer}`).join(', ')
  report.note(`${what}: server ${mean(measured.server)} % CPU, flood ${mean(measured.flooder)} %; ${came}.`)
}

/** CPU seconds of a process. */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
