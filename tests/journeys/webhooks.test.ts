import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { TenantView } from '../../server/api/instance.ts'
import type { DeliveryView, WebhookView } from '../../server/api/programs.ts'
import { ANSWER_WITHIN_MS, MAX_ANSWER_BYTES } from '../../server/webhooks/post.ts'
import { jsonOf, member, type Visitor } from '../help/doors.ts'
import { alone } from '../help/one-server.ts'
import { NOWHERE } from '../help/outside.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { type Received, WebhookReceiver } from '../help/stand-ins/webhook-receiver.ts'

interface Scene {
  data: Awaited<ReturnType<typeof temporaryData>>
  server: RunningServer
  receiver: WebhookReceiver
  owner: Visitor
}

const HASTE = 50
const LET_IN = { ...NOWHERE, CROSSCHAT_WEBHOOKS_ANYWHERE: 'yes', CROSSCHAT_HASTE: String(HASTE) }
const ALL = ['message', 'notice', 'remove', 'clear', 'stream', 'moderation']

const test = suite<Scene>('webhooks')
test.before.each(async (scene) => {
  scene.data = await temporaryData()
  scene.receiver = await WebhookReceiver.start()
  await start(scene)
  scene.owner = await member(scene.server.port, 'quiet_otter')
})
test.after.each(async ({ server, receiver, data }) => {
  await server.end('SIGKILL')
  await receiver.close()
  await data.remove()
})

async function start(scene: Scene, env: Record<string, string> = LET_IN, port = 0): Promise<void> {
  scene.server = await startServer({ dataDir: join(scene.data.path, 'kept'), env, port })
}

async function make({ owner, receiver }: Scene, events = ALL, url = receiver.url): Promise<WebhookView> {
  const answer = await owner.call('POST', '/api/webhooks', { name: 'my bot', url, events })
  assert.is(answer.status, 201, answer.text)
  return jsonOf<WebhookView>(answer)
}
async function say({ owner }: Pick<Scene, 'owner'>, text: string, name = 'noodle_knight'): Promise<void> {
  const body = { platform: 'twitch', name, text }
  assert.is((await owner.call('POST', '/api/simulator/messages', body)).status, 202)
}
async function only({ owner }: Scene): Promise<WebhookView> {
  const [webhook] = jsonOf<{ items: WebhookView[] }>(await owner.call('GET', '/api/webhooks')).items
  assert.ok(webhook)
  return webhook
}
/** Asks until it is so: what is waited for has no event of its own outside. */
async function until(scene: Scene, fits: (webhook: WebhookView) => boolean): Promise<WebhookView> {
  for (;;) {
    const webhook = await only(scene)
    if (fits(webhook)) return webhook
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
async function onDisk(file: string, text: string): Promise<void> {
  while (!(await readFile(file, 'utf8')).includes(text)) await new Promise((resolve) => setTimeout(resolve, 20))
}
const texts = ({ receiver }: Scene) => receiver.events.map(({ text, kind }) => text ?? kind)

function signatureOf({ headers, body }: Received, secret = ''): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}

test('delivers what happens in the channel, in order and as it was encoded, signed', async (scene) => {
  const { owner, receiver } = scene
  const { secret } = await make(scene)
  const stream = jsonOf<{ id: string }>(await owner.call('POST', '/api/streams', { title: 'First light' }))
  for (const text of ['one', 'two', 'three']) await say(scene, text)
  await owner.call('POST', '/api/moderation/hide', { authorId: 'noodle_knight' })
  await owner.call('POST', '/api/streams/live/end')
  await receiver.until(() => receiver.events.filter(({ kind }) => kind === 'stream').length === 2)

  const { items } = jsonOf<{ items: { id: string }[] }>(await owner.call('GET', `/api/streams/${stream.id}/events`))
  const chat = receiver.events.filter(({ kind }) => kind !== 'stream' && kind !== 'moderation')
  assert.equal(
    chat.map(({ id }) => id),
    items.map(({ id }) => id),
  )
  assert.equal(
    receiver.events.filter(({ kind }) => kind === 'stream').map(({ live, id }) => [live, id]),
    [
      [true, stream.id],
      [false, stream.id],
    ],
  )
  assert.equal(receiver.events.filter(({ kind }) => kind === 'moderation').length, 1)
  const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
  assert.is(new Set(ids).size, ids.length)
  for (const each of receiver.received) {
    assert.is(each.headers['webhook-signature'], signatureOf(each, secret))
    assert.match(String(each.headers['webhook-timestamp']), /^\d{10}$/)
    assert.is(each.headers['content-type'], 'application/json; charset=utf-8')
  }
})

test('delivers only what was chosen', async (scene) => {
  await make(scene, ['clear'])
  await say(scene, 'not for you')
  await scene.owner.call('POST', '/api/moderation/clear')
  await scene.receiver.until((received) => received.length > 0)
  assert.equal(texts(scene), ['clear'])
})

test('tries again with the same id until the delivery is taken, and lets nothing overtake it', async (scene) => {
  const { receiver } = scene
  receiver.answering = (res, nth) => res.writeHead(nth < 4 ? 500 : 204).end()
  const { secret } = await make(scene, ['message'])
  await say(scene, 'one')
  await receiver.until((received) => received.length === 1)
  await say(scene, 'two')
  const failing = await until(scene, ({ failingSince }) => failingSince !== null)
  assert.is(failing.last?.status, 500)
  await until(scene, ({ failingSince, waiting }) => failingSince === null && waiting === 0)
  const [first, second, third, fourth, fifth] = receiver.received
  assert.equal(
    [second, third, fourth].map((each) => each?.headers['webhook-id']),
    Array(3).fill(first?.headers['webhook-id']),
  )
  assert.is(fourth?.body, first?.body)
  assert.is(fourth?.headers['webhook-signature'], fourth && signatureOf(fourth, secret))
  assert.is((JSON.parse(fifth?.body ?? '') as { events: { text: string }[] }).events[0]?.text, 'two')
  const { id } = await only(scene)
  const { items } = jsonOf<{ items: DeliveryView[] }>(await scene.owner.call('GET', `/api/webhooks/${id}/deliveries`))
  assert.equal(
    items.map(({ attempt, error }) => [attempt, error === null]),
    [
      [1, true],
      [4, true],
      [3, false],
      [2, false],
      [1, false],
    ],
  )
})

test('holds up nobody while the other side does not answer', async (scene) => {
  scene.receiver.answering = () => {}
  await make(scene, ['message'])
  await scene.owner.call('POST', '/api/streams', {})
  await say(scene, 'one')
  await scene.receiver.until((received) => received.length === 1)
  const body = { platform: 'twitch', name: 'noodle_knight', text: 'two' }
  const answer = await scene.owner.call('POST', '/api/simulator/messages', body)
  assert.is(jsonOf<{ archived: boolean }>(answer).archived, true)
  const { last } = await until(scene, (webhook) => webhook.last !== null)
  assert.is(last?.error, `No answer came within ${ANSWER_WITHIN_MS / 1_000} seconds.`)
})

test('follows no redirect', async (scene) => {
  const canary = await WebhookReceiver.start()
  scene.receiver.answering = (res) => res.writeHead(302, { location: canary.url }).end()
  const { id } = await make(scene)
  const { status, error } = jsonOf<DeliveryView>(await scene.owner.call('POST', `/api/webhooks/${id}/test`))
  assert.equal([status, error], [302, 'It was answered with 302; redirects are not followed.'])
  assert.is(canary.connections, 0)
  await canary.close()
})

test('reads no more of an answer than it must', async (scene) => {
  scene.receiver.answering = (res) => void res.writeHead(200).write('x'.repeat(MAX_ANSWER_BYTES * 2))
  const { id } = await make(scene)
  const { status, error } = jsonOf<DeliveryView>(await scene.owner.call('POST', `/api/webhooks/${id}/test`))
  assert.equal([status, error], [200, null])
})

test('pauses when the address is gone, and tells how much it missed when it goes on', async (scene) => {
  const { owner, receiver } = scene
  receiver.answering = (res) => res.writeHead(410).end()
  const { id } = await make(scene, ['message'])
  await say(scene, 'one')
  await until(scene, ({ paused }) => paused === 'gone')
  await say(scene, 'two')
  assert.is((await until(scene, ({ missed }) => missed === 2)).waiting, 0)
  receiver.answering = (res) => res.writeHead(204).end()
  await owner.call('PATCH', `/api/webhooks/${id}`, { paused: false })
  await say(scene, 'three')
  await receiver.until(() => receiver.events.some(({ text }) => text === 'three'))
  assert.equal(texts(scene), ['one', 'gap', 'three'])
  assert.is(receiver.events[1]?.count, 2)
})

test('signs with both secrets after an exchange', async (scene) => {
  const { id, secret: before } = await make(scene)
  const { secret } = jsonOf<WebhookView>(await scene.owner.call('POST', `/api/webhooks/${id}/rotate`))
  assert.is.not(secret, before)
  await scene.owner.call('POST', `/api/webhooks/${id}/test`)
  const [received] = scene.receiver.received
  assert.ok(received)
  assert.is(received.headers['webhook-signature'], `${signatureOf(received, secret)} ${signatureOf(received, before)}`)
  assert.not.match((await scene.owner.call('GET', '/api/webhooks')).text, 'whsec_')
})

test('delivers after a restart what waited before it', async (scene) => {
  scene.receiver.answering = (res) => res.writeHead(503).end()
  await make(scene, ['message'])
  for (const text of ['one', 'two']) await say(scene, text)
  await scene.receiver.until((received) => received.length > 0)
  assert.is(await scene.server.end(), 0)
  scene.receiver.received.length = 0
  scene.receiver.answering = (res) => res.writeHead(204).end()
  await start(scene, LET_IN, scene.server.port)
  await scene.receiver.until(() => scene.receiver.events.length >= 2)
  assert.equal(texts(scene), ['one', 'two'])
})

alone(test)('counts after a kill what was lost', async (scene) => {
  scene.receiver.answering = (res) => res.writeHead(503).end()
  await make(scene, ['message'])
  for (const text of ['one', 'two']) await say(scene, text)
  await onDisk(join(scene.data.path, 'kept', 'waiting.db'), '"count":2')
  await scene.server.end('SIGKILL')
  scene.receiver.received.length = 0
  scene.receiver.answering = (res) => res.writeHead(204).end()
  await start(scene, LET_IN, scene.server.port)
  await scene.receiver.until((received) => received.length > 0)
  assert.equal(
    scene.receiver.events.map(({ kind, count }) => [kind, count]),
    [['gap', 2]],
  )
})

test('rests while the account is suspended, over a restart too, and then tells how much it missed', async (scene) => {
  const { receiver } = scene
  const fox = await member(scene.server.port, 'stray_fox')
  receiver.answering = (res) => res.writeHead(503).end()
  await make({ ...scene, owner: fox }, ['message'])
  await say({ owner: fox }, 'one')
  await receiver.until((received) => received.length > 0)
  const accounts = jsonOf<{ items: TenantView[] }>(await scene.owner.call('GET', '/api/instance/accounts')).items
  const path = `/api/instance/accounts/${accounts.find(({ username }) => username === 'stray_fox')?.id}`
  assert.is((await scene.owner.call('PATCH', path, { suspended: true })).status, 200)
  assert.is(await scene.server.end(), 0)
  receiver.received.length = 0
  receiver.answering = (res) => res.writeHead(204).end()
  await start(scene, LET_IN, scene.server.port)
  // Another channel's deliveries go on, for longer than a try of the suspended one would take.
  const { id } = await make(scene, ['message'])
  for (let nth = 0; nth < 10; nth++) assert.is((await scene.owner.call('POST', `/api/webhooks/${id}/test`)).status, 200)
  await say(scene, 'elsewhere')
  await receiver.until(() => texts(scene).includes('elsewhere'))
  assert.is((await scene.owner.call('PATCH', path, { suspended: false })).status, 200)
  await receiver.until(() => texts(scene).includes('gap'))
  assert.equal(texts(scene), ['elsewhere', 'gap'])
  assert.is(receiver.events[1]?.count, 1)
})

test('delivers nothing of a viewer who was erased meanwhile', async (scene) => {
  const { owner, receiver } = scene
  receiver.answering = (res) => res.writeHead(503).end()
  await make(scene, ['message', 'moderation'])
  await say(scene, 'something secret')
  await receiver.until((received) => received.length > 0)
  await say(scene, 'something else', 'night_owl')
  const author = receiver.events[0]?.author as { id: string }
  const whom = { platform: 'twitch', authorId: author.id }
  await owner.call('POST', '/api/moderation/hide', whom)
  await until(scene, ({ waiting }) => waiting === 3)
  assert.is((await owner.call('POST', '/api/viewers/erase', whom)).status, 202)
  const { waiting } = await only(scene)
  assert.is(waiting, 2)
  receiver.received.length = 0
  receiver.answering = (res) => res.writeHead(204).end()
  await receiver.until(() => receiver.events.some(({ kind }) => kind === 'moderation'))
  assert.equal(texts(scene), ['something else', 'moderation'])
  const all = JSON.stringify(receiver.events)
  assert.not.match(all, /noodle_knight|secret/i)
  assert.not.ok(all.includes(author.id))
})

test('goes to no address that is not public, unless it is let', async (scene) => {
  const { receiver, owner } = scene
  await make(scene, ['message'])
  await scene.server.end()
  await start(scene, NOWHERE, scene.server.port)
  await say(scene, 'for the bot')
  assert.match(
    (await until(scene, ({ last }) => last !== null)).last?.error ?? '',
    'not an address of the public internet',
  )
  for (const host of ['127.0.0.1', '[::1]', '0x7f000001', '169.254.169.254']) {
    const body = { url: `https://${host}:${receiver.port}/hook`, events: ['message'] }
    const answer = await owner.call('POST', '/api/webhooks', body)
    assert.is(answer.status, 400, host)
    assert.match(answer.text, 'not an address of the public internet')
  }
  const { id } = await make(scene, ['message'], `https://localhost:${receiver.port}/hook`)
  const { error } = jsonOf<DeliveryView>(await owner.call('POST', `/api/webhooks/${id}/test`))
  assert.match(error ?? '', 'localhost leads to')
  assert.is(receiver.connections, 0, 'no packet came')
})

test('is nobody else’s', async (scene) => {
  const { id } = await make(scene)
  const other = await member(scene.server.port, 'stray_fox')
  for (const [method, path] of [
    ['PATCH', id],
    ['DELETE', id],
    ['POST', `${id}/rotate`],
    ['POST', `${id}/test`],
    ['GET', `${id}/deliveries`],
  ] as const) {
    const foreign = await other.call(method, `/api/webhooks/${path}`, method === 'PATCH' ? {} : undefined)
    assert.is(foreign.status, 404, `${method} ${path}`)
  }
  assert.equal(jsonOf(await other.call('GET', '/api/webhooks')), { items: [] })
})

test('is one of ten at most, however many are made at once', async (scene) => {
  const body = { name: 'my bot', url: scene.receiver.url, events: ['clear'] }
  const answers = await Promise.all(Array.from({ length: 14 }, () => scene.owner.call('POST', '/api/webhooks', body)))
  assert.is(answers.filter(({ status }) => status === 201).length, 10)
  assert.is(jsonOf<{ items: unknown[] }>(await scene.owner.call('GET', '/api/webhooks')).items.length, 10)
})

test('does not come back when it is changed and removed at once', async (scene) => {
  const { owner } = scene
  const { id } = await make(scene)
  const path = `/api/webhooks/${id}`
  await Promise.all([owner.call('POST', `${path}/rotate`), owner.call('DELETE', path), owner.call('PATCH', path, {})])
  assert.is(await scene.server.end(), 0)
  await start(scene, LET_IN, scene.server.port)
  assert.equal(jsonOf(await owner.call('GET', '/api/webhooks')), { items: [] })
})

test.run()
