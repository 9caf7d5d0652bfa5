import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readDockQuery } from '../../../overlay/dock/query.ts'
import { clock, stateOf } from '../../../overlay/dock/words.ts'

const test = suite('overlay/dock: address and words')

test('reads what the address asks for, and ignores or clamps the rest', () => {
  assert.equal(readDockQuery(''), { view: 'chat', size: 14, badges: 'text', keys: true, reloadedFor: null })
  const asked = readDockQuery('?view=control&size=99&badges=none&keys=0&build=b2&script=x')
  assert.equal(asked, { view: 'control', size: 24, badges: 'none', keys: false, reloadedFor: 'b2' })
  assert.equal([readDockQuery('?size=1').size, readDockQuery('?size=big&view=x').size], [12, 14])
})

test('says the time of a stream', () => {
  assert.equal([clock(0), clock(61_000), clock(3_723_999), clock(-5)], ['0:00:00', '0:01:01', '1:02:03', '0:00:00'])
})

test('says how a source is, and when it is tried again', () => {
  assert.is(stateOf({ state: 'live', retryAt: null }, 0), 'Connected')
  assert.is(stateOf({ state: 'retry', retryAt: 4_000 }, 500), 'Reconnecting in 4 s')
  assert.is(stateOf({ state: 'retry', retryAt: 4_000 }, 9_000), 'Reconnecting')
})

test.run()
