import { parseArgs } from 'node:util'
import { inWords } from '../tests/soak/queue/figures.ts'
import type { Order } from '../tests/soak/queue/words.ts'
import { compileSoak, type Run, runQueue } from '../tests/soak/runner.ts'

/**
 * `npm run soak -- queue [--minutes N] [--seed S] [--replay S]`: torments the shared queue, seed after seed from S on or
 * the one seed again and again, for N minutes. Figures each minute; ends with 1 at the first seed that fails.
 */

const MINUTES = 30
const MINUTE_MS = 60_000
const SEEDS = 1_000_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string' }, seed: { type: 'string' }, replay: { type: 'string' } },
})
if (positionals.join() !== 'queue') throw new Error('There is one soak: npm run soak -- queue')
const minutes = number('minutes', values.minutes, MINUTES)
const seed = number('seed', values.seed, 1 + Math.floor(Math.random() * SEEDS))
const order: Order = values.replay === undefined ? { from: seed } : { replay: number('replay', values.replay, seed) }

// Ending by `exit` takes the running process and its folder away.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const folder = await compileSoak()
console.log(
  `queue: ${minutes} minutes, ${'replay' in order ? `seed ${order.replay} again and again` : `from seed ${seed} on`}`,
)
const began = performance.now()
let told = 0
const run = await runQueue(folder, { order, forMs: minutes * MINUTE_MS, stopping: true, onSeed: tell })
console.log(`${line(run)}\ndied at: ${steps(run)}`)
if (run.failed === null) console.log('nothing failed')
else {
  console.log(`FAILED at seed ${run.failed.seed}: ${run.failed.why}`)
  console.log(`npm run soak -- queue --replay ${run.failed.seed} --minutes 1`)
  process.exitCode = 1
}

function tell(run: Run): void {
  const minute = Math.floor((performance.now() - began) / MINUTE_MS)
  if (minute <= told) return
  told = minute
  console.log(`${String(minute).padStart(3)} min: ${line(run)}`)
}

function line({ figures, seeds, stops }: Run): string {
  return `seeds ${seed} to ${seed + seeds - 1}, ${stops} stops of the process, ${inWords(figures)}`
}

function steps({ figures }: Run): string {
  const sorted = Object.entries(figures.diedAt).sort(([, a], [, b]) => b - a)
  return sorted.map(([step, count]) => `${step} ${count}`).join(', ')
}

function number(name: string, value: string | undefined, otherwise: number): number {
  const read = value === undefined ? otherwise : Number(value)
  if (!Number.isFinite(read) || read < 0) throw new Error(`--${name} is a number, not ${value}.`)
  return read
}
