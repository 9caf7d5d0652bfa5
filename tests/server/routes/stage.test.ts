import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DeedView, StageView } from '../../../server/api/moderation.ts'
import type { StreamView } from '../../../server/api/streams.ts'
import type { Message } from '../../../workers/message.ts'
import { archive, codeOf, type Doors, jsonOf, member, message, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor; window: Message[]; gone: Set<string> }>('routes/stage')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
  context.window = [message(1, 'good evening') as Message]
  context.gone = new Set()
  context.doors.house.hub.find = (_, id) => {
    const event = context.window.find((each) => each.id === id)
    return event === undefined ? null : { event, gone: context.gone.has(id) }
  }
})
test.after.each(async ({ doors }) => doors.close())

const feature = (visitor: Visitor, id: string | null) => visitor.call('POST', '/api/moderation/feature', { id })
const panic = (visitor: Visitor, on: boolean) => visitor.call('POST', '/api/moderation/panic', { on })
const slow = (visitor: Visitor, on: unknown) => visitor.call('POST', '/api/moderation/slow', { on })
const log = async (visitor: Visitor) =>
  jsonOf<{ items: DeedView[] }>(await visitor.call('GET', '/api/moderation/log')).items

test('features a message of the replay window and takes it down', async ({ visitor, window }) => {
  assert.equal(jsonOf(await feature(visitor, 'testtube:m1')), { panic: false, slow: false, featured: window[0] })
  assert.equal(jsonOf(await feature(visitor, null)), { panic: false, slow: false, featured: null })
  assert.equal(
    (await log(visitor)).map(({ what, text, author }) => [what, text, author]),
    [
      ['unfeature', null, null],
      ['feature', 'good evening', 'Mossy Otter'],
    ],
  )
  await feature(visitor, null)
  assert.is((await log(visitor)).length, 2, 'what changes nothing is no deed')
})

test('features a message of the live stream’s transcript', async ({ doors, visitor }) => {
  const stream = jsonOf<StreamView>(await visitor.call('POST', '/api/streams', {}))
  const removal = message(4, '', { kind: 'remove', target: { id: 'testtube:m3' }, by: 'panel' } as never)
  await archive(doors.stores, stream.id, [message(2, 'long ago'), message(3, 'taken away'), removal])
  const answer = jsonOf<StageView>(await feature(visitor, 'testtube:m2'))
  assert.is(answer.featured?.id, 'testtube:m2')
  assert.is(codeOf(await feature(visitor, 'testtube:m3')), 'hidden_message')
  await visitor.call('POST', '/api/streams/live/end', {})
  assert.is((await feature(visitor, 'testtube:m2')).status, 404, 'the stream is over')
})

test('features nothing that is hidden, unknown or another’s', async ({ doors, visitor, window, gone }) => {
  window.push(message(5, 'spoiler', { hidden: 'word' }) as Message)
  gone.add('testtube:m1')
  for (const id of ['testtube:m1', 'testtube:m5']) {
    const answer = await feature(visitor, id)
    assert.equal([answer.status, codeOf(answer)], [409, 'hidden_message'])
  }
  const owner = await member(doors.port, 'Badger')
  const stream = jsonOf<StreamView>(await owner.call('POST', '/api/streams', {}))
  await archive(doors.stores, stream.id, [message(9, 'not yours')])
  for (const id of ['testtube:m9', 'testtube:nothing']) assert.is((await feature(visitor, id)).status, 404)
  assert.is((await visitor.call('POST', '/api/moderation/feature', {})).status, 400)
})

test('holds the picture empty, and clears what came meanwhile before it ends', async ({ doors, visitor }) => {
  await feature(visitor, 'testtube:m1')
  assert.equal(jsonOf(await panic(visitor, true)), { panic: true, slow: false, featured: null })
  assert.is(codeOf(await feature(visitor, 'testtube:m1')), 'panic_on')
  const before = doors.seen.length
  await panic(visitor, true)
  assert.is(doors.seen.length, before, 'the second time does nothing')
  assert.equal(jsonOf(await panic(visitor, false)), { panic: false, slow: false, featured: null })
  const draft = doors.seen.at(-1)?.[2] as Record<string, unknown>
  const { kind, platform, by } = draft
  assert.equal({ kind, platform, by }, { kind: 'clear', platform: 'crosschat', by: 'panel' })
  assert.equal(
    (await log(visitor)).map(({ what }) => what),
    ['calm', 'panic', 'feature'],
  )
})

test('slows the picture down and ends that, each once and each a deed; it clears nothing', async ({
  doors,
  visitor,
}) => {
  const other = await member(doors.port, 'Badger')
  const before = doors.seen.length
  assert.equal(jsonOf(await slow(visitor, true)), { panic: false, slow: true, featured: null })
  await slow(visitor, true)
  assert.is(jsonOf<StageView>(await slow(other, false)).slow, false, 'a channel of one’s own')
  assert.is(jsonOf<StageView>(await panic(visitor, true)).slow, true, 'panic is another matter')
  await panic(visitor, false)
  assert.is(doors.seen.length, before + 1, 'only panic clears')
  assert.equal(jsonOf(await slow(visitor, false)), { panic: false, slow: false, featured: null })
  assert.equal(
    (await log(visitor)).map(({ what, by }) => [what, by.kind]),
    ['unslow', 'calm', 'panic', 'slow'].map((what) => [what, 'account']),
  )
  assert.is((await log(other)).length, 0)
})

test('says what a bad body should be, and changes nothing', async ({ visitor }) => {
  const answer = await slow(visitor, 'yes')
  assert.equal([answer.status, codeOf(answer)], [400, 'bad_request'])
  assert.is(jsonOf<StageView>(await feature(visitor, null)).slow, false)
})

test('stays empty when the clear at its end does not get through', async ({ doors, visitor }) => {
  await panic(visitor, true)
  doors.failWith(new Error('no way in'))
  assert.is((await panic(visitor, false)).status, 500)
  doors.failWith(null)
  assert.is(jsonOf<StageView>(await feature(visitor, null)).panic, true)
  assert.is(jsonOf<StageView>(await panic(visitor, false)).panic, false)
})

test.run()
