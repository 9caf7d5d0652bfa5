import { inWords } from './queue/figures.ts'
import type { Order } from './queue/words.ts'
import { compileSoak, type Run, runQueue } from './runner.ts'

/** Torments the shared queue, seed after seed, for so many minutes; the first seed that fails ends it, and is printed to be played again. */

const MINUTE_MS = 60_000

/** True when nothing failed. Prints figures each minute. */
export async function soakQueue(minutes: number, order: Order): Promise<boolean> {
  const folder = await compileSoak()
  console.log(`queue: ${minutes} minutes, ${'replay' in order ? `seed ${order.replay} again and again` : from(order)}`)
  const began = performance.now()
  let told = 0
  const tell = (run: Run) => {
    const minute = Math.floor((performance.now() - began) / MINUTE_MS)
    if (minute <= told) return
    told = minute
    console.log(`${String(minute).padStart(3)} min: ${line(run)}`)
  }
  const run = await runQueue(folder, { order, forMs: minutes * MINUTE_MS, stopping: true, onSeed: tell })
  console.log(`${line(run)}\ndied at: ${steps(run)}`)
  if (run.failed === null) return true
  console.log(`FAILED at seed ${run.failed.seed}: ${run.failed.why}`)
  console.log(`npm run soak -- queue --replay ${run.failed.seed} --minutes 1`)
  return false

  function line({ figures, seeds, stops }: Run): string {
    return `${seeds} seeds, ${from(order)}, ${stops} stops of the process, ${inWords(figures)}`
  }
}

function from(order: Order): string {
  return 'from' in order ? `from seed ${order.from} on` : 'replayed'
}

function steps({ figures }: Run): string {
  const sorted = Object.entries(figures.diedAt).sort(([, a], [, b]) => b - a)
  return sorted.map(([step, count]) => `${step} ${count}`).join(', ')
}
