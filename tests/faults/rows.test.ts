import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { badRows, figureLine, tableOf } from '../../scripts/fault-table.ts'
import { compared } from '../help/fault-figures.ts'
import { wrongWith } from '../help/rows.ts'
import { FAULT_ROWS } from './rows.ts'

const LAST = 30

const test = suite('table of faults')

test('holds every fault once, in order, and names tests that stand in their files', () => {
  assert.equal(wrongWith(FAULT_ROWS, 'F', LAST), [])
})

test('tells what is missing, names no test or does not say why', () => {
  const rows = [
    { row: 'F1', what: 'a', test: 'tests/faults/rows.test.ts › is not there' },
    { row: 'F1', what: 'b', test: null },
    { row: 'F9', what: 'c', test: ['tests/faults/none.test.ts › x'] },
  ]
  assert.equal(wrongWith(rows, 'F', 3), [
    'the rows are not F1 to F3 in order',
    'F1: tests/faults/rows.test.ts › is not there does not stand',
    'F1 has no test and does not say why',
    'F9: tests/faults/none.test.ts › x does not stand',
  ])
})

test('is judged by what is lost, doubled and reordered', () => {
  assert.equal(compared(['a', 'b', 'c'], ['a', 'b', 'c', 'd']), { lost: 0, doubled: 0, reordered: 0 })
  assert.equal(compared(['a', 'b', 'c'], ['a', 'c', 'c']), { lost: 1, doubled: 1, reordered: 0 })
  assert.equal(compared(['a', 'b', 'c'], ['b', 'a', 'c']), { lost: 0, doubled: 0, reordered: 1 })
})

test('is collected from what the tests tell', () => {
  const lines = [
    { row: 'F7', injections: 3, lost: 0, doubled: 0, reordered: 0, recoveries: [1, 2, 30] },
    { row: 'F7', injections: 2, lost: 1, doubled: 0, reordered: 0, recoveries: [40] },
    { row: 'F8', injections: 1, lost: 0, doubled: 0, reordered: 0, recoveries: [] },
  ].map(figureLine)
  const output = `ok   a file\n     ${lines.join('\n     ')}\n`
  const rows = FAULT_ROWS.filter(({ row }) => row === 'F7' || row === 'F8')
  assert.equal(tableOf(output, rows).split('\n').slice(2), [
    '| F7 | power loss | 5 | 1 / 0 / 0 | 2.0 / 40.0 |',
    '| F8 | the disk fills up while the server runs | 1 | 0 / 0 / 0 | – / – |',
  ])
  assert.equal(badRows(output), ['F7'])
})

test.run()
