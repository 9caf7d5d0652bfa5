import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { understood } from '../../../admin/state/understood.ts'

const test = suite('admin/state/understood')

const told = (q: string) => understood(q).map(({ text, kind, without }) => `${without ? '-' : ''}${kind} ${text}`)

test('tells operators from words, and what is left out', () => {
  assert.equal(told('owl "good luck" from:"night owl" -has:link -spam'), [
    'words owl',
    'words good luck',
    'operator from:night owl',
    '-operator has:link',
    '-words spam',
  ])
})

test('what an operator does not know is words', () => {
  assert.equal(told('is:purple before:friday nope:x has:money before:2026-03-14'), [
    'words is:purple',
    'words before:friday',
    'words nope:x',
    'operator has:money',
    'operator before:2026-03-14',
  ])
  assert.equal(told('  '), [])
})

test.run()
