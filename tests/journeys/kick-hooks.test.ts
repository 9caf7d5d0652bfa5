import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StreamView } from '../../server/api/streams.ts'
import type { SourceView } from '../../server/protocol.ts'
import { FaultFigures } from '../help/fault-figures.ts'
import { Listener } from '../help/listener.ts'
import { Panel } from '../help/panel.ts'
import { recorded } from '../help/payloads.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { broadcaster, chatBody, Kick } from '../help/stand-ins/kick.ts'
import type { Oddity } from '../help/stand-ins/kick-sender.ts'

const test = suite('kick by webhook')
/** A key that no longer fits may be asked for again after so much less than a minute. */
const HASTE = '1000'
const CHANNEL = { slug: 'cool-channel', userId: 2_001 }
const MINUTES = 60_000
/** Messages that come at once, and how often each. */
const BURST = 200
const TIMES = 3

let kick: Kick
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let accounts = 0

test.before(async () => {
  kick = await Kick.start()
  data = await temporaryData()
  server = await startServer({ dataDir: data.path, env: { ...kick.env, CROSSCHAT_HASTE: HASTE } })
})
test.after(async () => {
  await server.end('SIGKILL')
  await kick.close()
  await data.remove()
})

interface Viewer {
  panel: Panel
  overlay: Listener
}

async function newcomer(): Promise<Viewer> {
  const panel = await Panel.register(server.base, `kick_hooks_${++accounts}`)
  const { key } = await panel.overlay()
  return { panel, overlay: await Listener.open(server.base, key) }
}

async function source(panel: Panel): Promise<SourceView> {
  const { items } = await panel.json<{ items: SourceView[] }>('GET', '/api/sources')
  const found = items.find(({ platform }) => platform === 'kick')
  assert.ok(found)
  return found as SourceView
}

/** Follows a channel; gives the address for its deliveries. */
async function follow(panel: Panel, channel: string): Promise<string> {
  await panel.json('PUT', '/api/sources/kick', { channel })
  return server.base + (await source(panel)).hook
}

let said = 0
const chat = (text: string) => ({
  broadcaster: broadcaster(CHANNEL),
  ...chatBody({ id: `hook-${++said}`, name: 'Noodle_Knight', text, at: '2026-05-01T18:00:01Z' }),
})
/** `burst 9` before `burst 10`. */
const byNumber = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true })
const texts = ({ overlay }: Viewer) => overlay.events.flatMap((event) => (event.kind === 'message' ? [event.text] : []))

async function post(url: string, body: object | string, oddity: Oddity = {}, type = 'chat.message.sent') {
  const answer = await kick.sender.post(url, type, body, oddity)
  return { status: answer.status, text: await answer.text() }
}

test('shows what is signed, and tells that deliveries arrive', async () => {
  const viewer = await newcomer()
  const url = await follow(viewer.panel, '@Cool_Channel')
  await viewer.overlay.until(() => true)
  const before = await source(viewer.panel)
  assert.equal([before.channel, before.lastEventAt, before.events], ['cool-channel', null, 0])
  assert.equal(await post(url, chat('olá 雪 👋🏽')), { status: 204, text: '' })
  await viewer.overlay.until(() => texts(viewer).length === 1)
  assert.equal(texts(viewer), ['olá 雪 👋🏽'])
  let after = await source(viewer.panel)
  for (; after.state !== 'live'; after = await source(viewer.panel)) await post(url, chat('again'))
  assert.is(after.way, 'signed deliveries')
  assert.ok(after.events > 0 && after.lastEventAt !== null)
  assert.is(after.title, 'cool-channel')
})

test('refuses every delivery that is not as Kick signs it, with 403 and nothing shown', async () => {
  const viewer = await newcomer()
  const url = await follow(viewer.panel, 'cool-channel')
  const odd: [what: string, oddity: Oddity][] = [
    ['other bytes', { signed: '{}' }],
    ['stale', { at: Date.now() - 6 * MINUTES }],
    ['from the future', { at: Date.now() + 6 * MINUTES }],
    ['a header that changed', { headers: { 'message-id': 'another' } }],
  ]
  for (const name of ['signature', 'message-id', 'message-timestamp', 'type'])
    for (const value of [null, '', '!!!', 'x'.repeat(4_000)])
      odd.push([`${name}: ${value}`, { headers: { [name]: value } }])
  for (const [what, oddity] of odd) {
    const { status, text } = await post(url, chat(what), oddity)
    // A type that is nothing but letters is one that is new to us.
    const expected = /^type: x+$/.test(what) ? [403, 204] : [403]
    assert.ok(expected.includes(status), `${what}: ${status} ${text}`)
  }
  await post(url, chat('the end'))
  await viewer.overlay.until(() => texts(viewer).includes('the end'))
  assert.is(texts(viewer).length, 1)
})

test('takes a replayed delivery once, and one message under two delivery ids once', async () => {
  const viewer = await newcomer()
  const url = await follow(viewer.panel, 'cool-channel')
  const body = chat('once')
  const at = Date.now()
  for (const id of ['01ONE', '01ONE', '01TWO']) assert.is((await post(url, body, { id, at })).status, 204)
  const follower = { broadcaster: broadcaster(CHANNEL), follower: { user_id: 9, username: 'Quiet_Harbor' } }
  for (const id of ['01F', '01F']) assert.is((await post(url, follower, { id, at }, 'channel.followed')).status, 204)
  await post(url, chat('the end'))
  await viewer.overlay.until(() => texts(viewer).includes('the end'))
  assert.equal(
    viewer.overlay.events.map(({ kind }) => kind),
    ['message', 'notice', 'message'],
  )
})

test('shows each of a burst once and in order of arrival, though each is delivered three times at once', async () => {
  const viewer = await newcomer()
  const url = await follow(viewer.panel, 'cool-channel')
  const at = Date.now()
  const burst = Array.from({ length: BURST }, (_, nth) => ({ id: `01BURST${nth}`, body: chat(`burst ${nth}`) }))
  const figures = new FaultFigures('F19')
  const answers = await Promise.all(
    burst.flatMap(({ id, body }) => Array.from({ length: TIMES }, () => post(url, body, { id, at }))),
  )
  assert.equal([...new Set(answers.map(({ status }) => status))], [204], 'none of them is refused')
  await post(url, chat('the end'))
  await viewer.overlay.until(() => texts(viewer).includes('the end'))
  const due = burst.map((_, nth) => `burst ${nth}`)
  assert.ok(figures.judge(due, texts(viewer).toSorted(byNumber)), 'each once')
  const { events } = viewer.overlay
  assert.ok(
    events.every(({ seq }, nth) => seq === (events[0]?.seq ?? 0) + nth),
    'in one order',
  )
  figures.injections = BURST * TIMES
  figures.tell()
})

test('drops what is about another channel, and what comes while the source is off or gone', async () => {
  const viewer = await newcomer()
  const url = await follow(viewer.panel, 'cool-channel')
  const other = { ...chat('elsewhere'), broadcaster: broadcaster({ slug: 'other-channel', userId: 3_001 }) }
  assert.is((await post(url, other)).status, 204)
  await viewer.panel.json('PUT', '/api/sources/kick', { enabled: false })
  assert.is((await post(url, chat('off'))).status, 204)
  await viewer.panel.json('DELETE', '/api/sources/kick')
  assert.is((await post(url, chat('gone'))).status, 204)
  await follow(viewer.panel, 'cool-channel')
  assert.is((await post(url, chat('the end'))).status, 204)
  await viewer.overlay.until(() => texts(viewer).includes('the end'))
  assert.equal(texts(viewer), ['the end'])
})

test('refuses a body whose type was swapped or that is no JSON, and shows a type that is new', async () => {
  const viewer = await newcomer()
  const url = await follow(viewer.panel, 'cool-channel')
  for (const type of ['channel.followed', 'moderation.banned', 'livestream.status.updated', 'kicks.gifted']) {
    const { status, text } = await post(url, chat('swapped'), {}, type)
    assert.equal([status, JSON.parse(text).error.code], [400, 'bad_payload'], type)
  }
  assert.is((await post(url, '{"broken')).status, 400)
  assert.is((await post(url, { broadcaster: broadcaster(CHANNEL), rave: 1 }, {}, 'channel.raved')).status, 204)
  await viewer.overlay.until(() => viewer.overlay.events.length > 0)
  assert.equal(
    viewer.overlay.events.map((event) => event.kind === 'notice' && event.what),
    ['other'],
  )
})

test('begins and ends the stream with the broadcast, where that is wanted', async () => {
  const viewer = await newcomer()
  const url = await follow(viewer.panel, 'cool-channel')
  await viewer.panel.json('PUT', '/api/sources/kick', { autoStream: true })
  const now = new Date().toISOString()
  const status = (is_live: boolean) => ({
    ...{ broadcaster: broadcaster(CHANNEL), is_live, title: 'Night ride', started_at: now },
    ended_at: is_live ? null : now,
  })
  const streams = async () => (await viewer.panel.json<{ items: StreamView[] }>('GET', '/api/streams')).items
  assert.is((await post(url, status(true), {}, 'livestream.status.updated')).status, 204)
  let found = await streams()
  while (found.length === 0) found = await streams()
  assert.equal([found[0]?.title, found[0]?.endedAt], ['Night ride', null])
  assert.is((await post(url, status(false), {}, 'livestream.status.updated')).status, 204)
})

test('goes on when the key changes, and while its address is out of order', async () => {
  const viewer = await newcomer()
  const url = await follow(viewer.panel, 'cool-channel')
  assert.is((await post(url, chat('old key'))).status, 204)
  kick.key = 'down'
  assert.is((await post(url, chat('still the old key'))).status, 204)
  kick.sender.rotate()
  assert.is((await post(url, chat('nobody knows it'))).status, 403)
  kick.key = 'good'
  while ((await post(url, chat('new key'))).status !== 204) assert.ok(kick.count('key') < 100)
  await viewer.overlay.until(() => texts(viewer).includes('new key'))
})

test('checks with the key it came with when Kick’s address was never reached, and fails over nothing', async () => {
  const lonely = await temporaryData()
  const down = await startServer({
    dataDir: lonely.path,
    env: { ...kick.env, CROSSCHAT_KICK_PUBLIC_KEY_URL: 'http://127.0.0.1:9/key', CROSSCHAT_HASTE: HASTE },
  })
  const panel = await Panel.register(down.base, 'lonely')
  await panel.json('PUT', '/api/sources/kick', { channel: 'cool-channel' })
  const url = down.base + (await source(panel)).hook
  for (let n = 0; n < 3; n++) assert.is((await post(url, chat('not by that key'))).status, 403)
  await down.end('SIGKILL')
  await lonely.remove()
})

interface Recorded {
  source: string
  type: string
  body: { broadcaster?: { channel_slug?: string } }
}

/** What an event says, whichever way it came. */
function sayings(event: object): object {
  return { ...event, seq: 0, receivedAt: 0 }
}

test('makes of every recorded webhook what a producer’s push of it becomes', async () => {
  const [hooked, pushed] = [await newcomer(), await newcomer()]
  let channel = ''
  let url = ''
  for (const { source: name, type, body } of recorded<Recorded>('kick-webhooks.jsonl')) {
    const slug = body.broadcaster?.channel_slug
    // One has a broadcaster of whom nothing is told: it is nobody's.
    if (slug === undefined) continue
    if (slug !== channel) url = await follow(hooked.panel, slug)
    channel = slug
    const oddity = { id: `01${name.replaceAll(/[^A-Za-z]/g, '')}`, at: Date.now() }
    assert.is((await post(url, body, oddity, type)).status, 204, name)
    const headers = kick.sender.headers(type, JSON.stringify(body), oddity)
    assert.is((await pushed.panel.call('POST', '/api/producers/kick', body, headers)).status, 202, name)
  }
  const follower = { broadcaster: { channel_slug: channel }, follower: { username: 'Last_One' } }
  const last = { id: '01LAST', at: Date.now() }
  await kick.sender.post(url, 'channel.followed', follower, last).catch(() => null)
  await pushed.panel.call('POST', '/api/producers/kick', follower, kick.sender.headers('channel.followed', '', last))
  if (channel === '') return
  const isOver = ({ overlay }: Viewer) => overlay.events.some(({ id }) => id === 'kick:01LAST')
  for (const viewer of [hooked, pushed]) await viewer.overlay.until(() => isOver(viewer))
  assert.ok(hooked.overlay.events.length > 8)
  assert.equal(hooked.overlay.events.map(sayings), pushed.overlay.events.map(sayings))
})

test.run()
