import { availableParallelism } from 'node:os'
import { Child } from './line-child.ts'
import type { Report } from './report.ts'
import { ScaleHouse, type Used } from './scale-house.ts'
import type { FromLoad, Go, Held } from './scale-words.ts'

export const name = 'scale'

/** `CROSSCHAT_BENCH_CHANNELS`, `…_NODES`, `…_RATES` and `…_PUSHES` say other numbers, with commas between. */
const [CHANNELS = 200] = numbers('CHANNELS') ?? []
/** Of a channel, a second. */
const [PUSHES = 1] = numbers('PUSHES') ?? []
const OVERLAYS = 2
/** 0 = one alone, embedded. */
const HOUSES = numbers('NODES') ?? [0, 1, 2, 3]
/** Events a second over all channels. */
const STEPS = numbers('RATES') ?? [500, 1_000, 2_000, 4_000, 8_000, 12_000, 16_000, 24_000, 32_000]
const SPAN = { warmUpMs: 3_000, measureMs: 8_000 }
const P99_MS = 250
/** Of a core, or of all of them: whoever is busier than that is what holds it up. */
const BUSY = 0.85

export const goal = `pushed → archived and on two overlays: one node embedded, and 1, 2, 3 nodes with Redis and PostgreSQL (fsync on). Held = for ${SPAN.measureMs / 1_000} s nothing refused, all of it on all overlays, p99 from push to overlay at most ${P99_MS} ms`

interface Figures extends Held {
  perSecond: number
  /** Of one core: each node, its main thread alone, Redis, PostgreSQL, and the load itself. */
  nodes: number[]
  mains: number[]
  redis: number
  postgres: number
  load: number
  /** For each event. */
  redisBytes: number
  walBytes: number
}

export async function run(report: Report): Promise<void> {
  let alone: Figures[] = []
  for (const nodes of HOUSES) {
    const steps = await measured(nodes)
    tell(report, nameOf(nodes), steps, alone)
    if (nodes === 0) alone = steps
  }
  report.note(
    `${CHANNELS} channels with a running stream, ${OVERLAYS} overlays each, on different nodes; each channel pushes ${PUSHES} × a second, to the nodes in turn, so that of several all but one part of them is handed on to the channel's home. ${SPAN.measureMs / 1_000} s a step after ${SPAN.warmUpMs / 1_000} s to warm up.`,
  )
  report.note(
    `Load, nodes, Redis and PostgreSQL share the ${availableParallelism()} cores of this machine: more nodes bring no more cores here, and cost what they say to each other. What carries over to a bigger machine is the CPU of an event.`,
  )
}

/** As a variable of the environment names them. */
function numbers(of: string): number[] | null {
  return process.env[`CROSSCHAT_BENCH_${of}`]?.split(',').map(Number) ?? null
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
  const since = (of: Exclude<keyof Used, 'nodes' | 'mains'>) => after[of] - before[of]
  const each = (of: 'nodes' | 'mains') => after[of].map((seconds, nth) => share(seconds - (before[of][nth] ?? 0)))
  return {
    ...held,
    perSecond,
    nodes: each('nodes'),
    mains: each('mains'),
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

function tell(report: Report, where: string, steps: readonly Figures[], alone: readonly Figures[]): void {
  const held = steps.filter(isHeld)
  const most = held.at(-1)
  report.row({ what: `${where}, most held`, measured: most?.perSecond ?? 0, unit: '/s', better: 'higher' })
  for (const step of held) {
    const same = alone.find((other) => isHeld(other) && other.perSecond === step.perSecond)
    for (const what of ['p50', 'p99'] as const)
      row(report, `${where}, ${step.perSecond}/s, ${what}`, step[what], 'ms', same?.[what])
  }
  if (most !== undefined) tellCost(report, where, most, held[0])
  for (const step of steps)
    report.note(`${where}, ${step.perSecond}/s${isHeld(step) ? '' : ' NOT held'}: ${sharesOf(step)}.`)
  const over = steps.find((step) => !isHeld(step))
  report.note(`${where}: ${over === undefined ? 'no limit was found' : limitOf(over)}.`)
}

/** What an event costs where most was held, and what one more costs: what stands still has its price, too. */
function tellCost(report: Report, where: string, most: Figures, least?: Figures): void {
  const { perSecond, nodes, redis, postgres } = most
  const at = `${where}, ${perSecond}/s`
  row(report, `${at}, CPU of all nodes, an event`, perEvent(sum(nodes), most), 'µs')
  if (least !== undefined && least !== most) {
    const more = (1e6 * (sum(nodes) - sum(least.nodes))) / (perSecond - least.perSecond)
    row(report, `${where}, CPU of all nodes, one more event`, more, 'µs')
  }
  if (redis + postgres === 0) return
  row(report, `${at}, CPU of Redis, an event`, perEvent(redis, most), 'µs')
  row(report, `${at}, CPU of PostgreSQL, an event`, perEvent(postgres, most), 'µs')
  row(report, `${at}, Redis, in and out, an event`, most.redisBytes, 'B')
  row(report, `${at}, PostgreSQL, write-ahead log, an event`, most.walBytes, 'B')
}

function row(report: Report, what: string, measured: number, unit: string, alone?: number): void {
  const baseline = alone === undefined ? {} : { baseline: { what: 'embedded', measured: alone } }
  report.row({ what, measured, unit, better: 'lower', ...baseline })
}

/** µs */
function perEvent(share: number, { pushed }: Figures): number {
  return (share * SPAN.measureMs * 1_000) / Math.max(1, pushed)
}

function partsOf({ nodes, redis, postgres, load }: Figures): { name: string; share: number }[] {
  const parts = [
    ...nodes.map((share, nth) => ({ name: `node ${nth + 1}`, share })),
    { name: 'Redis', share: redis },
    { name: 'PostgreSQL', share: postgres },
    { name: 'the load', share: load },
  ]
  return parts.filter(({ share }) => share > 0)
}

function sharesOf(step: Figures): string {
  const percent = (share: number) => `${Math.round(100 * share)} %`
  const shares = partsOf(step).map(({ name, share }) => `${name} ${percent(share)}`)
  const { p50, p99, mains } = step
  return `p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms; of a core: ${shares.join(', ')}; main threads ${mains.map(percent).join(', ')}`
}

/** What stood in the way: a thread of one core that is used up, or all cores of this machine. */
function limitOf(step: Figures): string {
  const { perSecond, refused, arrived, due, p99, mains, redis, load } = step
  const cores = availableParallelism()
  // PostgreSQL has many processes, and a node many threads: those alone that cannot use a second core.
  const threads = [
    ...mains.map((share, nth) => ({ name: `the main thread of node ${nth + 1}`, share })),
    { name: 'Redis', share: redis },
    { name: 'the load', share: load },
  ]
  const busiest = threads.reduce((one, other) => (other.share > one.share ? other : one))
  const used = sum(partsOf(step).map(({ share }) => share))
  const what =
    used >= BUSY * cores
      ? `the ${cores} cores of this machine`
      : busiest.share >= BUSY
        ? busiest.name
        : `nothing of these, which use ${used.toFixed(1)} of ${cores} cores: the disk, or what else the machine does`
  return `at ${perSecond}/s p99 ${Math.round(p99)} ms, ${refused} pushes refused, ${due - arrived} of ${due} not there in time; the limit is ${what}`
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
