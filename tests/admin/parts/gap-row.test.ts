import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reasonOf } from '../../../admin/parts/gap-row.ts'

const test = suite('admin/parts/gap-row')

test('counts what could not be kept', () => {
  assert.is(reasonOf({ kind: 'gap', count: 1, at: 0, reason: 'damaged' }), '1 message could not be kept')
  assert.is(reasonOf({ kind: 'gap', count: 12, at: 0, reason: 'late' }), '12 messages could not be kept')
})

test('gives the reason where nobody can know how many', () => {
  const reason = 'Red was not connected for 38 s; what was written there meanwhile is missing'
  assert.is(reasonOf({ kind: 'gap', count: 0, at: 0, until: 38_000, platform: 'red', reason }), reason)
})

test.run()
