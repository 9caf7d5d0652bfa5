import { setTimeout as pause } from 'node:timers/promises'
import { RECORDS_PER_HOLD } from '../../workers/queue/writer.ts'
import { percentile } from './line-percentile.ts'
import { openBell, openMessages, openRing, type Way } from './queue-ways.ts'
import type { Report } from './report.ts'

export const name = 'queue'
export const goal =
  'worker to main thread: ≥ 1.5 M records/s, ≥ 2 × postMessage, ≥ 60 % of lock-free; one way p50 ≤ 25 µs, p99 ≤ 300 µs; idle ≤ 0.1 % CPU'

const BURST = 1_000_000
const BURST_ROUNDS = 7
const PER_SECOND = 10_000
const PACED = 2 * PER_SECOND
const PACED_ROUNDS = 5
const SETTLE_MS = 1_000
const IDLE_MS = 5_000

const IN_BATCHES = { count: BURST, batch: RECORDS_PER_HOLD }
const SINGLY = { count: BURST, batch: 1 }
const EVENLY = { count: PACED, perSecond: PER_SECOND }

interface Ways {
  mutex: Way
  lockFree: Way
  messages: Way
  bell: Way
}

export async function run(report: Report): Promise<void> {
  const mutex = await openRing('mutex')
  const ways = { mutex, lockFree: await openRing('lock-free'), messages: await openMessages(), bell: await openBell() }
  await throughput(report, ways)
  await latency(report, ways)
  await Promise.all([ways.lockFree.end(), ways.messages.end(), ways.bell.end()])
  await idle(report)
  await mutex.end()
  report.note(
    'Records with 350 bytes of JSON through the product’s own drain; strings of 350 characters, one a message.',
  )
  report.note(
    `The middle one of ${BURST_ROUNDS} rounds of ${BURST.toLocaleString('en')}, and of ${PACED_ROUNDS} paced rounds of ${PACED / PER_SECOND} s; the ways take turns, after one round to warm up.`,
  )
  report.note(
    'The paced writer spins. Where the system puts both threads on one core, the reader waits for the end of a time slice: p99 is then milliseconds for every way.',
  )
}

async function throughput(report: Report, { mutex, lockFree, messages }: Ways): Promise<void> {
  const [ours = 0, free = 0, posted = 0, alone = 0] = await takeTurns(BURST_ROUNDS, [
    async () => [(await mutex.carry(IN_BATCHES)).perSecond],
    async () => [(await lockFree.carry(IN_BATCHES)).perSecond],
    async () => [(await messages.carry(SINGLY)).perSecond],
    async () => [(await mutex.carry(SINGLY)).perSecond],
  ])
  const row = {
    what: `hand-off, ${RECORDS_PER_HOLD} records a write`,
    measured: ours,
    unit: '/s',
    better: 'higher',
  } as const
  const postMessage = { what: 'postMessage(string)', measured: posted }
  report.row({ ...row, goal: { text: '≥ 1.5 M/s', met: ours >= 1_500_000 } })
  report.row({ ...row, baseline: postMessage, goal: { text: '≥ 2 ×', met: ours >= 2 * posted } })
  report.row({
    ...row,
    baseline: { what: 'lock-free ring', measured: free },
    goal: { text: '≥ 0.6 ×', met: ours >= 0.6 * free },
  })
  report.row({ ...row, what: 'hand-off, one record a write', measured: alone, baseline: postMessage })
}

async function latency(report: Report, { mutex, messages, bell }: Ways): Promise<void> {
  const paced = (way: Way) => async () => {
    const { latencies } = await way.carry(EVENLY)
    return [percentile(latencies, 0.5), percentile(latencies, 0.99)]
  }
  const [p50 = 0, p99 = 0, posted50 = 0, posted99 = 0, bare50 = 0, bare99 = 0] = await takeTurns(PACED_ROUNDS, [
    paced(mutex),
    paced(messages),
    paced(bell),
  ])
  const row = (what: string, measured: number, posted: number, most: number) =>
    report.row({
      what: `one way at ${PER_SECOND.toLocaleString('en')}/s, ${what}`,
      measured,
      unit: 'µs',
      better: 'lower',
      baseline: { what: 'postMessage(string)', measured: posted },
      goal: { text: `≤ ${most} µs`, met: measured <= most },
    })
  row('p50', p50, posted50, 25)
  row('p99', p99, posted99, 300)
  const bare = (what: string, measured: number) =>
    report.row({ what: `a bare bell, ${what}: the floor`, measured, unit: 'µs', better: 'lower' })
  bare('p50', bare50)
  bare('p99', bare99)
}

/** One round of each measure to warm up, then all in turn; the middle one of each figure, in the order of the measures. */
async function takeTurns(rounds: number, measures: (() => Promise<number[]>)[]): Promise<number[]> {
  const taken: number[][] = []
  for (let round = -1; round < rounds; round++) {
    const figures: number[] = []
    for (const measure of measures) figures.push(...(await measure()))
    if (round >= 0) taken.push(figures)
  }
  return (taken[0] ?? []).map((_, place) =>
    percentile(
      taken.map((figures) => figures[place] ?? 0),
      0.5,
    ),
  )
}

/** The whole process, with the writer's thread asleep and the drain on the bell, its watchdog ringing once a second. */
async function idle(report: Report): Promise<void> {
  globalThis.gc?.()
  await pause(SETTLE_MS)
  const before = process.cpuUsage()
  await pause(IDLE_MS)
  const { user, system } = process.cpuUsage(before)
  const measured = ((user + system) / (IDLE_MS * 1_000)) * 100
  report.row({
    what: 'idle, reader waiting',
    measured,
    unit: '% CPU',
    better: 'lower',
    goal: { text: '≤ 0.1 % CPU', met: measured <= 0.1 },
  })
}
