import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { codeOf, type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor }>('routes/moderation')
test.before(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
})
test.after(async ({ doors }) => doors.close())

const RULES = { words: ['spoiler'], users: ['somebody'], commands: true, bots: false }

test('keeps the rules and hands them to the line', async ({ doors, visitor }) => {
  assert.equal(jsonOf(await visitor.call('GET', '/api/moderation/rules')), {
    words: [],
    users: [],
    commands: false,
    bots: false,
  })
  const answer = await visitor.call('PUT', '/api/moderation/rules', RULES)
  assert.is(answer.status, 200)
  assert.equal(jsonOf(await visitor.call('GET', '/api/moderation/rules')), RULES)
  const [what, , rules] = doors.seen.at(-1) ?? []
  assert.is(what, 'rules')
  assert.equal(rules, RULES)
})

test('takes the most and longest words there may be', async ({ visitor }) => {
  const words = Array.from({ length: 1_000 }, (_, n) => '🦦'.repeat(45) + n)
  assert.is((await visitor.call('PUT', '/api/moderation/rules', { ...RULES, words })).status, 200)
  assert.is((await visitor.call('PUT', '/api/moderation/rules', { ...RULES, words: [...words, 'x'] })).status, 400)
})

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

test('refuses what names neither or both', async ({ visitor }) => {
  for (const body of [{}, { platform: 'testtube' }, { id: 'a', authorId: '7', platform: 'testtube' }, { id: ['a'] }]) {
    assert.is((await visitor.call('POST', '/api/moderation/hide', body)).status, 400)
  }
})

test.run()
