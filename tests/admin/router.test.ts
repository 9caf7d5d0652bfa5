import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hrefOf, isOutside, parseRoute, type Route } from '../../admin/router.ts'

const test = suite('admin/router')

test('opens Live when the address names nothing', () => {
  for (const hash of ['', '#', '#/', '#/live', '#/live/']) assert.equal(parseRoute(hash), { page: 'live' })
})

test('hands on the set-up token and the id of a stream', () => {
  assert.equal(parseRoute('#/setup/aB-c_9'), { page: 'setup', token: 'aB-c_9' })
  assert.equal(parseRoute('#/setup'), { page: 'setup', token: null })
  assert.equal(parseRoute('#/history/s_1'), { page: 'stream', id: 's_1' })
})

test('knows whose account is meant', () => {
  assert.equal(parseRoute('#/accounts'), { page: 'accounts', platform: null })
  assert.equal(parseRoute('#/accounts/red'), { page: 'accounts', platform: 'red' })
})

test('leads nowhere what is no segment, so that no address reaches into a call', () => {
  for (const hash of [
    '#/history/../auth',
    '#/history/a/b',
    '#/history/a/b/c',
    '#/history/a/../1',
    '#/history/a?b',
    '#/history/%2e%2e',
    '#/nothing',
    '#main',
  ]) {
    assert.equal(parseRoute(hash), { page: 'missing' }, hash)
  }
})

test('writes addresses that it reads back as the same place', () => {
  const routes: Route[] = [
    { page: 'setup', token: 'abc' },
    { page: 'setup', token: null },
    { page: 'register' },
    { page: 'login' },
    { page: 'live' },
    { page: 'history' },
    { page: 'stream', id: 'x1' },
    { page: 'stream', id: 'x1', at: { cursor: 'MS4w', seq: 12 } },
    { page: 'overlays' },
    { page: 'overlay', id: 'o_1' },
    { page: 'moderation', part: null },
    { page: 'moderation', part: 'queue' },
    { page: 'accounts', platform: null },
    { page: 'accounts', platform: 'red' },
    { page: 'keys' },
    { page: 'people' },
    { page: 'settings' },
    { page: 'invite', token: 'a-b_9' },
    { page: 'engine' },
    { page: 'instance' },
    { page: 'reset', token: 'aB-c_9' },
  ]
  for (const route of routes) assert.equal(parseRoute(hrefOf(route)), route)
})

test('knows which pages need no account', () => {
  assert.is(isOutside({ page: 'register' }), true)
  assert.is(isOutside({ page: 'stream', id: 'x' }), false)
})

test.run()
