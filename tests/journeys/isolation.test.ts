import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SourceView } from '../../server/protocol.ts'
import { Listener } from '../help/listener.ts'
import { NOWHERE } from '../help/outside.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { TwitchEventSub } from '../help/stand-ins/twitch-eventsub.ts'
import { TwitchIrc } from '../help/stand-ins/twitch-irc.ts'

const test = suite('isolation')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let irc: TwitchIrc

test.before(async () => {
  data = await temporaryData()
  irc = await TwitchIrc.start()
  server = await startServer({ dataDir: data.path, env: { ...NOWHERE, ...irc.env } })
})
test.after(async () => {
  await server.end('SIGKILL')
  await irc.close()
  await data.remove()
})

/** An account with one of everything that has an id. */
async function settled(name: string) {
  const panel = await Panel.register(server.base, name)
  const stream = await panel.startStream(`${name}'s stream`)
  await panel.pushLines([ircLine(`${name}-1`, `a secret of ${name}`)])
  await panel.endStream()
  const overlay = await panel.overlay()
  const key = await panel.json<{ id: string; key: string }>('POST', '/api/keys', {
    name: 'mine',
    scopes: ['produce', 'read'],
  })
  const run = await panel.json<{ id: string }>('POST', '/api/simulator/runs', { count: 1, perSecond: 1 })
  const secret = `hook secret of ${name}`
  // Off: what it is like on a platform is not what this is about.
  const change = { channel: name, secret, enabled: false }
  const source = await panel.json<SourceView>('PUT', '/api/sources/twitch', change)
  return { panel, stream, overlay, key, run, source, secret }
}

test('answers every call with another account’s ids as if they did not exist', async () => {
  const mine = await settled('ada_mine')
  const other = await settled('bob_other')
  const calls: [string, (id: string) => string, string, unknown?][] = [
    ['GET', (id) => `/api/streams/${id}`, other.stream.id],
    ['PATCH', (id) => `/api/streams/${id}`, other.stream.id, { title: 'taken over' }],
    ['DELETE', (id) => `/api/streams/${id}`, other.stream.id],
    ['GET', (id) => `/api/streams/${id}/events`, other.stream.id],
    ...['json', 'jsonl', 'csv', 'txt', 'html', 'srt', 'vtt'].map((format): [string, (id: string) => string, string] => [
      'GET',
      (id) => `/api/streams/${id}/export?format=${format}`,
      other.stream.id,
    ]),
    ['GET', (id) => `/api/overlays/${id}`, other.overlay.id],
    ['PATCH', (id) => `/api/overlays/${id}`, other.overlay.id, { name: 'taken over' }],
    ['DELETE', (id) => `/api/overlays/${id}`, other.overlay.id],
    ['POST', (id) => `/api/overlays/${id}/rotate`, other.overlay.id],
    ['DELETE', (id) => `/api/keys/${id}`, other.key.id],
    ['GET', (id) => `/api/simulator/runs/${id}`, other.run.id],
    ['DELETE', (id) => `/api/simulator/runs/${id}`, other.run.id],
  ]
  const withoutRequest = async (answer: Response) => (await answer.text()).replace(/"requestId":"[^"]*"/, '')
  for (const [method, path, id, body] of calls) {
    const foreign = await mine.panel.call(method, path(id), body)
    const unknown = await mine.panel.call(method, path('AAAAAAAAAAAAAAAAAAAAAA'), body)
    assert.is(foreign.status, 404, `${method} ${path(id)}`)
    assert.is(unknown.status, 404)
    assert.is(await withoutRequest(foreign), await withoutRequest(unknown), `${method} ${path(id)}`)
  }
  const untouched = await other.panel.json<{ title: string }>('GET', `/api/streams/${other.stream.id}`)
  assert.is(untouched.title, "bob_other's stream")
  assert.is((await other.panel.overlay()).url, other.overlay.url, 'the overlay key still stands')
})

test('shows nothing of another account in lists, searches, keys and sockets', async () => {
  const mine = await settled('cleo_mine')
  const other = await settled('dan_other')
  const listed = await Promise.all(
    ['/api/streams', '/api/overlays', '/api/keys', '/api/sources', '/api/search?q=secret', '/api/moderation/rules'].map(
      async (path) => (await mine.panel.call('GET', path)).text(),
    ),
  )
  assert.not.match(listed.join('\n'), /dan_other/)
  assert.match(listed.join('\n'), /a secret of cleo_mine/)

  const byKey = (path: string) => fetch(server.base + path, { headers: { Authorization: `Bearer ${mine.key.key}` } })
  assert.is((await byKey(`/api/streams/${mine.stream.id}`)).status, 200)
  assert.is((await byKey(`/api/streams/${other.stream.id}`)).status, 404)

  const overlay = await Listener.open(server.base, mine.overlay.key)
  const live = new Listener(server.base, '/ws/panel', { Origin: server.base, Cookie: mine.panel.cookie })
  await live.opened()
  live.hello({})
  await live.until(() => live.welcome !== null)
  await other.panel.pushLines([ircLine('not-yours', 'only for dan')])
  await mine.panel.pushLines([ircLine('yours', 'for cleo')])
  await overlay.until(() => overlay.events.some(({ id }) => id === 'twitch:yours'))
  await live.until(() => live.events.some(({ id }) => id === 'twitch:yours'))
  assert.not.match(JSON.stringify([overlay.frames, live.frames]), /dan/)
  overlay.close()
  live.close()
})

test('lets nobody change, see or feed what another follows', async () => {
  const mine = await settled('gus_mine')
  const other = await settled('hal_other')
  assert.is.not(mine.source.hook, other.source.hook)
  const sender = new TwitchEventSub(mine.secret)
  const chat = { subscription: { type: 'channel.chat.message' }, event: { message_id: 'x' } }
  await other.panel.json('PUT', '/api/sources/twitch', { enabled: true })
  const answers = [
    await sender.deliver(server.base + other.source.hook, chat),
    await sender.deliver(server.base + other.source.hook?.replace('twitch', 'kick'), chat),
  ]
  assert.equal(
    answers.map(({ status }) => status),
    [403, 404],
    'my secret signs nothing for another, and an address is for one platform',
  )
  await mine.panel.json('PUT', '/api/sources/twitch', { autoStream: true, channel: 'gus_moved' })
  await mine.panel.json('DELETE', '/api/sources/twitch')
  assert.is((await mine.panel.call('DELETE', '/api/sources/twitch')).status, 404)
  assert.is((await mine.panel.call('POST', '/api/sources/twitch/retry')).status, 404)
  const { items } = await other.panel.json<{ items: SourceView[] }>('GET', '/api/sources')
  const untouched = items.find(({ platform }) => platform === 'twitch')
  assert.equal([untouched?.channel, untouched?.autoStream, untouched?.hook], ['hal_other', false, other.source.hook])
  assert.not.match(JSON.stringify(items), /gus|hook secret of hal/)
})

test('gives strangers nothing at all', async () => {
  const { stream, overlay } = await settled('eve_target')
  for (const path of [
    '/api/streams',
    `/api/streams/${stream.id}`,
    `/api/streams/${stream.id}/export?format=json`,
    `/api/overlays/${overlay.id}`,
    '/api/keys',
    '/api/sources',
    '/api/search?q=a',
    '/api/instance',
    '/api/auth/me',
  ]) {
    assert.is((await fetch(server.base + path)).status, 401, path)
  }
})

test.run()
