import { availableParallelism } from 'node:os'
import { Child } from './line-child.ts'
import type { Report } from './report.ts'
import { ScaleHouse, type Used } from './scale-house.ts'
import type { FromLoad, Go, Held } from './scale-words.ts'

export const name = 'scale'
export const goal =
  'pushed → archived and on two overlays: one node embedded, and 1, 2, 3 nodes with Redis and PostgreSQL (fsync on), up to the load at which p99 passes 250 ms or something is refused'

const CHANNELS = Number(process.env.CROSSCHAT_BENCH_CHANNELS ?? 50)
const OVERLAYS = 2
const HOUSES = [0, 1, 2, 3]
/** Events a second over all channels. */
const STEPS = [250, 500, 1_000, 2_000, 4_000, 8_000]
/** At which houses are held against each other. */
const COMMON = 500
const SPAN = { warmUpMs: 3_000, measureMs: 10_000 }
const P99_MS = 250
/** Of a core, or of all of them: whoever is busier than that is what holds it up. */
const BUSY = 0.85

interface Figures extends Held {
  perSecond: number
  /** Of one core: each node, Redis, PostgreSQL, and the load itself. */
  nodes: number[]
  redis: number
  postgres: number
  load: number
  /** For each event. */
  redisBytes: number
  walBytes: number
}

export async function run(report: Report): Promise<void> {
  let alone: Figures | null = null
  for (const nodes of HOUSES) {
    const steps = await measured(nodes)
    const common = steps.find(({ perSecond }) => perSecond === COMMON)
    if (common !== undefined) rows(report, nameOf(nodes), common, alone)
    if (nodes === 0) alone = common ?? null
    const held = steps.findLast(isHeld)
    report.row({ what: `${nameOf(nodes)}, most held`, measured: held?.perSecond ?? 0, unit: '/s', better: 'higher' })
    const over = steps.find((step) => !isHeld(step))
    report.note(`${nameOf(nodes)}: ${over === undefined ? 'no limit was found' : limitOf(over)}.`)
  }
  report.note(
    `${CHANNELS} channels with a running stream, ${OVERLAYS} overlays each, on different nodes; pushes go to the nodes in turn. ${SPAN.measureMs / 1_000} s a step after ${SPAN.warmUpMs / 1_000} s to warm up.`,
  )
  report.note(
    `Load, nodes, Redis and PostgreSQL share the ${availableParallelism()} cores of this machine: more nodes bring no more cores here, and cost what they say to each other.`,
  )
}

function nameOf(nodes: number): string {
  if (nodes === 0) return 'embedded'
  return nodes === 1 ? '1 node' : `${nodes} nodes`
}

async function measured(nodes: number): Promise<Figures[]> {
  const house = await ScaleHouse.open(nodes)
  const load = new Child<FromLoad>('scale-load')
  const tenants = await house.furnish(CHANNELS, OVERLAYS)
  load.say({ type: 'begin', bases: house.bases, tenants })
  await load.hear('connected')
  const steps: Figures[] = []
  for (const perSecond of STEPS) {
    const step = await oneStep(house, load, perSecond)
    steps.push(step)
    if (!isHeld(step)) break
  }
  await load.end()
  await house.close()
  return steps
}

async function oneStep(house: ScaleHouse, load: Child<FromLoad>, perSecond: number): Promise<Figures> {
  load.say({ type: 'go', perSecond, ...SPAN } satisfies Go)
  await load.hear('warm')
  const [before, loadBefore] = [await house.used(), load.seconds]
  await load.hear('measured')
  const [after, loadAfter] = [await house.used(), load.seconds]
  const held = await load.hear('held')
  const share = (seconds: number) => seconds / (SPAN.measureMs / 1_000)
  const since = (of: Exclude<keyof Used, 'nodes'>) => after[of] - before[of]
  return {
    ...held,
    perSecond,
    nodes: after.nodes.map((seconds, nth) => share(seconds - (before.nodes[nth] ?? 0))),
    redis: share(since('redis')),
    postgres: share(since('postgres')),
    load: share(loadAfter - loadBefore),
    redisBytes: since('redisBytes') / Math.max(1, held.pushed),
    walBytes: since('walBytes') / Math.max(1, held.pushed),
  }
}

function isHeld({ refused, arrived, due, p99 }: Figures): boolean {
  return refused === 0 && arrived >= due && p99 <= P99_MS
}

function rows(report: Report, where: string, step: Figures, alone: Figures | null): void {
  const row = (what: string, measured: number, unit: string, baseline?: number) =>
    report.row({
      what: `${where}, ${step.perSecond}/s, ${what}`,
      measured,
      unit,
      better: 'lower',
      ...(baseline !== undefined && { baseline: { what: 'embedded', measured: baseline } }),
    })
  row('p50', step.p50, 'ms', alone?.p50)
  row('p99', step.p99, 'ms', alone?.p99)
  row(
    'CPU of a node',
    (100 * sum(step.nodes)) / step.nodes.length,
    '% CPU',
    alone === null ? undefined : 100 * sum(alone.nodes),
  )
  row(
    'CPU of all nodes, an event',
    perEvent(sum(step.nodes), step),
    'µs',
    alone === null ? undefined : perEvent(sum(alone.nodes), alone),
  )
  if (step.redis + step.postgres === 0) return
  row('CPU of Redis, an event', perEvent(step.redis, step), 'µs')
  row('CPU of PostgreSQL, an event', perEvent(step.postgres, step), 'µs')
  row('Redis, in and out, an event', step.redisBytes, 'B')
  row('PostgreSQL, write-ahead log, an event', step.walBytes, 'B')
}

/** µs */
function perEvent(share: number, { pushed }: Figures): number {
  return (share * SPAN.measureMs * 1_000) / Math.max(1, pushed)
}

/** What stood in the way: a thread of one core that is used up, or all cores of this machine. */
function limitOf(step: Figures): string {
  const { perSecond, refused, arrived, due, p99, nodes, redis, postgres, load } = step
  const cores = availableParallelism()
  const all = sum(nodes) + redis + postgres + load
  const parts = [
    ...nodes.map((share, nth) => ({ name: `node ${nth + 1}`, share })),
    { name: 'Redis', share: redis },
    { name: 'PostgreSQL', share: postgres },
    { name: 'the load', share: load },
  ].filter(({ share }) => share > 0)
  const shares = parts.map(({ name, share }) => `${name} ${Math.round(100 * share)} %`).join(', ')
  const busiest = parts.reduce((one, other) => (other.share > one.share ? other : one))
  const what =
    all >= BUSY * cores
      ? `the ${cores} cores of this machine`
      : busiest.share >= BUSY
        ? busiest.name
        : 'no core of these: the disk, or what else the machine does'
  return `at ${perSecond}/s p99 ${Math.round(p99)} ms, ${refused} pushes refused, ${due - arrived} of ${due} not there in time; the limit is ${what} (of a core: ${shares})`
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
