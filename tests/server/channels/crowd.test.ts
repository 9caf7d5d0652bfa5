import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Crowd } from '../../../server/channels/crowd.ts'

const test = suite('crowd')

test('gives one client so many places, and others theirs', () => {
  const crowd = new Crowd(2, 10)
  assert.ok(crowd.enter('a'))
  const leave = crowd.enter('a')
  assert.is(crowd.enter('a'), null)
  assert.ok(crowd.enter('b'))
  leave?.()
  assert.ok(crowd.enter('a'))
})

test('bounds all together, and counts a place that is left twice once', () => {
  const crowd = new Crowd(10, 2)
  const leave = crowd.enter('a')
  crowd.enter('b')
  assert.is(crowd.enter('c'), null)
  leave?.()
  leave?.()
  assert.ok(crowd.enter('c'))
  assert.is(crowd.enter('d'), null)
})

test.run()
