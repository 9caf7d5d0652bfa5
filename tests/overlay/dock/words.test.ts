import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dockAddress, USUAL } from '../../../admin/docks/dock-address.ts'
import { readDockQuery } from '../../../overlay/dock/query.ts'
import { clock, stateOf } from '../../../overlay/dock/words.ts'

const test = suite('overlay/dock: address and words')

test('reads what the address asks for, and ignores or clamps the rest', () => {
  const usual = { view: 'chat', size: 14, badges: 'text', keys: true, actions: true, sound: 'none', reloadedFor: null }
  assert.equal(readDockQuery(''), usual)
  const asked = readDockQuery('?view=control&size=99&badges=none&keys=0&actions=0&sound=first&build=b2&script=x')
  const all = {
    view: 'control',
    size: 24,
    badges: 'none',
    keys: false,
    actions: false,
    sound: 'first',
    reloadedFor: 'b2',
  }
  assert.equal(asked, all)
  assert.equal([readDockQuery('?size=1').size, readDockQuery('?size=big&view=x').size], [12, 14])
})

test('reads what the panel writes into an address', () => {
  const address = 'http://localhost:3000/dock?view=control#key'
  assert.is(dockAddress(address, USUAL), address)
  const wishes = { size: 20, badges: false, actions: false, keys: false, sound: true }
  const { search, hash } = new URL(dockAddress(address, wishes))
  assert.is(hash, '#key')
  assert.equal(readDockQuery(search), {
    ...readDockQuery('?view=control&size=20&badges=none&keys=0&actions=0&sound=first'),
  })
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
