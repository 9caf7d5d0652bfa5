import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { MomentView, StreamView } from '../../../server/api/streams.ts'
import { isMomentOf } from '../../../server/stores/streams.ts'
import type { ChatEvent } from '../../../workers/message.ts'
import { archive, codeOf, type Doors, jsonOf, member, message, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor; noted: string[] }>('routes/moments')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
  context.noted = []
  context.doors.house.hub.noted = (channelId) => void context.noted.push(channelId)
})
test.after.each(({ doors }) => doors.close())

const mark = (visitor: Visitor, id: string) => visitor.call('POST', '/api/moments', { id })
const list = async (visitor: Visitor, stream: string) =>
  jsonOf<{ items: MomentView[] }>(await visitor.call('GET', `/api/streams/${stream}/moments`)).items

async function streamWith(doors: Doors, visitor: Visitor, events: ChatEvent[]): Promise<string> {
  const { id } = jsonOf<StreamView>(await visitor.call('POST', '/api/streams', {}))
  await archive(doors.stores, id, events)
  return id
}
const said = (seq: number, text: string) => message(seq, text, { receivedAt: Date.now() + seq * 1_000 })

test('marks a message of the running stream, once, and panels hear of it', async ({ doors, visitor, noted }) => {
  const stream = await streamWith(doors, visitor, [said(1, 'what a jump'), said(2, 'again')])
  const [second, first] = [await mark(visitor, 'testtube:m2'), await mark(visitor, 'testtube:m1')]
  assert.equal([second.status, first.status], [201, 201])
  assert.is(jsonOf<MomentView>(await mark(visitor, 'testtube:m1')).id, jsonOf<MomentView>(first).id)
  const items = await list(visitor, stream)
  assert.equal(
    items.map(({ eventId, author, text, by }) => [eventId, author, text, by.name]),
    [
      ['testtube:m1', 'Mossy Otter', 'what a jump', 'Otter'],
      ['testtube:m2', 'Mossy Otter', 'again', 'Otter'],
    ],
  )
  assert.is(noted.length, 3)
  assert.is((await visitor.call('DELETE', `/api/moments/${items[0]?.id}`)).status, 204)
  assert.is((await visitor.call('DELETE', `/api/moments/${items[0]?.id}`)).status, 404)
  assert.is((await list(visitor, stream)).length, 1)
})

test('marks nothing without a stream, nothing older than it, and nothing unknown', async ({ doors, visitor }) => {
  assert.is(codeOf(await mark(visitor, 'testtube:m1')), 'no_stream')
  await streamWith(doors, visitor, [message(1, 'long ago')])
  assert.is(codeOf(await mark(visitor, 'testtube:m1')), 'no_stream')
  assert.is(codeOf(await mark(visitor, 'testtube:m9')), 'not_found')
})

test('keeps each channel’s moments to itself', async ({ doors, visitor }) => {
  const stream = await streamWith(doors, visitor, [said(1, 'mine')])
  const { id } = jsonOf<MomentView>(await mark(visitor, 'testtube:m1'))
  const stranger = await member(doors.port, 'Badger')
  assert.is((await stranger.call('GET', `/api/streams/${stream}/moments`)).status, 404)
  assert.is((await stranger.call('DELETE', `/api/moments/${id}`)).status, 404)
  assert.is((await list(visitor, stream)).length, 1)
})

test('keeps the place and loses the words when their author is erased', async ({ doors, visitor }) => {
  const stream = await streamWith(doors, visitor, [said(1, 'hoot')])
  await mark(visitor, 'testtube:m1')
  const { channel } = jsonOf<{ channel: { id: string } }>(await visitor.call('GET', '/api/auth/me'))
  await doors.stores.moments.erase(channel.id, { platform: 'testtube', authorId: '77', names: ['Mossy Otter'] })
  const [moment] = await list(visitor, stream)
  assert.equal([moment?.eventId, moment?.author, moment?.text], ['testtube:m1', null, ''])
})

test('knows a person by their name as a word of its own', () => {
  const about = (text: string, name: string) =>
    isMomentOf({ platform: 'x', authorId: '1', text }, { platform: 'x', authorId: '2', names: [name] })
  for (const text of ['ana!', 'hi @Ana', 'so ana, then', 'банан ana']) assert.ok(about(text, 'ana'), text)
  for (const text of ['banana', 'ana_b', 'anas', 'nobody']) assert.not.ok(about(text, 'ana'), text)
  assert.not.ok(about('who is that?', '?'))
})

test.run()
