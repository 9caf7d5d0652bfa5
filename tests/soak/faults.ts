import { build } from '../../scripts/build.ts'
import { tableOf } from '../../scripts/fault-table.ts'
import { FAULT_ROWS } from '../faults/rows.ts'
import { chapter } from './faults/chapter.ts'
import { tellFailure } from './faults/failure.ts'
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
    if (told.findings.length > 0) await tellFailure(told, `npm run soak -- faults --replay ${seed}`)
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
