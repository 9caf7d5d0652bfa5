import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DeedView, HeldView } from '../../../server/api/moderation.ts'
import type { HeldBack } from '../../../server/channels/held.ts'
import { CrossChatError } from '../../../server/errors.ts'
import type { Message } from '../../../workers/message.ts'
import { codeOf, type Doors, jsonOf, member, message, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor; channelId: string }>('routes/held')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
  const { channel } = jsonOf<{ channel: { id: string } }>(await context.visitor.call('GET', '/api/auth/me'))
  context.channelId = channel.id
  const held = context.doors.house.held as HeldBack
  held.resume(
    channel.id,
    [1, 2].map((seq) => message(seq, `line ${seq}`, { hidden: 'held:link', receivedAt: Date.now() }) as Message),
  )
})
test.after.each(async ({ doors }) => doors.close())

const draftOf = (what: unknown[] | undefined) => (what?.[2] ?? {}) as Record<string, unknown>
const PATH = '/api/moderation/held'
const ONE = `${PATH}/${encodeURIComponent('testtube:m1')}`
const ids = async (visitor: Visitor) =>
  jsonOf<HeldView>(await visitor.call('GET', PATH)).items.map(({ event }) => event.id)

test('lists what waits, oldest first, with the rule', async ({ visitor }) => {
  const view = jsonOf<HeldView>(await visitor.call('GET', `${PATH}?limit=1`))
  assert.equal([view.items.length, view.count, view.max], [1, 2, 200])
  assert.equal([view.items[0]?.event.id, view.items[0]?.rule], ['testtube:m1', 'link'])
})

test('releases as a restore of that one event, no longer hidden, and says so in the log', async ({
  doors,
  visitor,
}) => {
  assert.is((await visitor.call('POST', `${ONE}/release`)).status, 202)
  const draft = draftOf(doors.seen.at(-1))
  const { kind, id, target, released, events } = draft
  assert.equal([kind, id, target, released], ['restore', 'testtube:m1.released', { id: 'testtube:m1' }, true])
  assert.equal(
    (events as Message[]).map(({ hidden, text }) => [hidden, text]),
    [[undefined, 'line 1']],
  )
  assert.equal(await ids(visitor), ['testtube:m2'])
  const { items } = jsonOf<{ items: DeedView[] }>(await visitor.call('GET', '/api/moderation/log'))
  assert.equal([items[0]?.what, items[0]?.text, items[0]?.author], ['release', 'line 1', 'Mossy Otter'])
})

test('releases anew what was taken away and given back meanwhile', async ({ doors, visitor, channelId }) => {
  const held = doors.house.held as HeldBack
  const base = {
    id: 'testtube:m3',
    platform: 'testtube',
    at: 1,
    receivedAt: 1,
    by: 'panel' as const,
    target: { id: 'testtube:m1' },
  }
  held.resume(channelId, [
    { kind: 'remove', seq: 3, ...base },
    { kind: 'restore', seq: 4, ...base, events: [] },
  ])
  assert.is((await visitor.call('POST', `${ONE}/release`)).status, 202)
  assert.is(draftOf(doors.seen.at(-1)).id, 'testtube:m1.released-1')
})

test('refuses as a removal; to unhide it undoes the refusal in the log', async ({ doors, visitor }) => {
  assert.is((await visitor.call('POST', `${ONE}/refuse`)).status, 202)
  assert.is(draftOf(doors.seen.at(-1)).kind, 'remove')
  assert.equal(await ids(visitor), ['testtube:m2'])
  await visitor.call('POST', '/api/moderation/unhide', { id: 'testtube:m1' })
  const { items } = jsonOf<{ items: DeedView[] }>(await visitor.call('GET', '/api/moderation/log'))
  assert.equal([items[0]?.what, items[0]?.undoes], ['unhide', items[1]?.id])
})

test('lets the faster of two decide', async ({ doors, visitor }) => {
  const answers = await Promise.all(
    ['release', 'refuse', 'release'].map((how) => visitor.call('POST', `${ONE}/${how}`)),
  )
  assert.equal(answers.map(({ status }) => status).sort(), [202, 409, 409])
  for (const answer of answers) if (answer.status === 409) assert.is(codeOf(answer), 'held_decided')
  assert.is(doors.seen.filter(([what]) => what === 'event').length, 1)
})

test('leaves it in the queue when the decision cannot be carried out', async ({ doors, visitor }) => {
  doors.failWith(new CrossChatError('queue_full'))
  assert.is((await visitor.call('POST', `${ONE}/release`)).status, 503)
  doors.failWith(null)
  assert.equal(await ids(visitor), ['testtube:m1', 'testtube:m2'])
  assert.is((await visitor.call('POST', `${ONE}/release`)).status, 202)
})

test('releases nothing while the overlays are held empty', async ({ visitor }) => {
  await visitor.call('POST', '/api/moderation/panic', { on: true })
  assert.is(codeOf(await visitor.call('POST', `${ONE}/release`)), 'panic_on')
  assert.is((await visitor.call('POST', `${ONE}/refuse`)).status, 202)
})

test('answers another’s id like an unknown one', async ({ doors, visitor }) => {
  const other = await member(doors.port, 'Badger')
  for (const how of ['release', 'refuse']) {
    const foreign = await other.call('POST', `${ONE}/${how}`)
    const unknown = await visitor.call('POST', `${PATH}/nothing/${how}`)
    assert.equal([foreign.status, codeOf(foreign)], [unknown.status, codeOf(unknown)])
    assert.is(foreign.status, 404)
  }
  assert.equal(await ids(other), [])
})

test.run()
