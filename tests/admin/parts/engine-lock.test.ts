import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stanceOf } from '../../../admin/parts/engine-lock.ts'
import { paceOf } from '../../../admin/parts/engine-picture.ts'
import { sample } from '../samples.ts'

const test = suite('admin/parts/engine-lock')

test('stands open at rest, busy at work, and tells of one that is held too long before anything else', () => {
  const { lock } = sample(1)
  assert.is(stanceOf(lock), 'open')
  assert.is(stanceOf({ ...lock, holdsPerSecond: 0.5 }), 'busy')
  assert.is(stanceOf({ ...lock, holdsPerSecond: 400, overdue: 12 }), 'overdue')
})

test('lets the dots run faster the more goes through, in steps', () => {
  assert.is(paceOf(0), paceOf(1))
  assert.ok(paceOf(500) < paceOf(10))
  assert.is(paceOf(495), paceOf(505))
  assert.ok(paceOf(1e9) > 0)
})

test.run()
