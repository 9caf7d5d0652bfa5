import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ApiError } from '../../../admin/api.ts'
import { Editing } from '../../../admin/state/look-editing.ts'
import { sameLook } from '../../../server/look.ts'
import { LookServer, StoppedClock } from '../look-server.ts'

interface Context {
  server: LookServer
  editing: Editing
  settle(): Promise<void>
  once(): Promise<void>
}

const test = suite<Context>('admin/state/look-editing')
test.before.each((context) => {
  const clock = new StoppedClock()
  context.server = new LookServer()
  context.editing = new Editing(context.server, context.server.view, clock)
  context.once = () => clock.once()
  context.settle = () => clock.settle()
})

test('brings the draft to the server, one change at a time and always the newest', async ({
  server,
  editing,
  settle,
}) => {
  for (const gap of [1, 2, 3, 4]) editing.set({ gap })
  assert.is(editing.keeping.value, 'keeping')
  await settle()
  assert.equal(server.puts, [
    { theme: 'clean', gap: 1 },
    { theme: 'clean', gap: 4 },
  ])
  assert.is(editing.keeping.value, 'kept')
  assert.equal(editing.differing.value, ['gap'])
})

test('loses nothing while the server is away or wants a login, and says so', async ({
  server,
  editing,
  once,
  settle,
}) => {
  server.fail = () => {
    throw new ApiError(0, { code: 'unreachable' })
  }
  editing.set({ gap: 1 })
  await once()
  await once()
  assert.is(editing.keeping.value, 'waiting')
  editing.set({ edge: 9 }, 'edge')
  server.fail = null
  await settle()
  assert.equal(server.view.settings, { theme: 'clean', gap: 1, edge: 9 })
  assert.is(editing.keeping.value, 'kept')
})

test('overwrites no other window: theirs or mine is a person’s choice', async ({ server, editing, settle }) => {
  server.other({ theme: 'neon' })
  editing.set({ gap: 1 })
  await settle()
  assert.is(editing.keeping.value, 'theirs')
  assert.equal(server.view.settings, { theme: 'neon' })
  editing.set({ gap: 2 }, 'more')
  await settle()
  assert.equal(server.view.settings, { theme: 'neon' }, 'not before it was chosen')
  editing.keepMine()
  await settle()
  assert.equal(server.view.settings, { theme: 'clean', gap: 2 })
})

test('goes on with theirs; undo brings mine back', async ({ server, editing, settle }) => {
  server.other({ theme: 'neon' })
  editing.set({ gap: 1 })
  await settle()
  editing.takeTheirs()
  assert.equal(editing.now.value, { theme: 'neon' })
  editing.undo()
  await settle()
  assert.equal(server.view.settings, { theme: 'clean', gap: 1 })
})

test('takes its own change, whose answer got lost, for its own', async ({ server, editing, settle }) => {
  server.fail = (taken) => {
    if (!taken) return
    server.fail = null
    throw new ApiError(0, { code: 'unreachable' })
  }
  editing.set({ gap: 1 })
  await settle()
  assert.is(editing.keeping.value, 'kept')
  assert.is(server.puts.length, 1)
})

test('publishes what is seen here, also what is still on its way', async ({ server, editing }) => {
  editing.set({ gap: 1 })
  editing.set({ gap: 2 })
  const { settings } = await editing.publish()
  assert.equal(settings, { theme: 'clean', gap: 2 })
  assert.equal(server.view.published, { theme: 'clean', gap: 2 })
  assert.equal(editing.differing.value, [])
})

test('publishes nothing that cannot be kept', async ({ server, editing }) => {
  server.fail = () => {
    throw new ApiError(0, { code: 'unreachable', message: 'The server cannot be reached.' })
  }
  editing.set({ gap: 1 })
  const error = await editing.publish().catch((thrown: unknown) => thrown)
  assert.is(error instanceof ApiError && error.code, 'unreachable')
  assert.equal(server.view.published, { theme: 'clean' })
})

test('takes a file as one step, or not at all', async ({ server, editing }) => {
  await editing.bring({ theme: 'cards', gap: 9 })
  assert.equal(editing.now.value, { theme: 'cards', gap: 9 })
  server.fail = () => {
    throw new ApiError(400, { code: 'bad_request', fields: { 'settings.gap': 'Too big' } })
  }
  const error = await editing.bring({ gap: 1_000 }).catch((thrown: unknown) => thrown)
  assert.equal(error instanceof ApiError && error.fields, { 'settings.gap': 'Too big' })
  assert.equal(editing.now.value, { theme: 'cards', gap: 9 })
  editing.undo()
  assert.equal(editing.now.value, { theme: 'clean' })
})

test('sees at a look what another window did, and takes it when nothing of its own is under way', async ({
  server,
  editing,
}) => {
  server.other({ theme: 'neon' })
  await editing.look()
  assert.ok(sameLook(editing.now.value, { theme: 'neon' }))
  assert.is(editing.keeping.value, 'kept')
})

test('sees at a look that a dock has put another theme on air, with a draft and without one', async ({
  server,
  editing,
  settle,
}) => {
  server.wear({ theme: 'neon' })
  await editing.look()
  assert.equal([editing.now.value, editing.published.value], [{ theme: 'neon' }, { theme: 'neon' }])
  editing.set({ gap: 3 })
  await settle()
  server.wear({ theme: 'cards' })
  await editing.look()
  assert.equal([editing.now.value, editing.published.value], [{ theme: 'neon', gap: 3 }, { theme: 'cards' }])
  assert.equal(editing.differing.value, ['theme', 'gap'])
})

test('publishes beside what is changed meanwhile, which goes to the draft after it', async ({
  server,
  editing,
  settle,
}) => {
  editing.set({ gap: 1 })
  const published = editing.publish()
  await server.asked
  editing.set({ gap: 2 })
  assert.equal((await published).settings, { theme: 'clean', gap: 1 })
  await settle()
  assert.is(editing.keeping.value, 'kept')
  assert.equal(server.view.settings, { theme: 'clean', gap: 2 })
  assert.equal(editing.differing.value, ['gap'])
})

test('publishes after a change that is on its way although it was taken back', async ({ server, editing, settle }) => {
  editing.set({ gap: 1 })
  editing.undo()
  await editing.publish()
  await settle()
  assert.is(editing.keeping.value, 'kept')
  assert.equal(server.view.published, { theme: 'clean' })
})

test.run()
