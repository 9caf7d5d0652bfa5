import type { Ended } from './child.ts'
import type { Counts } from './tally.ts'

/** What a test file's process has said. */

/** A file that has nothing to run here, as without recorded payloads, says so in a line that begins with this word. */
const SAYS_SKIPPED = /^skipped\b/im

/** Marks what is shown although its test passed: figures, counter-examples. */
export const TOLD = '» '

/** What a file's process tells whoever runs all tests, without the mark: uvu's own dots may stand before it on a line. */
export function toldBy({ output }: Ended): string[] {
  const marked = output.split('\n').map((line) => line.split(TOLD))
  return marked.flatMap(([, ...told]) => (told.length > 0 ? [told.join(TOLD)] : []))
}

/**
 * uvu prints a sum each time its suites ran. A file that ends badly has failed at least once, and so has one that ran
 * nothing and does not say why: a suite whose `.run()` is forgotten ends with code 0.
 */
export function countsOf(ended: Ended): Counts {
  const [total, passed] = [sumOf('Total', ended), sumOf('Passed', ended)]
  const skipped = sumOf('Skipped', ended) || (total === 0 && SAYS_SKIPPED.test(ended.output) ? 1 : 0)
  const bad = ended.code !== 0 || total + skipped === 0
  return { passed, skipped, failed: bad ? Math.max(1, total - passed) : total - passed }
}

/** A sentence and a line end when the output alone does not say what went wrong; else nothing. */
export function verdictOf(ended: Ended): string {
  if (ended.timedOut) return 'It ran too long and was ended.\n'
  if (sumOf('Total', ended) === 0 && countsOf(ended).skipped === 0) return 'It ran 0 tests; is .run() missing?\n'
  return ended.code === 0 ? '' : `It ended with code ${ended.code}.\n`
}

function sumOf(word: string, { output }: Ended): number {
  const found = output.matchAll(new RegExp(`^  ${word}: +(\\d+)$`, 'gm'))
  return Array.from(found, (match) => Number(match[1])).reduce((sum, count) => sum + count, 0)
}
