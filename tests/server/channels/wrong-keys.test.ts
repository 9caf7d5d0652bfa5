import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HELD_BACK_MS, WRONG_AT_ONCE, WrongKeys } from '../../../server/channels/wrong-keys.ts'

const test = suite('wrong keys')

test('are answered late from an address that sent many, for a minute, and from no other', () => {
  let now = 0
  const keys = new WrongKeys(() => now)
  const some = Array.from({ length: WRONG_AT_ONCE }, () => keys.note('192.0.2.1'))
  assert.equal([...new Set(some)], [0])
  assert.equal([keys.note('192.0.2.1'), keys.note('192.0.2.2')], [HELD_BACK_MS, 0])
  now = 60_000
  assert.is(keys.note('192.0.2.1'), 0)
})

test('are counted for a bounded number of addresses', () => {
  const keys = new WrongKeys(() => 0)
  for (let wrong = 0; wrong <= WRONG_AT_ONCE; wrong++) keys.note('192.0.2.1')
  for (let address = 0; address < 10_000; address++) keys.note(`address ${address}`)
  assert.is(keys.note('192.0.2.1'), 0, 'the oldest is forgotten')
})

test.run()
