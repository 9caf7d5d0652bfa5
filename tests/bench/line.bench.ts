import { ARRIVE_WITHIN_MS, type Load, type Measured, measure, type Span } from './line-measure.ts'
import type { Report } from './report.ts'

export const name = 'line'
export const goal =
  'native payload → worker → normalise → ring → main → client: p50 ≤ 0.2, 1.5, 15 ms, p99 ≤ 1, 6, 40 ms, no backlog; 1 client: ≥ 50 × lower p50 than the seed’s shape'

interface Judged extends Load {
  /** ms */
  p50: number
  p99: number
}
const LOADS: Judged[] = [
  { clients: 1, perSecond: 500, p50: 0.2, p99: 1 },
  { clients: 100, perSecond: 5_000, p50: 1.5, p99: 6 },
  { clients: 1_000, perSecond: 1_000, p50: 15, p99: 40 },
]
const FULL: Span = { warmUpMs: 2_000, measureMs: 10_000 }
/** The seed's shape drowns in a crowd, the longer the deeper: it is asked for less there, and judged from its first message. */
const SHORT: Span = { warmUpMs: 0, measureMs: 3_000 }
/** A last message that comes later than this had others waiting before it. */
const NO_BACKLOG_MS = 100
const TIMES_LOWER = 50

export async function run(report: Report): Promise<void> {
  for (const load of LOADS) {
    const ours = await measure({ name: 'line-server' }, load, FULL)
    const seed = await measure({ name: 'line-seed' }, load, load.clients === 1 ? FULL : SHORT)
    rows(report, load, ours, seed)
  }
  const seconds = (ms: number) => `${ms / 1_000} s`
  report.note(
    `${seconds(FULL.measureMs)} each after ${seconds(FULL.warmUpMs)} to warm up; the seed’s shape before a crowd ${seconds(SHORT.measureMs)}. A tick of 1 ms submits what is due as one push.`,
  )
  report.note(
    'Load, server and clients share the cores of this machine; the server’s CPU holds that of making the load.',
  )
}

function rows(report: Report, load: Judged, ours: Measured, seed: Measured): void {
  const { clients, perSecond } = load
  const where = `${clients.toLocaleString('en')} × ${perSecond.toLocaleString('en')}/s`
  const row = (what: string, measured: number, theirs: number, goal?: { text: string; met: boolean }, unit = 'ms') =>
    report.row({
      what: `${where}, ${what}`,
      measured,
      unit,
      better: 'lower',
      // 0 = nothing of it arrived in time.
      ...(theirs > 0 && { baseline: { what: 'the seed’s shape', measured: theirs } }),
      ...(goal !== undefined && { goal }),
    })
  const most = (measured: number, limit: number) => ({ text: `≤ ${limit} ms`, met: measured <= limit })
  row('p50', ours.first.p50, seed.first.p50, most(ours.first.p50, load.p50))
  row('p99', ours.first.p99, seed.first.p99, most(ours.first.p99, load.p99))
  if (clients === 1) {
    const met = ours.first.p50 * TIMES_LOWER <= seed.first.p50
    row('p50 against the seed’s shape', ours.first.p50, seed.first.p50, { text: `≥ ${TIMES_LOWER} ×`, met })
  } else {
    row('p50 of the last client', ours.last.p50, seed.last.p50)
    row('p99 of the last client', ours.last.p99, seed.last.p99)
  }
  backlog(report, where, ours)
  row('CPU of the server', ours.cpu, seed.cpu, undefined, '% CPU')
  if (seed.missing > 0) {
    report.note(
      `${where}: ${seed.missing.toLocaleString('en')} messages of the seed’s shape had not arrived ${ARRIVE_WITHIN_MS / 1_000} s after the end; its figures are of those that had.`,
    )
  }
}

function backlog(report: Report, where: string, { afterEnd, missing }: Measured): void {
  const measured = afterEnd ?? ARRIVE_WITHIN_MS
  report.row({
    what: `${where}, last message after the end`,
    measured,
    unit: 'ms',
    better: 'lower',
    goal: { text: 'no backlog', met: measured <= NO_BACKLOG_MS },
  })
  if (missing > 0) report.note(`${where}: ${missing.toLocaleString('en')} messages had not arrived after that time.`)
}
