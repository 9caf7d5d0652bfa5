import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ApiError } from '../../../admin/api.ts'
import { Editing } from '../../../admin/state/look-editing.ts'
import { Pushing } from '../../../admin/state/look-pushing.ts'
import { LookServer, StoppedClock } from '../look-server.ts'

interface Context {
  server: LookServer
  editing: Editing
  pushing: Pushing
  clock: StoppedClock
  /** How often it ended by itself. */
  ended: { times: number }
}

const test = suite<Context>('admin/state/look-pushing')
test.before.each((context) => {
  context.clock = new StoppedClock()
  context.server = new LookServer()
  context.ended = { times: 0 }
  context.editing = new Editing(context.server, context.server.view, context.clock)
  context.pushing = new Pushing(context.editing, context.clock, () => {
    context.ended.times++
  })
})
const onAir = (server: LookServer) => server.aired.map(({ settings }) => settings)

test('is off until it is switched on', async ({ server, editing, pushing, clock }) => {
  editing.set({ gap: 1 })
  await clock.settle()
  assert.is(pushing.on.value, false)
  assert.equal(onAir(server), [])
})

test('publishes every settled change, and of a drag its end alone', async ({ server, editing, pushing, clock }) => {
  pushing.turn(true)
  for (const gap of [1, 2, 3]) editing.set({ gap })
  await clock.settle()
  editing.set({ theme: 'neon', gap: 9 })
  await clock.settle()
  assert.equal(onAir(server), [
    { theme: 'clean', gap: 3 },
    { theme: 'neon', gap: 9 },
  ])
  assert.is(pushing.pending, false)
})

test('shows on air what differs when it is switched on, and all of one sitting as one', async (context) => {
  const { server, editing, pushing, clock } = context
  editing.set({ gap: 1 })
  await clock.settle()
  pushing.turn(true)
  await clock.settle()
  editing.undo()
  await clock.settle()
  assert.equal(onAir(server), [{ theme: 'clean', gap: 1 }, { theme: 'clean' }])
  const sittings = new Set(server.aired.map(({ sitting }) => sitting))
  assert.is(sittings.size, 1)
  assert.type([...sittings][0], 'string')
})

test('puts nothing on air that the server does not take, and the next change whole', async (context) => {
  const { server, editing, pushing, clock } = context
  pushing.turn(true)
  server.fail = () => {
    throw new ApiError(400, { code: 'bad_request', message: 'Too big.' })
  }
  editing.set({ gap: 1_000 })
  await clock.settle()
  assert.equal(onAir(server), [])
  assert.is(pushing.trouble.value?.message, 'Too big.')
  server.fail = null
  editing.set({ gap: 4 })
  await clock.settle()
  assert.equal(onAir(server), [{ theme: 'clean', gap: 4 }])
  assert.is(pushing.trouble.value, null)
})

test('tries again while the server is away', async ({ server, editing, pushing, clock }) => {
  pushing.turn(true)
  server.fail = () => {
    throw new ApiError(0, { code: 'unreachable', message: 'The server cannot be reached.' })
  }
  editing.set({ gap: 4 })
  for (let times = 0; times < 4; times++) await clock.once()
  assert.is(pushing.trouble.value?.code, 'unreachable')
  assert.ok(pushing.pending)
  server.fail = null
  await clock.settle()
  assert.equal(onAir(server), [{ theme: 'clean', gap: 4 }])
  assert.is(pushing.trouble.value, null)
})

test('ends when another window has a hand in the draft; nothing of theirs goes on air', async (context) => {
  const { server, editing, pushing, clock, ended } = context
  pushing.turn(true)
  server.other({ theme: 'cards' })
  editing.set({ gap: 4 })
  await clock.settle()
  assert.equal([pushing.on.value, ended.times, onAir(server)], [false, 1, []])
  editing.takeTheirs()
  pushing.turn(true)
  await clock.settle()
  server.other({ theme: 'neon' })
  await editing.look()
  await clock.settle()
  assert.equal([pushing.on.value, ended.times, onAir(server)], [false, 2, [{ theme: 'cards' }]])
  pushing.turn(true)
  editing.set({ gap: 5 })
  await clock.settle()
  assert.equal([pushing.on.value, onAir(server).at(-1)], [true, { theme: 'neon', gap: 5 }])
})

test('does not wait for a change to settle when the editor is closed', async ({ server, editing, pushing }) => {
  pushing.turn(true)
  editing.set({ gap: 7 })
  await pushing.finish()
  assert.equal(onAir(server), [{ theme: 'clean', gap: 7 }])
  assert.is(pushing.on.value, false)
})

test.run()
