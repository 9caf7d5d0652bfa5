import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from '../../scripts/build.ts'
import { ROOT } from '../../scripts/child.ts'
import { tableOf } from '../../scripts/fault-table.ts'
import { FAULT_ROWS } from '../faults/rows.ts'
import { type Chapter, chapter } from './faults/chapter.ts'
import { Figures } from './faults/figures.ts'
import { Ground } from './faults/ground.ts'
import { kindsOn } from './faults/kinds.ts'
import { installBrowser } from './faults/reader.ts'

/**
 * A real server under load, hit by one fault after the other, in chapters of a minute, each drawn from its seed. The seed brings back the
 * same faults in the same order, and not the same moments: processes and networks keep their own time.
 */

const MINUTE_MS = 60_000
const ROOMS = 4
/** Findings of a failed chapter that are told; the file has all. */
const TOLD = 10
const KEPT_IN = join(ROOT, 'tests', 'artifacts', 'soak-faults')

/** True when nothing failed. Prints figures each minute. */
export async function soakFaults(minutes: number, order: { from: number } | { replay: number }): Promise<boolean> {
  await build()
  installBrowser()
  const ground = await Ground.make({ small: true })
  if (!ground.small) console.log('no small disk can be mounted here: no fault fills one')
  const kinds = kindsOn(ground)
  const figures = new Figures()
  const began = performance.now()
  const left = () => minutes * MINUTE_MS - (performance.now() - began)
  let seed = 'replay' in order ? order.replay : order.from
  let [events, failed] = [0, 0]
  do {
    const forMs = Math.min(MINUTE_MS, Math.max(1, left()))
    const told = await chapter({ seed, ground, rooms: ROOMS, figures, faults: { among: kinds, forMs } })
    events += told.events
    if (told.findings.length > 0) failed++
    if (told.findings.length > 0) await tellFailed(told)
    const passed = Math.round((performance.now() - began) / MINUTE_MS)
    console.log(
      `${passed} min, seed ${seed}, ${figures.injections} faults, ${events.toLocaleString('en')} events, ${failed} failed`,
    )
    for (const line of figures.soFar) console.log(`    ${line}`)
    seed++
  } while (left() > 0 && 'from' in order)
  ground.remove()
  const output = figures.lines.join('\n')
  console.log(`${output}\n${tableOf(output, FAULT_ROWS)}`)
  return failed === 0
}

async function tellFailed(told: Chapter): Promise<void> {
  const { seed, faults, findings, output, histories } = told
  console.log(`FAILED at seed ${seed}, after: ${faults.join(', ')}`)
  for (const { kind, where, what } of findings.slice(0, TOLD)) console.log(`  ${kind} in ${where}: ${what}`)
  await mkdir(KEPT_IN, { recursive: true })
  const file = join(KEPT_IN, `seed-${seed}.json`)
  const plain = histories.map((history) => ({ ...history, epochs: Object.fromEntries(history.epochs) }))
  await writeFile(file, JSON.stringify({ seed, faults, findings, output, histories: plain }, null, 1))
  console.log(`  the history stands in ${file}\nnpm run soak -- faults --replay ${seed}`)
}
