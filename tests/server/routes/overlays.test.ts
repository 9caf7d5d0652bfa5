import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OverlayView } from '../../../server/api/overlays.ts'
import { MAX_OVERLAYS } from '../../../server/routes/overlays.ts'
import { type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor }>('routes/overlays')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
})
test.after.each(async ({ doors }) => doors.close())

const keyOf = (overlay: OverlayView): string => overlay.url.split('#')[1] ?? ''
const view = async (visitor: Visitor, method: string, path: string, body?: unknown) =>
  jsonOf<OverlayView>(await visitor.call(method, path, body))

test('makes overlays whose address opens them', async ({ doors, visitor }) => {
  const overlay = await view(visitor, 'POST', '/api/overlays', { name: 'Side', settings: { fontSize: 40 } })
  assert.equal(overlay.settings, { theme: 'clean', fontSize: 40 })
  assert.ok(overlay.url.startsWith(`http://127.0.0.1:${doors.port}/overlay#`))
  const found = await doors.house.overlayKeys.find(keyOf(overlay), doors.stores.overlays)
  assert.is(found?.id, overlay.id)
  assert.equal(await view(visitor, 'GET', `/api/overlays/${overlay.id}`), overlay)
})

test('gives a new key by rotation; the old one is dead', async ({ doors, visitor }) => {
  const before = await view(visitor, 'POST', '/api/overlays', {})
  const after = await view(visitor, 'POST', `/api/overlays/${before.id}/rotate`)
  assert.is.not(keyOf(after), keyOf(before))
  const find = (overlay: OverlayView) => doors.house.overlayKeys.find(keyOf(overlay), doors.stores.overlays)
  assert.is(await find(before), null)
  assert.is((await find(after))?.id, before.id)
  assert.is(doors.seen.at(-1)?.[0], 'withdrawOverlay')
  assert.is(doors.seen.at(-1)?.[2], before.id)
})

test('changes what is given and tells open overlays', async ({ doors, visitor }) => {
  const { id } = await view(visitor, 'POST', '/api/overlays', {})
  await Promise.all([
    visitor.call('PATCH', `/api/overlays/${id}`, { settings: { fontSize: 40 } }),
    visitor.call('PATCH', `/api/overlays/${id}`, { settings: { backlog: 5 } }),
    visitor.call('PATCH', `/api/overlays/${id}`, { name: 'Side' }),
  ])
  const overlay = await view(visitor, 'GET', `/api/overlays/${id}`)
  assert.is(overlay.name, 'Side')
  assert.equal(overlay.settings, { theme: 'clean', fontSize: 40, backlog: 5 })
  assert.equal(doors.seen.at(-1)?.slice(2), [id, overlay.settings])
})

test('leaves a setting to the theme again when it is given as null', async ({ visitor }) => {
  const { id } = await view(visitor, 'POST', '/api/overlays', { settings: { theme: 'neon', radius: 4, gap: 3 } })
  const overlay = await view(visitor, 'PATCH', `/api/overlays/${id}`, { settings: { radius: null } })
  assert.equal(overlay.settings, { theme: 'neon', gap: 3 })
})

test('refuses settings it does not know or that are out of range', async ({ visitor }) => {
  const { id } = await view(visitor, 'POST', '/api/overlays', {})
  for (const settings of [
    { fontSize: 1_000 },
    { theme: 'none' },
    { script: 'x' },
    { '__proto__.x': 1 },
    [],
    null,
    { fontSize: '20' },
  ]) {
    const answer = await visitor.call('PATCH', `/api/overlays/${id}`, { settings })
    assert.is(answer.status, 400, JSON.stringify(settings))
  }
  assert.equal((await view(visitor, 'GET', `/api/overlays/${id}`)).settings, { theme: 'clean' })
})

test('deletes an overlay and closes what shows it', async ({ doors, visitor }) => {
  const overlay = await view(visitor, 'POST', '/api/overlays', {})
  assert.is((await visitor.call('DELETE', `/api/overlays/${overlay.id}`)).status, 204)
  assert.is(doors.seen.at(-1)?.[0], 'withdrawOverlay')
  assert.is(await doors.house.overlayKeys.find(keyOf(overlay), doors.stores.overlays), null)
})

test('stops at the number of overlays a channel may have, also at once', async ({ visitor }) => {
  const answers = await Promise.all(
    Array.from({ length: MAX_OVERLAYS + 2 }, () => visitor.call('POST', '/api/overlays', {})),
  )
  // One stands from the beginning.
  assert.is(answers.filter(({ status }) => status === 201).length, MAX_OVERLAYS - 1)
  assert.is(answers.filter(({ status }) => status === 400).length, 3)
})

test.run()
