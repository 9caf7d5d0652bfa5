import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { LookView, OverlayView, VersionView } from '../../../server/api/overlays.ts'
import { MAX_CSS } from '../../../server/look-kinds.ts'
import { MAX_VERSIONS } from '../../../server/stores/overlays.ts'
import { codeOf, type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor; overlay: OverlayView }>('routes/looks')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
  context.overlay = jsonOf<OverlayView>(await context.visitor.call('POST', '/api/overlays', { name: 'Side' }))
})
test.after.each(async ({ doors }) => doors.close())

const look = async (visitor: Visitor, id: string) =>
  jsonOf<LookView>(await visitor.call('GET', `/api/overlays/${id}/draft`))
const draft = (visitor: Visitor, id: string, revision: number, settings: unknown) =>
  visitor.call('PUT', `/api/overlays/${id}/draft`, { revision, settings })
const publish = (visitor: Visitor, id: string, revision: number) =>
  visitor.call('POST', `/api/overlays/${id}/publish`, { revision })
const versions = async (visitor: Visitor, id: string) =>
  jsonOf<{ items: VersionView[] }>(await visitor.call('GET', `/api/overlays/${id}/versions`)).items

test('keeps a draft beside what is on air, and tells the previews alone', async ({ doors, visitor, overlay }) => {
  const { id } = overlay
  const before = await look(visitor, id)
  assert.equal([before.settings, before.revision, before.changedAt], [{ theme: 'clean' }, 0, null])
  const after = jsonOf<LookView>(await draft(visitor, id, 0, { theme: 'neon', fontSize: 40, gap: null }))
  assert.equal([after.settings, after.revision], [{ theme: 'neon', fontSize: 40 }, 1])
  assert.equal(after.published, { theme: 'clean' })
  assert.equal(await look(visitor, id), after)
  assert.equal(doors.seen.at(-1), ['dress', id, { theme: 'neon', fontSize: 40 }])
  assert.not.ok(
    doors.seen.some(([what]) => what === 'settings'),
    'nothing on air is told',
  )
  const listed = jsonOf<{ items: OverlayView[] }>(await visitor.call('GET', '/api/overlays')).items
  assert.equal(
    listed.map((each) => [each.id === id, each.draft, each.settings]),
    [
      [false, false, { theme: 'clean' }],
      [true, true, { theme: 'clean' }],
    ],
  )
})

test('overwrites no draft that somebody else has changed meanwhile', async ({ visitor, overlay }) => {
  const { id } = overlay
  const answers = await Promise.all([
    draft(visitor, id, 0, { theme: 'neon' }),
    draft(visitor, id, 0, { theme: 'cards' }),
  ])
  assert.equal(answers.map(({ status }) => status).sort(), [200, 409])
  const refused = answers.find(({ status }) => status === 409)
  assert.is(refused && codeOf(refused), 'draft_changed')
  assert.is((await publish(visitor, id, 0)).status, 409)
  assert.equal((await look(visitor, id)).published, { theme: 'clean' })
})

test('publishes the draft at once, and it is a draft no longer', async ({ doors, visitor, overlay }) => {
  const { id } = overlay
  await draft(visitor, id, 0, { theme: 'neon', fontSize: 40 })
  const answer = jsonOf<{ overlay: OverlayView; look: LookView }>(await publish(visitor, id, 1))
  assert.equal(answer.overlay.settings, { theme: 'neon', fontSize: 40 })
  assert.is(answer.overlay.draft, false)
  assert.equal([answer.look.published, answer.look.changedAt], [{ theme: 'neon', fontSize: 40 }, null])
  assert.equal(doors.seen.at(-1)?.slice(2), [id, { theme: 'neon', fontSize: 40 }])
  assert.equal(
    (await versions(visitor, id)).map(({ settings }) => settings),
    [{ theme: 'neon', fontSize: 40 }, { theme: 'clean' }],
  )
})

test('keeps the looks of one sitting as one version, and those before and after for themselves', async ({
  visitor,
  overlay,
}) => {
  let revision = 0
  const show = async (fontSize: number, sitting?: string) => {
    await draft(visitor, overlay.id, revision++, { theme: 'clean', fontSize })
    const answer = await visitor.call('POST', `/api/overlays/${overlay.id}/publish`, { revision: revision++, sitting })
    assert.is(answer.status, 200)
  }
  await show(30)
  for (const size of [31, 32, 33]) await show(size, 'evening')
  for (const size of [34, 35]) await show(size, 'night')
  await show(36)
  assert.equal(
    (await versions(visitor, overlay.id)).map(({ settings }) => settings.fontSize),
    [36, 35, 33, 30, undefined],
  )
})

test('has no draft where it is as on air', async ({ visitor, overlay }) => {
  await draft(visitor, overlay.id, 0, { theme: 'neon' })
  const back = jsonOf<LookView>(await draft(visitor, overlay.id, 1, { theme: 'clean' }))
  assert.is(back.changedAt, null)
  await publish(visitor, overlay.id, back.revision)
  assert.equal(await versions(visitor, overlay.id), [], 'nothing was there to publish')
})

test('keeps as a version what was on air by a direct change', async ({ visitor, overlay }) => {
  const { id } = overlay
  await visitor.call('PATCH', `/api/overlays/${id}`, { settings: { gap: 3 } })
  await draft(visitor, id, 0, { theme: 'neon' })
  await publish(visitor, id, 1)
  await visitor.call('PATCH', `/api/overlays/${id}`, { settings: { gap: 4 } })
  await draft(visitor, id, 2, { theme: 'cards' })
  await publish(visitor, id, 3)
  assert.equal(
    (await versions(visitor, id)).map(({ settings }) => settings),
    [{ theme: 'cards' }, { theme: 'neon', gap: 4 }, { theme: 'neon' }, { theme: 'clean', gap: 3 }],
  )
})

test('keeps the newest versions only', async ({ visitor, overlay }) => {
  let { revision } = await look(visitor, overlay.id)
  for (let fontSize = 20; fontSize < 20 + MAX_VERSIONS + 3; fontSize++) {
    await draft(visitor, overlay.id, revision, { fontSize })
    await publish(visitor, overlay.id, revision + 1)
    revision += 2
  }
  const kept = await versions(visitor, overlay.id)
  assert.is(kept.length, MAX_VERSIONS)
  assert.equal(kept[0]?.settings, { fontSize: 20 + MAX_VERSIONS + 2 })
})

test('refuses a draft with what no overlay has, by the setting’s name, and keeps the one before', async ({
  visitor,
  overlay,
}) => {
  await draft(visitor, overlay.id, 0, { theme: 'neon' })
  const answer = await draft(visitor, overlay.id, 1, { fontSize: 1_000, rainbow: true })
  assert.is(answer.status, 400)
  const { fields } = jsonOf<{ error: { fields: Record<string, string> } }>(answer).error
  assert.equal(Object.keys(fields).sort(), ['settings.fontSize', 'settings.rainbow'])
  assert.equal((await look(visitor, overlay.id)).settings, { theme: 'neon' })
})

test('takes as much custom CSS as the table of settings promises, in any script', async ({ visitor, overlay }) => {
  const customCss = 'あ'.repeat(MAX_CSS)
  assert.is((await draft(visitor, overlay.id, 0, { customCss })).status, 200)
  assert.is((await draft(visitor, overlay.id, 1, { customCss: `${customCss}x` })).status, 400)
})

test('gives a preview key that opens the overlay’s preview and not the overlay', async ({
  doors,
  visitor,
  overlay,
}) => {
  const { preview } = await look(visitor, overlay.id)
  const key = preview.split('#')[1] ?? ''
  const { previewKeys, overlayKeys } = doors.house
  assert.is((await previewKeys.find(key, doors.stores.overlays))?.id, overlay.id)
  assert.is(await overlayKeys.find(key, doors.stores.overlays), null)
  assert.is(await previewKeys.find(overlay.url.split('#')[1] ?? '', doors.stores.overlays), null)
})

test('tells previews what to show; another’s stream is nothing', async ({ doors, visitor, overlay }) => {
  const path = `/api/overlays/${overlay.id}/preview`
  assert.is((await visitor.call('POST', path, { act: 'burst' })).status, 204)
  assert.equal(doors.seen.at(-1), ['act', overlay.id, 'burst'])
  assert.is((await visitor.call('POST', path, { act: 'explode' })).status, 400)
  const stream = jsonOf<{ id: string }>(await visitor.call('POST', '/api/streams', {}))
  const ask = (id: string, speed: number) => visitor.call('POST', path, { replay: { stream: id, speed } })
  assert.is((await ask(stream.id, 8)).status, 204)
  assert.equal(doors.seen.at(-1), ['replay', overlay.id, stream.id, 8])
  assert.is((await ask(stream.id, 100)).status, 400)
  const other = await member(doors.port, 'Badger')
  const foreign = jsonOf<{ id: string }>(await other.call('POST', '/api/streams', {}))
  assert.is((await ask(foreign.id, 1)).status, 404)
  await visitor.call('POST', path, { replay: null })
  assert.equal(doors.seen.at(-1), ['endReplay', overlay.id])
})

test('forgets draft and versions with the overlay, and closes its previews', async ({ doors, visitor, overlay }) => {
  await draft(visitor, overlay.id, 0, { theme: 'neon' })
  await publish(visitor, overlay.id, 1)
  await visitor.call('DELETE', `/api/overlays/${overlay.id}`)
  assert.ok(doors.seen.some(([what, id]) => what === 'withdrawPreview' && id === overlay.id))
  assert.is(await doors.stores.looks.draft(overlay.id), null)
  assert.equal(await doors.stores.looks.versions(overlay.id), [])
})

test.run()
