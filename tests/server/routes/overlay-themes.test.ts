import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DeedView } from '../../../server/api/moderation.ts'
import type { DockView, LookView, OverlayView, ThemesView } from '../../../server/api/overlays.ts'
import { themes } from '../../../server/look.ts'
import { ask, codeOf, type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor; overlay: OverlayView }>('routes/overlay-themes')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
  context.overlay = jsonOf<OverlayView>(
    await context.visitor.call('POST', '/api/overlays', { name: 'Side', settings: { theme: 'neon', fontSize: 40 } }),
  )
})
test.after.each(async ({ doors }) => doors.close())

const wear = (visitor: Visitor, id: string, theme: string) =>
  visitor.call('PUT', `/api/overlays/${id}/theme`, { theme })
const look = async (visitor: Visitor, id: string) =>
  jsonOf<LookView>(await visitor.call('GET', `/api/overlays/${id}/draft`))
const log = async (visitor: Visitor) =>
  jsonOf<{ items: DeedView[] }>(await visitor.call('GET', '/api/moderation/log')).items

test('lists every overlay with its theme, and the themes there are; no address is among it', async ({
  visitor,
  overlay,
}) => {
  const answer = await visitor.call('GET', '/api/themes')
  const view = jsonOf<ThemesView>(answer)
  assert.equal(view.items.at(-1), { id: overlay.id, name: 'Side', theme: 'neon' })
  assert.is(view.items[0]?.theme, 'clean', 'where nothing is chosen, the first')
  assert.equal(
    view.themes.map(({ id }) => id),
    themes(),
  )
  assert.not.ok(answer.text.includes('#'))
})

test('switches the theme on air and leaves the rest as it was chosen', async ({ doors, visitor, overlay }) => {
  assert.equal(jsonOf(await wear(visitor, overlay.id, 'cards')), { id: overlay.id, name: 'Side', theme: 'cards' })
  const [what, , id, settings] = doors.seen.at(-1) ?? []
  assert.equal([what, id, settings], ['settings', overlay.id, { theme: 'cards', fontSize: 40 }])
  const { published, settings: draft, changedAt } = await look(visitor, overlay.id)
  assert.equal([published, draft, changedAt], [settings, settings, null])
  const [deed] = await log(visitor)
  assert.equal([deed?.what, deed?.author, deed?.by.name], ['theme', 'Side', 'Otter'])
})

test('leaves a draft as it is', async ({ visitor, overlay }) => {
  const draft = { theme: 'bubbles', fontSize: 50 }
  await visitor.call('PUT', `/api/overlays/${overlay.id}/draft`, { revision: 0, settings: draft })
  await wear(visitor, overlay.id, 'cards')
  const { published, settings } = await look(visitor, overlay.id)
  assert.equal([published.theme, settings], ['cards', draft])
})

test('does and notes nothing where the theme is that one already', async ({ doors, visitor, overlay }) => {
  const before = doors.seen.length
  assert.is(jsonOf<{ theme: string }>(await wear(visitor, overlay.id, 'neon')).theme, 'neon')
  assert.equal([doors.seen.length, await log(visitor)], [before, []])
})

test('refuses what is no theme, and knows nothing of another’s overlay', async ({ doors, visitor, overlay }) => {
  assert.is(codeOf(await wear(visitor, overlay.id, 'rainbow')), 'bad_request')
  const other = await member(doors.port, 'Badger')
  const dock = jsonOf<DockView>(await other.call('POST', '/api/docks', { name: 'Desk', scope: 'control' }))
  const [unknown, foreign] = await Promise.all(
    ['AAAAAAAAAAAAAAAAAAAAAA', overlay.id].map((id) => wear(other, id, 'cards')),
  )
  assert.is(foreign?.status, 404)
  assert.equal(bare(foreign?.text), bare(unknown?.text))
  const keyed = await ask(doors.port, {
    ...{ method: 'PUT', path: `/api/overlays/${overlay.id}/theme`, body: '{"theme":"cards"}' },
    headers: { authorization: `Bearer ${dock.url.split('#')[1]}`, origin: 'null', 'content-type': 'application/json' },
  })
  assert.equal([keyed.status, bare(keyed.text)], [404, bare(foreign?.text)])
  assert.is((await look(visitor, overlay.id)).published.theme, 'neon')
})

/** Every answer has a request id of its own. */
function bare(text = ''): string {
  return text.replace(/"requestId":"[^"]*"/, '')
}

test.run()
