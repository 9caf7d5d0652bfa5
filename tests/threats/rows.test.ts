import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { failedOf } from '../../scripts/threat-table.ts'
import { wrongWith } from '../help/rows.ts'
import { ROWS } from './rows.ts'

const LAST = 74

const test = suite('threats/rows')

test('has every row of the threat table once, in order, with tests that stand in their files or why there is none', () => {
  assert.equal(wrongWith(ROWS, 'T', LAST), [])
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
