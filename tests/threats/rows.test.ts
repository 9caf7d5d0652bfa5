import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { failedOf, resultOf, sumOf } from '../../scripts/threat-table.ts'
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

test('takes nothing of a file for shown that was ended or broke off', () => {
  const output = '  Total:     2\n  Passed:    1\n  Skipped:   0\n   FAIL  threats/x  "knows nobody"\n'
  const ended = { code: 1, timedOut: false, output }
  assert.is(resultOf('knows nobody', ended), 'FAIL')
  assert.is(resultOf('knows somebody', ended), 'ok')
  assert.is(resultOf('knows somebody', { ...ended, timedOut: true }), 'FAIL')
  assert.is(resultOf('knows somebody', { ...ended, output: '' }), 'FAIL')
})

test('sums up all rows and names those that need a look', () => {
  const rows = [
    { row: 'T1', results: ['ok' as const] },
    { row: 'T2', results: ['ok' as const, 'FAIL' as const] },
    { row: 'T3', results: ['skipped' as const] },
    { row: 'T4', results: [] },
  ]
  assert.is(sumOf(rows), '4 rows: 1 ok, 1 failed (T2), 1 skipped (T3), 1 without a test (T4)')
  assert.is(sumOf(rows.slice(0, 1)), '1 rows: 1 ok, 0 failed, 0 skipped, 0 without a test')
})

test.run()
