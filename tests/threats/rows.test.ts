import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT } from '../../scripts/child.ts'
import { failedOf } from '../../scripts/threat-table.ts'
import { ROWS, testsOf } from './rows.ts'

const LAST = 74

const test = suite('threats/rows')

test('has every row of the threat table once, in order, with a test or why there is none', () => {
  assert.equal(
    ROWS.map(({ row }) => row),
    Array.from({ length: LAST }, (_, before) => `T${before + 1}`),
  )
  for (const { row, test, why } of ROWS) {
    assert.ok(test === null || testsOf({ row, what: '', test }).length > 0, row)
    assert.ok(test !== null || (why ?? '') !== '', `${row} says why it has no test`)
  }
})

test('names tests that stand in their files', async () => {
  for (const row of ROWS) {
    for (const { file, name } of testsOf(row)) {
      const text = await readFile(join(ROOT, file), 'utf8')
      const stands = [`('${name}'`, `("${name}"`, `(\`${name}\``].some((each) => text.includes(each))
      assert.ok(stands, `${row.row}: ${file} › ${name}`)
    }
  }
})

test('tells the tests that failed from those that did not', () => {
  const output = '   FAIL  threats/x  "ends a flood of pings"\n    said "no"\n   FAIL  threats/x  "knows nobody"\n'
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a name as it stands in its file.
  assert.is(failedOf('ends a flood of ${op}s', output), true)
  assert.is(failedOf('knows nobody', output), true)
  assert.is(failedOf('knows', output), false)
  assert.is(failedOf('said', output), false)
})

test.run()
