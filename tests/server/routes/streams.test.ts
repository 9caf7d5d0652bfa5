import { connect } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { PageView } from '../../../server/api/shapes.ts'
import type { StreamView } from '../../../server/api/streams.ts'
import type { EventsView, SearchHit } from '../../../server/api/transcripts.ts'
import { archive, codeOf, type Doors, jsonOf, member, message, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor }>('routes/streams')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
})
test.after.each(async ({ doors }) => doors.close())

async function start(visitor: Visitor, title: string): Promise<StreamView> {
  return jsonOf<StreamView>(await visitor.call('POST', '/api/streams', { title }))
}

test('starts one stream at a time and ends it', async ({ visitor }) => {
  const started = await visitor.call('POST', '/api/streams', { title: ' Evening ' })
  assert.is(started.status, 201)
  const stream = jsonOf<StreamView>(started)
  assert.is(stream.title, 'Evening')
  assert.is(stream.endedAt, null)
  const again = await visitor.call('POST', '/api/streams')
  assert.is(again.status, 409)
  assert.is(codeOf(again), 'stream_live')
  const ended = await visitor.call('POST', '/api/streams/live/end')
  assert.is(ended.status, 200)
  assert.is(jsonOf<StreamView>(ended).id, stream.id)
  assert.type(jsonOf<StreamView>(ended).endedAt, 'number')
  const none = await visitor.call('POST', '/api/streams/live/end', {})
  assert.is(codeOf(none), 'no_stream')
})

test('lists streams by pages, newest first', async ({ visitor }) => {
  for (const title of ['one', 'two', 'three']) {
    await start(visitor, title)
    await visitor.call('POST', '/api/streams/live/end')
  }
  const first = jsonOf<PageView<StreamView>>(await visitor.call('GET', '/api/streams?limit=2'))
  assert.equal(
    first.items.map(({ title }) => title),
    ['three', 'two'],
  )
  const second = jsonOf<PageView<StreamView>>(await visitor.call('GET', `/api/streams?limit=2&cursor=${first.next}`))
  assert.equal(
    second.items.map(({ title }) => title),
    ['one'],
  )
  assert.is(second.next, null)
})

test('gives each of many readers a whole page, however slowly they read and whoever leaves', async ({
  doors,
  visitor,
}) => {
  const { id } = await start(visitor, 'long')
  await archive(
    doors.stores,
    id,
    Array.from({ length: 4_000 }, (_, nth) => message(nth + 1, `${nth} ${'words '.repeat(80)}`)),
  )
  const pages: { path: string; page: EventsView }[] = []
  for (let cursor = ''; pages.length < 8; ) {
    const path = `/api/streams/${id}/events?limit=500${cursor}`
    const page = jsonOf<EventsView>(await visitor.call('GET', path))
    pages.push({ path, page })
    cursor = `&cursor=${page.next}`
  }
  assert.is(new Set(pages.map(({ page }) => JSON.stringify(page.items[0]))).size, 8)
  const read = async ({ path, page }: { path: string; page: EventsView }, slow: boolean, leaves: boolean) => {
    const answer = await fetch(`http://127.0.0.1:${doors.port}${path}`, { headers: { cookie: visitor.cookie } })
    if (slow) await new Promise((resolve) => setTimeout(resolve, 50))
    if (leaves) return answer.body?.cancel()
    assert.equal(await answer.json(), page)
  }
  // More than the system keeps for a line that nobody reads: the memory of these may not come back before.
  const unread = connect(doors.port, '127.0.0.1').pause()
  const asked = Array.from({ length: 6 }, () => pages).flat()
  for (const { path } of asked)
    unread.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${doors.port}\r\nCookie: ${visitor.cookie}\r\n\r\n`)
  const readers = Array.from({ length: 5 }, () => pages).flat()
  await Promise.all(readers.map((page, nth) => read(page, nth % 3 === 0, nth % 9 === 0)))
  let text = ''
  for await (const chunk of unread.setEncoding('utf8')) {
    text += chunk
    // It is many megabytes: looked through where a body may end, and not with every chunk.
    if (chunk.endsWith('}') && text.split('HTTP/1.1 200').length > asked.length) break
  }
  const bodies = text
    .split('HTTP/1.1 200')
    .slice(1)
    .map((each) => each.slice(each.indexOf('\r\n\r\n') + 4))
  assert.equal(
    bodies.map((body) => JSON.parse(body)),
    asked.map(({ page }) => page),
  )
})

test('renames and deletes an ended stream, never a live one', async ({ visitor }) => {
  const { id } = await start(visitor, 'one')
  const renamed = await visitor.call('PATCH', `/api/streams/${id}`, { title: 'two' })
  assert.is(jsonOf<StreamView>(renamed).title, 'two')
  assert.is((await visitor.call('PATCH', `/api/streams/${id}`, { title: 'x', channelId: 'else' })).status, 400)
  assert.is(codeOf(await visitor.call('DELETE', `/api/streams/${id}`)), 'stream_live')
  await visitor.call('POST', '/api/streams/live/end')
  assert.is((await visitor.call('DELETE', `/api/streams/${id}`)).status, 204)
  assert.is((await visitor.call('GET', `/api/streams/${id}`)).status, 404)
})

test('deletes a stream out of every list, search and file at once, and brings it back whole', async ({
  doors,
  visitor,
}) => {
  const { id } = await start(visitor, 'one')
  await archive(doors.stores, id, [message(1, 'an apple')])
  const restore = () => visitor.call('POST', `/api/streams/${id}/restore`)
  await visitor.call('POST', '/api/streams/live/end')
  const listed = async (query: string) =>
    jsonOf<PageView<StreamView>>(await visitor.call('GET', `/api/streams${query}`)).items
  const found = async () => jsonOf<PageView<SearchHit>>(await visitor.call('GET', '/api/search?q=apple')).items.length
  const [before] = await listed('')
  await visitor.call('DELETE', `/api/streams/${id}`)
  assert.equal(await listed(''), [])
  assert.is(await found(), 0)
  for (const path of ['', '/events', '/export?format=csv']) {
    assert.is((await visitor.call('GET', `/api/streams/${id}${path}`)).status, 404, path)
  }
  assert.is((await visitor.call('PATCH', `/api/streams/${id}`, { title: 'x' })).status, 404)
  assert.is((await visitor.call('DELETE', `/api/streams/${id}`)).status, 404, 'a second time nothing is there')
  const [deleted] = await listed('?deleted=yes')
  assert.is(deleted?.id, id)
  assert.is((deleted?.goesAt ?? 0) - (deleted?.deletedAt ?? 0), 7 * 86_400_000)
  assert.equal(jsonOf(await restore()), before)
  assert.equal(await listed(''), [before])
  assert.is(await found(), 1)
  assert.equal(await listed('?deleted=yes'), [])
  await doors.stores.streams.update(id, { deletedAt: Date.now() - 8 * 86_400_000 })
  assert.is((await restore()).status, 404, 'its time is over')
})

test('gives the transcript by pages and filters', async ({ doors, visitor }) => {
  const { id } = await start(visitor, 'one')
  await archive(doors.stores, id, [
    message(1, 'hello there'),
    message(2, 'good night', { simulated: true }),
    message(3, 'hello again'),
  ])
  const texts = async (query: string) => {
    const { items } = jsonOf<EventsView>(await visitor.call('GET', `/api/streams/${id}/events?${query}`))
    return items.map((entry) => ('text' in entry ? entry.text : entry.kind))
  }
  assert.equal(await texts(''), ['hello there', 'good night', 'hello again'])
  assert.equal(await texts('q=hello'), ['hello there', 'hello again'])
  assert.equal(await texts('simulated=no'), ['hello there', 'hello again'])
  assert.equal(await texts('simulated=yes'), ['hello there', 'good night', 'hello again'])
  const page = jsonOf<EventsView>(await visitor.call('GET', `/api/streams/${id}/events?limit=2`))
  assert.is(page.items.length, 2)
  const rest = jsonOf<EventsView>(await visitor.call('GET', `/api/streams/${id}/events?limit=2&cursor=${page.next}`))
  assert.is(rest.items.length, 1)
})

test('refuses queries out of range', async ({ visitor }) => {
  for (const query of ['limit=0', 'limit=501', 'limit=x', 'limit=1&limit=2', `cursor=${'a'.repeat(300)}`]) {
    const answer = await visitor.call('GET', `/api/streams?${query}`)
    assert.is(answer.status, 400, query)
  }
})

test('keeps a title as one line that is shown as it reads', async ({ visitor }) => {
  const { id, title } = await start(visitor, ' First\r\n\u202elight\u0000\ud800 👨‍👩‍👧 <b> ')
  assert.is(title, 'First light 👨‍👩‍👧 <b>')
  for (const nothing of ['\u202e', ' \u0000 '])
    assert.is((await visitor.call('PATCH', `/api/streams/${id}`, { title: nothing })).status, 400)
})

test('refuses cursors that no page gave, in every list', async ({ visitor }) => {
  for (const path of ['/api/streams', '/api/moderation/log', '/api/instance/accounts'])
    for (const cursor of ['nonsense', '-1', Buffer.from('x:y').toString('base64url')]) {
      const answer = await visitor.call('GET', `${path}?cursor=${cursor}`)
      assert.is(answer.status, 400, path)
      assert.match(answer.text, /"cursor":"is not one that this call gave"/)
    }
})

test('exports the whole transcript, however many pages it has', async ({ doors, visitor }) => {
  const { id } = await start(visitor, 'one')
  const events = Array.from({ length: 1_203 }, (_, n) =>
    message(n + 1, `line ${n + 1}`, { receivedAt: Date.now() + n }),
  )
  await archive(doors.stores, id, events)
  const get = (query: string) => visitor.call('GET', `/api/streams/${id}/export?${query}`)
  const json = await get('format=json')
  assert.match(
    String(json.headers['content-disposition']),
    /^attachment; filename="crosschat-\d{4}-\d\d-\d\d-\w+\.json"$/,
  )
  assert.equal(
    jsonOf<{ seq: number }[]>(json).map(({ seq }) => seq),
    events.map(({ seq }) => seq),
  )
  const lines = (await get('format=jsonl')).text.trimEnd().split('\n')
  assert.equal(
    lines.map((line) => JSON.parse(line).seq),
    events.map(({ seq }) => seq),
  )
  for (const format of ['csv', 'txt', 'html', 'srt', 'vtt']) {
    const { status, text } = await get(`format=${format}`)
    assert.is(status, 200)
    assert.is(text.match(/line \d+/g)?.length, 1_203, format)
  }
})

test('names the formats it knows to whoever asks for another', async ({ visitor }) => {
  const { id } = await start(visitor, 'one')
  for (const query of ['', 'format=exe', 'format=json&offset=x']) {
    const answer = await visitor.call('GET', `/api/streams/${id}/export?${query}`)
    assert.is(answer.status, 400)
  }
  assert.match((await visitor.call('GET', `/api/streams/${id}/export?format=exe`)).text, /json.*jsonl.*csv/)
})

test('searches all own streams, the newest first, page by page', async ({ doors, visitor }) => {
  for (const title of ['one', 'two', 'three']) {
    const { id } = await start(visitor, title)
    await archive(doors.stores, id, [
      message(1, `${title} apple`),
      message(2, 'pear'),
      message(3, `${title} apple pie`),
    ])
    await visitor.call('POST', '/api/streams/live/end')
  }
  const all = ['three apple', 'three apple pie', 'two apple', 'two apple pie', 'one apple', 'one apple pie']
  for (const limit of [1, 2, 5, 100]) assert.equal(await searchAll(visitor, limit), all, String(limit))
})

async function searchAll(visitor: Visitor, limit: number): Promise<string[]> {
  const found: string[] = []
  let place = ''
  for (let pages = 0; pages < 20; pages++) {
    const answer = await visitor.call('GET', `/api/search?q=apple&limit=${limit}${place}`)
    const { items, next } = jsonOf<PageView<SearchHit>>(answer)
    assert.ok(items.length <= limit)
    found.push(...items.map(({ event }) => ('text' in event ? event.text : '')))
    if (next === null) return found
    place = `&cursor=${next}`
  }
  return found
}

test('finds with operators, and gives each hit its neighbours and a way to its place', async ({ doors, visitor }) => {
  const { id } = await start(visitor, 'one')
  const by = (name: string) => ({ author: { id: name, name, roles: [], badges: [] } })
  await archive(doors.stores, id, [
    ...Array.from({ length: 30 }, (_, n) => message(n + 1, `line ${n + 1}`)),
    message(31, 'good luck tonight', by('Noodle Knight')),
    message(32, 'tonight it is'),
  ])
  const search = async (q: string) =>
    jsonOf<PageView<SearchHit>>(await visitor.call('GET', `/api/search?q=${encodeURIComponent(q)}`)).items
  const [hit, ...more] = await search('from:"noodle knight" "luck tonight" -night:x')
  assert.equal(more, [])
  const textOf = (entry: SearchHit['before']) => (entry !== null && 'text' in entry ? entry.text : null)
  assert.equal([textOf(hit?.before ?? null), textOf(hit?.after ?? null)], ['line 30', 'tonight it is'])
  const place = await visitor.call('GET', `/api/streams/${id}/events?cursor=${hit?.from}&limit=11`)
  assert.equal(
    jsonOf<EventsView>(place)
      .items.map((entry) => ('seq' in entry ? entry.seq : 0))
      .slice(-2),
    [30, 31],
  )
  assert.equal((await search('tonight from:nobody')).length, 0)
  assert.is((await search('tonight -luck')).length, 1)
})

test('finds a word behind thousands of others with one call, also where nothing helps to find it', async ({
  doors,
  visitor,
}) => {
  const { id } = await start(visitor, 'one')
  for (let from = 0; from < 2_500; from += 500)
    await archive(
      doors.stores,
      id,
      Array.from({ length: 500 }, (_, n) => message(from + n + 1, `plain ${from + n + 1}`)),
    )
  await archive(doors.stores, id, [message(2_501, 'привет')])
  const { items } = jsonOf<PageView<SearchHit>>(
    await visitor.call('GET', `/api/search?q=${encodeURIComponent('привет')}`),
  )
  assert.equal(
    items.map(({ event }) => 'seq' in event && event.seq),
    [2_501],
  )
})

test('goes on where it stood while a stream begins, grows or is gone', async ({ doors, visitor }) => {
  const ids: string[] = []
  for (const title of ['one', 'two', 'three']) {
    const { id } = await start(visitor, title)
    ids.push(id)
    await archive(doors.stores, id, [message(1, `${title} apple`), message(2, `${title} apple pie`)])
    if (title !== 'three') await visitor.call('POST', '/api/streams/live/end')
  }
  const page = async (cursor: string | null) =>
    jsonOf<PageView<SearchHit>>(
      await visitor.call('GET', `/api/search?q=apple&limit=1${cursor === null ? '' : `&cursor=${cursor}`}`),
    )
  const found: string[] = []
  let at: string | null = null
  for (let nth = 0; nth < 20; nth++) {
    const { items, next }: PageView<SearchHit> = await page(at)
    found.push(...items.map(({ event }) => ('text' in event ? event.text : '')))
    if (nth === 0) await archive(doors.stores, ids[2] ?? '', [message(3, 'three apple jam')])
    // Halfway through the second one it is gone: the first is still read from its beginning.
    if (found.at(-1) === 'two apple') await visitor.call('DELETE', `/api/streams/${ids[1]}`)
    if (next === null) break
    at = next
  }
  assert.equal(found, ['three apple', 'three apple pie', 'three apple jam', 'two apple', 'one apple', 'one apple pie'])
})

test('refuses a search cursor that it never gave', async ({ visitor }) => {
  for (const cursor of [
    'nonsense',
    Buffer.from('{}').toString('base64url'),
    Buffer.from('[1,2]').toString('base64url'),
    Buffer.from('[null,null]').toString('base64url'),
  ]) {
    assert.is((await visitor.call('GET', `/api/search?q=a&cursor=${cursor}`)).status, 400)
  }
})

test('lets a key with the scope read, and do no more', async ({ doors, visitor }) => {
  const { id } = await start(visitor, 'one')
  const made = await visitor.call('POST', '/api/keys', { name: 'reader', scopes: ['read'] })
  const authorization = `Bearer ${jsonOf<{ key: string }>(made).key}`
  const stranger = await member(doors.port, 'Badger')
  stranger.jar.clear()
  assert.is((await stranger.call('GET', `/api/streams/${id}`, undefined, { authorization })).status, 200)
  assert.is((await stranger.call('DELETE', `/api/streams/${id}`, undefined, { authorization })).status, 401)
  assert.is((await stranger.call('POST', '/api/producers/testtube', [], { authorization })).status, 403)
})

test.run()
