import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { leftOf } from '../../../admin/state/hidden-for.ts'

const test = suite('admin/state/hidden-for')
const MINUTE = 60_000

test('says how long somebody is still hidden, and nothing where it is for good', () => {
  const left = (until: number | 'stream' | null) => leftOf({ until }, 0)
  assert.is(left(null), null)
  assert.is(left('stream'), 'until the stream ends')
  assert.is(left(10 * MINUTE), 'for another 10 min')
  assert.is(left(30 * 1_000), 'for another 30 s')
  assert.is(left(90 * MINUTE), 'for another 1 h 30 min')
  assert.is(left(-MINUTE), 'for another 1 s')
})

test.run()
