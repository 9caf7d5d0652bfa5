import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DeedView } from '../../../server/api/moderation.ts'
import type { Message } from '../../../workers/message.ts'
import { codeOf, type Doors, jsonOf, member, message, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor }>('routes/moderation')
test.before(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
})
test.after(async ({ doors }) => doors.close())

const OTTER = { kind: 'account', name: 'Otter' }

test('takes one message off the air, under its own platform', async ({ doors, visitor }) => {
  const answer = await visitor.call('POST', '/api/moderation/hide', { id: 'testtube:m1' })
  assert.is(answer.status, 202)
  const [what, , draft] = doors.seen.at(-1) ?? []
  assert.is(what, 'event')
  const { kind, platform, target, by, id } = draft as Record<string, unknown>
  assert.equal(
    { kind, platform, target, by },
    { kind: 'remove', platform: 'testtube', target: { id: 'testtube:m1' }, by: 'panel' },
  )
  assert.match(String(id), /^testtube:[\w-]{22}$/)
})

test('takes a person off the air', async ({ doors, visitor }) => {
  await visitor.call('POST', '/api/moderation/hide', { platform: 'testtube', authorId: '77' })
  const draft = doors.seen.at(-1)?.[2] as Record<string, unknown>
  assert.equal(draft.target, { authorId: '77' })
  assert.is(draft.platform, 'testtube')
  const unknown = await visitor.call('POST', '/api/moderation/hide', { platform: 'nowhere', authorId: '77' })
  assert.is(codeOf(unknown), 'unknown_platform')
  const anywhere = await visitor.call('POST', '/api/moderation/hide', { authorId: '78' })
  assert.is(anywhere.status, 202)
  const last = doors.seen.at(-1)?.[2] as Record<string, unknown>
  assert.equal([last.platform, last.target], ['testtube', { authorId: '78' }])
})

test('gives back what was hidden; what comes along is decided where the restore has its place', async ({
  doors,
  visitor,
}) => {
  const event = message(1, 'cheap viewers') as Message
  doors.house.hub.restorable = (_, platform, target) => (platform === 'testtube' && 'id' in target ? [event] : [])
  await visitor.call('POST', '/api/moderation/hide', { id: event.id })
  const answer = await visitor.call('POST', '/api/moderation/unhide', { id: event.id })
  assert.is(answer.status, 202)
  const draft = doors.seen.at(-1)?.[2] as Record<string, unknown>
  const { kind, platform, target, by, events } = draft
  assert.equal(
    { kind, platform, target, by, events },
    { kind: 'restore', platform: 'testtube', target: { id: event.id }, by: 'panel', events: [] },
  )
  const { items } = jsonOf<{ items: DeedView[] }>(await visitor.call('GET', '/api/moderation/log?limit=2'))
  const [unhide, hide] = items
  assert.equal([hide?.what, hide?.text, hide?.author, hide?.by], ['hide', 'cheap viewers', 'Mossy Otter', OTTER])
  assert.equal([unhide?.what, unhide?.undoes, hide?.undoneBy], ['unhide', hide?.id, unhide?.id])
  assert.equal(hide?.target, { id: event.id }, 'the body of the call that takes it back')
})

test('gives a person back on one platform or on all', async ({ doors, visitor }) => {
  await visitor.call('POST', '/api/moderation/unhide', { authorId: '77' })
  const draft = doors.seen.at(-1)?.[2] as Record<string, unknown>
  const { platform, target } = draft
  assert.equal({ platform, target }, { platform: 'testtube', target: { authorId: '77' } })
  const unknown = await visitor.call('POST', '/api/moderation/unhide', { platform: 'nowhere', authorId: '77' })
  assert.is(codeOf(unknown), 'unknown_platform')
})

test('hides also when the log cannot be kept', async ({ doors, visitor }) => {
  const { add } = doors.stores.deeds
  doors.stores.deeds.add = () => Promise.reject(new Error('full'))
  assert.is((await visitor.call('POST', '/api/moderation/hide', { id: 'testtube:m1' })).status, 202)
  doors.stores.deeds.add = add
  assert.match(doors.logged(), /moderation log did not take/)
})

test('clears the picture', async ({ doors, visitor }) => {
  assert.is((await visitor.call('POST', '/api/moderation/clear')).status, 202)
  const draft = doors.seen.at(-1)?.[2] as Record<string, unknown>
  const { kind, by } = draft
  assert.equal({ kind, by }, { kind: 'clear', by: 'panel' })
})

test('refuses what names neither or both', async ({ visitor }) => {
  for (const body of [{}, { platform: 'testtube' }, { id: 'a', authorId: '7', platform: 'testtube' }, { id: ['a'] }]) {
    assert.is((await visitor.call('POST', '/api/moderation/hide', body)).status, 400)
  }
})

test.run()
