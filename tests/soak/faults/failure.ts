import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../../../scripts/child.ts'
import type { Finding, History } from '../../simulation/checker.ts'

const KEPT_IN = join(ROOT, 'tests', 'artifacts', 'soak-faults')
/** Findings that are told; the file has all. */
const TOLD = 10

interface Failure {
  seed: number
  /** What was brought about, in order. */
  faults: readonly string[]
  findings: readonly Finding[]
  histories: readonly History[]
  /** What the last server said. */
  output: string
}

/** Tells what was found, and keeps all of it in a file. `again`: the command that brings it back. */
export async function tellFailure(failure: Failure, again: string): Promise<void> {
  const { seed, faults, findings, histories } = failure
  console.log(`FAILED at seed ${seed}, after: ${faults.join(', ')}`)
  for (const { kind, where, what } of findings.slice(0, TOLD)) console.log(`  ${kind} in ${where}: ${what}`)
  await mkdir(KEPT_IN, { recursive: true })
  const file = join(KEPT_IN, `seed-${seed}.json`)
  const plain = histories.map((history) => ({ ...history, epochs: Object.fromEntries(history.epochs) }))
  await writeFile(file, JSON.stringify({ ...failure, histories: plain }, null, 1))
  console.log(`  the history stands in ${file}\n${again}`)
}
