import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { PageView } from '../../../server/api/shapes.ts'
import type { StreamView } from '../../../server/api/streams.ts'
import type { ErasureView, SearchHit } from '../../../server/api/transcripts.ts'
import { Erasing } from '../../../server/erasures.ts'
import { archive, codeOf, type Doors, jsonOf, member, message, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor }>('routes/viewers')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
})
test.after.each(({ doors }) => doors.close())

const OWL = { platform: 'testtube', authorId: '94711947119471' }
const by = { author: { id: OWL.authorId, name: 'Night Owl', roles: [], badges: [] } }

async function streamWith(doors: Doors, visitor: Visitor, title: string, end = true): Promise<string> {
  const { id } = jsonOf<StreamView>(await visitor.call('POST', '/api/streams', { title }))
  const reply = { id: 'testtube:m1', author: 'Night Owl', text: 'hoot' }
  await archive(doors.stores, id, [
    message(1, 'hoot hoot', by),
    message(2, 'who says that', { reply, receivedAt: Date.now() + 1_000 } as object),
  ])
  if (end) await visitor.call('POST', '/api/streams/live/end')
  return id
}

async function finished(visitor: Visitor): Promise<ErasureView> {
  for (;;) {
    const { items } = jsonOf<{ items: ErasureView[] }>(await visitor.call('GET', '/api/viewers/erasures'))
    if (items[0] !== undefined && items[0].finishedAt !== null) return items[0]
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const hoots = async (visitor: Visitor) =>
  jsonOf<PageView<SearchHit>>(await visitor.call('GET', '/api/search?q=hoot')).items.length

test('takes a viewer out of every stream: ended, deleted and running; the air first', async ({ doors, visitor }) => {
  const ended = await streamWith(doors, visitor, 'ended')
  const deleted = await streamWith(doors, visitor, 'deleted')
  await visitor.call('DELETE', `/api/streams/${deleted}`)
  const running = await streamWith(doors, visitor, 'running', false)
  const stranger = await member(doors.port, 'Badger')
  const theirs = await streamWith(doors, stranger, 'theirs')
  const asked = await visitor.call('POST', '/api/viewers/erase', OWL)
  assert.is(asked.status, 202)
  assert.equal(doors.seen.map(([what]) => what).slice(0, 2), ['event', 'erase'])
  const done = await finished(visitor)
  assert.equal([done.events, done.done, done.total], [3, 6, 6])
  assert.not.match(JSON.stringify(done), /94711947119471|Owl/)
  await visitor.call('POST', `/api/streams/${deleted}/restore`)
  assert.is(await hoots(visitor), 0)
  for (const id of [ended, deleted, running]) {
    for (const format of ['json', 'jsonl', 'csv', 'txt', 'html', 'srt', 'vtt']) {
      const { text } = await visitor.call('GET', `/api/streams/${id}/export?format=${format}`)
      assert.not.match(text, /Night Owl|94711947119471|hoot/, format)
      assert.match(text, /who says that/, format)
    }
  }
  assert.is(await hoots(stranger), 1, 'another channel is another matter')
  assert.match((await stranger.call('GET', `/api/streams/${theirs}/events`)).text, /Night Owl/)
  assert.equal(jsonOf(await stranger.call('GET', '/api/viewers/erasures')), { items: [] })
})

test('begins anew where it is asked for once more in the middle', async ({ doors, visitor }) => {
  for (const title of ['one', 'two']) await streamWith(doors, visitor, title)
  const { channel } = jsonOf<{ channel: { id: string } }>(await visitor.call('GET', '/api/auth/me'))
  const { erasures, archive: kept } = doors.stores
  await erasures.put({
    ...{ id: 'e1', channelId: channel.id, ...OWL, names: [], startedAt: 1, finishedAt: null },
    ...{ round: 1, after: '', done: 0, total: 4, events: 0 },
  })
  let steps = 0
  const erase: typeof kept.erase = async (id, person) => {
    steps += 1
    if (steps === 1) await erasing.start(channel.id, OWL)
    return kept.erase(id, person)
  }
  const stores = { ...doors.stores, archive: { erase } as typeof kept }
  const erasing = new Erasing({ stores, log: doors.house.log, forget: () => undefined })
  erasing.begin()
  await erasing.idle()
  const [done] = await erasures.byChannel(channel.id)
  assert.ok(done !== undefined && done.startedAt > 1 && done.finishedAt !== null)
  assert.equal([steps, done.done], [5, 4], 'the step in the middle counts for nothing')
})

test('goes on in the next process, from the stream where it stood', async ({ doors, visitor }) => {
  for (const title of ['one', 'two', 'three']) await streamWith(doors, visitor, title)
  const { channel } = jsonOf<{ channel: { id: string } }>(await visitor.call('GET', '/api/auth/me'))
  const ids = await doors.stores.streams.ids(channel.id)
  await doors.stores.archive.erase(ids[0] ?? '', { ...OWL, names: [] })
  await doors.stores.erasures.put({
    ...{ id: 'e1', channelId: channel.id, ...OWL, names: ['Night Owl'], startedAt: 1, finishedAt: null },
    ...{ round: 1, after: ids[0] ?? '', done: 1, total: 6, events: 1 },
  })
  const forgotten: unknown[] = []
  const next = new Erasing({
    stores: doors.stores,
    log: doors.house.log,
    forget: (...person) => void forgotten.push(person),
  })
  next.begin()
  await next.idle()
  const done = await finished(visitor)
  assert.equal([done.events, done.done, done.total], [3, 6, 6])
  const owl = { ...OWL, names: ['Night Owl'] }
  assert.equal(forgotten, [[channel.id, owl]], 'out of what the process has read of them, too')
  for (const id of ids) {
    assert.not.match((await visitor.call('GET', `/api/streams/${id}/export?format=json`)).text, /Night Owl|hoot/)
  }
})

test('takes the viewer out of the log of moderation', async ({ doors, visitor }) => {
  const { channel } = jsonOf<{ channel: { id: string } }>(await visitor.call('GET', '/api/auth/me'))
  await streamWith(doors, visitor, 'one')
  const deed = { channelId: channel.id, at: 5, what: 'hide', text: 'hoot', undoes: null, undoneBy: null } as const
  const hand = { kind: 'account', id: 'a', name: 'Otter' } as const
  await doors.stores.deeds.add({ ...deed, id: 'd1', at: Date.now(), by: hand, target: OWL, author: null })
  await doors.stores.deeds.add({
    ...deed,
    id: 'd2',
    at: Date.now(),
    by: hand,
    target: { id: 'm' },
    author: 'night owl',
  })
  await doors.stores.deeds.add({ ...deed, id: 'd3', at: Date.now(), by: hand, target: { id: 'n' }, author: 'Mira' })
  await visitor.call('POST', '/api/viewers/erase', OWL)
  await finished(visitor)
  const { items } = await doors.stores.deeds.page(channel.id, 10, null)
  assert.equal(
    items.map(({ id, target, author, text }) => [id, target, author, text]),
    [
      ['d3', { id: 'n' }, 'Mira', 'hoot'],
      ['d2', null, null, null],
      ['d1', null, null, null],
    ],
  )
})

test('refuses what names nobody', async ({ visitor }) => {
  for (const body of [{}, { platform: 'testtube' }, { authorId: 'x' }, { ...OWL, authorId: ' ' }]) {
    assert.is((await visitor.call('POST', '/api/viewers/erase', body)).status, 400)
  }
  assert.is(
    codeOf(await visitor.call('POST', '/api/viewers/erase', { ...OWL, platform: 'owncast' })),
    'unknown_platform',
  )
})

test.run()
