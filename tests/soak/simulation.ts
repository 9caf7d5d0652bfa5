import { Sums } from '../simulation/sums.ts'
import { run } from '../simulation/world.ts'

/** One history after the other, for so many minutes; a seed that fails is printed to be played again, and the rest go on. */

const MINUTE_MS = 60_000
/** Failed seeds that are told in full. */
const MAX_TOLD = 20

/** True when nothing failed. Prints figures each minute. */
export async function soakSimulation(minutes: number, order: { from: number } | { replay: number }): Promise<boolean> {
  const sums = new Sums()
  const began = process.hrtime.bigint()
  const passed = () => Number(process.hrtime.bigint() - began) / 1e6 / MINUTE_MS
  let seed = 'replay' in order ? order.replay : order.from
  for (let told = 0; sums.seeds === 0 || ('from' in order && passed() < minutes); seed++) {
    const failed = sums.failed.length
    sums.add(await run(seed))
    if (sums.failed.length > failed && failed < MAX_TOLD) tellFailed(sums)
    if (passed() < told + 1) continue
    told = Math.floor(passed())
    console.log(`${String(told).padStart(3)} min, ${Math.round(sums.seeds / passed())} seeds a minute: ${sums.line}`)
  }
  console.log(`${Math.round(sums.seeds / passed())} seeds a minute, the last one ${seed - 1}: ${sums.line}`)
  return sums.failed.length === 0
}

function tellFailed({ failed }: Sums): void {
  const last = failed.at(-1)
  if (last === undefined) return
  console.log(`FAILED at seed ${last.seed}:`)
  for (const { kind, where, what } of last.findings) console.log(`  ${kind} in ${where}: ${what}`)
  console.log(`npm run soak -- simulation --replay ${last.seed}`)
}
