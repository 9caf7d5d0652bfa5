import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MAX_BYTES_OF_ONE, MAX_JOBS_OF_ONE, MAX_PENDING_BYTES, PendingRoom } from '../../server/pending-room.ts'

const test = suite('pending room')
const [LOUD, QUIET] = [1, 2]

test('refuses one channel’s flood, and takes what others send', () => {
  const room = new PendingRoom()
  let taken = 0
  while (room.enter(LOUD, 100_000)) taken++
  assert.is(taken, Math.floor(MAX_BYTES_OF_ONE / 100_000))
  assert.ok(room.enter(QUIET, 100_000))
  room.leave(LOUD, 100_000)
  assert.ok(room.enter(LOUD, 100_000))
})

test('counts small ones, too', () => {
  const room = new PendingRoom()
  let taken = 0
  while (room.enter(LOUD, 0)) taken++
  assert.is(taken, MAX_JOBS_OF_ONE)
  assert.ok(room.enter(QUIET, 0))
})

test('has its bounds in all', () => {
  const room = new PendingRoom()
  const share = MAX_BYTES_OF_ONE
  let channels = 0
  while (room.enter(channels, share)) channels++
  assert.is(channels, MAX_PENDING_BYTES / share)
  room.leave(0, share)
  assert.ok(room.enter(0, share))
})

test.run()
