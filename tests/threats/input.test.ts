import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Answer, ask, codeOf, jsonOf, member, type Visitor } from '../help/doors.ts'
import { NOWHERE } from '../help/outside.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** What somebody who is signed in may send to any call: keys, ids and names that mean something to what lies behind. */

const LOOK = new URL('../help/look-at-prototype.mjs', import.meta.url).href
const CANARY = 'planted-canary'
const UNKNOWN = 'AAAAAAAAAAAAAAAAAAAAAA'
const POISON: [key: string, value: unknown][] = [
  ['__proto__', { polluted: 1 }],
  ['constructor', { prototype: { polluted: 1 } }],
  ['prototype', { polluted: 1 }],
  ['__proto__.polluted', 1],
  ['constructor.prototype.polluted', 1],
  ['$set', { polluted: 1 }],
]
/** Names that are a path, an operator or a property somewhere. */
const NAMES = ['__proto__.x', '__proto__', 'constructor.prototype.x', 'a.b', '$set', '$$deleted', '.', '../../x', 'NaN']

interface Call {
  method: string
  path: string
  example: unknown
}

const test = suite('threats/input')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let owner: Visitor
let calls: Call[]

test.before(async () => {
  data = await temporaryData()
  const dataDir = join(data.path, 'kept')
  await mkdir(dataDir)
  for (const name of ['canary', 'canary.json', 'accounts.db']) await writeFile(join(data.path, name), CANARY)
  server = await startServer({ dataDir, env: NOWHERE, before: [LOOK] })
  owner = await member(server.port, 'Otter')
  calls = described(jsonOf(await ask(server.port, { path: '/api/openapi.json' })))
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

interface Document {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { example?: unknown }> } }>>
}

function described({ paths }: Document): Call[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      example: requestBody?.content['application/json']?.example,
    })),
  )
}

/** The example as JSON once for each object in it, with one more field there. */
function poisoned(example: unknown, key: string, value: unknown): string[] {
  const whole = structuredClone(example)
  return objectsIn(whole).map((object) => {
    // By definition: assigning __proto__ would set it here.
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
    const text = JSON.stringify(whole)
    Reflect.deleteProperty(object, key)
    return text
  })
}

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.values(value).flatMap(objectsIn)
  return Array.isArray(value) ? inside : [value, ...inside]
}

function send({ method, path }: Pick<Call, 'method' | 'path'>, body: string, { cookie } = owner): Promise<Answer> {
  const own = { origin: `http://127.0.0.1:${server.port}`, cookie, 'content-type': 'application/json' }
  return ask(server.port, { method, path: path.replace(/\{[^}]+\}/g, UNKNOWN), headers: own, body })
}

/** What every object of the server has that none should. */
async function polluted(): Promise<string> {
  const { child } = server
  const before = server.output().length
  child.kill('SIGUSR2')
  for (;;) {
    const found = /every object has \[(.*)\]/.exec(server.output().slice(before))?.[1]
    if (found !== undefined) return found
    if (child.stdout !== null) await once(child.stdout, 'data')
  }
}

test('refuses fields that reach for what all objects share, in every body and at each depth', async () => {
  const taking = calls.filter(({ example }) => objectsIn(example).length > 0)
  assert.ok(taking.length > 20, `${taking.length} calls take a body`)
  let looked = 0
  for (const [nth, call] of taking.entries()) {
    // Changes are counted by channel, and nobody else has the instance.
    const sender = call.path.startsWith('/api/instance') ? owner : await member(server.port, `Sender${nth}`)
    for (const [key, value] of POISON) {
      for (const body of poisoned(call.example, key, value)) {
        const answer = await send(call, body, sender)
        const told = `${call.method} ${call.path} ${body}: ${answer.status} ${answer.text}`
        assert.ok(answer.status >= 400 && answer.status < 500, told)
        if (['bad_json', 'bad_request'].includes(codeOf(answer))) looked++
      }
    }
  }
  assert.ok(looked > taking.length * POISON.length * 0.7, `${looked} bodies were looked at`)
  assert.is(await polluted(), '')
})

test('takes payloads of platforms that reach for it, and the chat goes on', async () => {
  for (const platform of ['twitch', 'youtube', 'kick']) {
    for (const [key, value] of POISON) {
      const payload = poisoned({ id: 'x', content: {}, sender: { identity: {} }, snippet: {}, event: {} }, key, value)
      for (const body of payload) {
        const { status } = await send({ method: 'POST', path: `/api/producers/${platform}` }, body)
        assert.ok(status < 500, `${platform} ${body}: ${status}`)
      }
    }
  }
  const message = { platform: 'twitch', name: '__proto__', text: 'constructor.prototype' }
  const answer = await owner.call('POST', '/api/simulator/messages', message)
  assert.ok(answer.status < 300, answer.text)
  assert.is(await polluted(), '')
  const metrics = (await ask(server.port, { path: '/metrics' })).text
  assert.not.match(metrics, /^cc_worker_restarts_total(?:\{.*\})? [1-9]/m)
})

test('refuses bodies that are too deep to walk, and fields given twice change nothing but themselves', async () => {
  for (const body of ['['.repeat(8_000), `${'['.repeat(8_000)}${']'.repeat(8_000)}`, '{"a":'.repeat(8_000)])
    assert.is((await send({ method: 'POST', path: '/api/streams' }, body)).status, 400)
  const twice = await send({ method: 'POST', path: '/api/keys' }, '{"name":"a","name":"b","scopes":["read"]}')
  assert.is(twice.status, 201)
  assert.is(await polluted(), '')
})

test('keeps odd names as text, and nothing else changes', async () => {
  const before = await owner.call('GET', '/api/auth/me')
  for (const name of NAMES) {
    const key = await owner.call('POST', '/api/keys', { name, scopes: ['read'] })
    assert.is(jsonOf(key).name, name)
    const overlay = await owner.call('POST', '/api/overlays', { name })
    assert.is(overlay.status, 201, overlay.text)
    const { id } = jsonOf<{ id: string }>(overlay)
    assert.is(jsonOf(await owner.call('PATCH', `/api/overlays/${id}`, { name: `${name} 2` })).name, `${name} 2`)
    const refused = await owner.call('PATCH', `/api/overlays/${id}`, { settings: { [name]: 1 } })
    assert.is(refused.status, 400)
    assert.is(jsonOf(await owner.call('GET', `/api/overlays/${id}`)).name, `${name} 2`)
    await owner.call('DELETE', `/api/overlays/${id}`)
    const stream = jsonOf<{ id: string }>(await owner.call('POST', '/api/streams', { title: name }))
    await owner.call('POST', '/api/streams/live/end', {})
    assert.is(jsonOf(await owner.call('GET', `/api/streams/${stream.id}`)).title, name)
  }
  const names = jsonOf<{ items: { name: string }[] }>(await owner.call('GET', '/api/keys')).items.map(
    ({ name }) => name,
  )
  assert.equal(names.filter((name) => NAMES.includes(name)).sort(), NAMES.toSorted())
  assert.is((await owner.call('GET', '/api/auth/me')).text, before.text)
  assert.is(await polluted(), '')
})

test('finds nothing outside under ids that are ways', async () => {
  const ways = [
    '..%2f..%2fcanary',
    '%2e%2e%2fcanary.json',
    '..%5c..%5ccanary',
    'canary%00',
    'C:%5ccanary',
    '%252e%252e%252fcanary',
  ]
  const odd = ['__proto__', 'constructor', '%24ne', 'a'.repeat(3_000), '..', '%ff%fe']
  for (const { method, path } of calls.filter(
    (call) => call.path.includes('{') && !call.path.includes('/producers/'),
  )) {
    for (const id of [...ways, ...odd]) {
      const headers = { origin: `http://127.0.0.1:${server.port}`, cookie: owner.cookie }
      const answer = await ask(server.port, { method, path: path.replace(/\{[^}]+\}/g, id), headers })
      // `..` leads to the address before it, which may be one that answers.
      if (id !== '..')
        assert.ok(answer.status >= 400 && answer.status < 500, `${method} ${path} ${id}: ${answer.status}`)
      assert.not.match(answer.text, CANARY)
    }
  }
})

test('serves no file that is not a page’s, however it is asked for', async () => {
  const { dataDir } = server
  const files = [
    ...['/.env', '/.git/config', '/data/accounts.db', '/accounts.db', '/secret', '/package.json', '/server/index.js'],
    ...['/build.json', '/overlay/index.html', '/admin/index.html', '/assets/', '/assets', '/assets/.env'],
    ...['/%2e%2e/canary', '/../canary', '/assets/..%2f..%2fpackage.json', '/assets/../../package.json', '/..%5ccanary'],
    ...['/assets/%00', '/overlay/..', '/overlay%2f', '//canary', `/${dataDir}/accounts.db`, '/assets/panel.js.map'],
  ]
  for (const path of files) {
    const answer = await ask(server.port, { path })
    assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`)
    assert.not.match(answer.text, CANARY)
  }
})

test.run()
