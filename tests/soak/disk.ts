import { join } from 'node:path'
import { build } from '../../scripts/build.ts'
import { ROOT, runNode } from '../../scripts/child.ts'
import { badRows, tableOf } from '../../scripts/fault-table.ts'
import { toldBy, verdictOf } from '../../scripts/outcome.ts'
import { FAULT_ROWS } from '../faults/rows.ts'

/** The faults of disks, all of them and not the sample that `npm test` takes. */

const FILES = ['full', 'slow', 'power', 'damage', 'sweep'].map((name) => `tests/faults/disk-${name}.test.ts`)
const RUN = join(ROOT, 'scripts', 'run-test.mjs')

/** True when nothing failed. Prints the table of what was tried. */
export async function soakDisk(seed: number): Promise<boolean> {
  await build()
  console.log(`disk: seed ${seed}`)
  const told: string[] = []
  let good = true
  for (const file of FILES) {
    const ended = await runNode([RUN, file], {
      env: { CROSSCHAT_WHOLE: '1', CROSSCHAT_SEED: String(seed), FORCE_COLOR: '0', NO_COLOR: '1' },
    })
    told.push(...toldBy(ended))
    good &&= ended.code === 0
    console.log(ended.code === 0 ? `ok   ${file}` : `FAIL ${file}\n${verdictOf(ended)}${ended.output}`)
  }
  const output = told.join('\n')
  console.log(tableOf(output, FAULT_ROWS))
  return good && badRows(output).length === 0
}
