import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ErrorView } from '../../../server/api/shapes.ts'
import { createHandler } from '../../../server/routes/index.ts'
import { ask, codeOf, type Doors, jsonOf, member, openDoors, PASSWORD, Visitor } from '../../help/doors.ts'

const EVIL = 'https://evil.example'
const json = { 'content-type': 'application/json' }
const test = suite<{ doors: Doors }>('routes: the doors as a whole')
test.before(async (context) => {
  context.doors = await openDoors()
})
test.after(async ({ doors }) => doors.close())

test('answers unknown addresses with the one shape of error', async ({ doors }) => {
  for (const path of [
    '/api/nothing',
    '/nothing',
    '/.env',
    '/data/accounts.db',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/../../package.json',
  ]) {
    const answer = await ask(doors.port, { path })
    assert.is(answer.status, 404, path)
    const { error } = jsonOf<ErrorView>(answer) as ErrorView
    assert.is(error.code, 'not_found')
    assert.ok(error.requestId)
    assert.is(error.requestId, answer.headers['x-request-id'])
    assert.equal(Object.keys(error).sort(), ['code', 'message', 'requestId'])
  }
})

test('says which methods an address takes', async ({ doors }) => {
  const answer = await ask(doors.port, { method: 'PUT', path: '/api/streams' })
  assert.is(answer.status, 405)
  assert.is(codeOf(answer), 'method_not_allowed')
  assert.equal((answer.headers.allow ?? '').split(', ').sort(), ['GET', 'HEAD', 'OPTIONS', 'POST'])
})

test('opens itself to no other site', async ({ doors }) => {
  const headers = { origin: EVIL, 'access-control-request-method': 'POST' }
  const answer = await ask(doors.port, { method: 'OPTIONS', path: '/api/streams', headers })
  assert.is(answer.headers['access-control-allow-origin'], undefined)
})

test('finds nothing under an address with a broken escape', async ({ doors }) => {
  const visitor = await member(doors.port, 'Escape')
  for (const path of ['/api/streams/%E0%A4%A', '/%', '/overlay%zz', '/api/streams?limit=%E0']) {
    const answer = await visitor.call('GET', path)
    assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`)
  }
})

test('tells nothing of what failed inside, and logs it with its id', async ({ doors }) => {
  const visitor = await member(doors.port, 'Broken')
  doors.failWith(new Error('secret detail /srv/private.db'))
  const answer = await visitor.call('POST', '/api/simulator/messages', { platform: 'testtube', name: 'a', text: 'b' })
  doors.failWith(null)
  assert.is(answer.status, 500)
  const { error } = jsonOf<ErrorView>(answer)
  assert.is(error.code, 'internal')
  assert.not.match(answer.text, /secret detail|private|stack|\.ts/)
  const line =
    doors
      .logged()
      .split('\n')
      .find((each) => each.includes(error.requestId)) ?? ''
  assert.match(line, /secret detail/)
})

test('writes no secret into the log', async ({ doors }) => {
  const visitor = await member(doors.port, 'Hidden')
  const headers = { 'content-type': 'application/json', origin: `http://127.0.0.1:${doors.port}` }
  const body = `{"username":"Hidden","password":"planted-secret-1",`
  await ask(doors.port, { method: 'POST', path: '/api/auth/login', headers, body })
  await visitor.call('POST', '/api/auth/login', { username: 'Hidden', password: 'planted-secret-2' })
  await visitor.call('GET', '/api/auth/me', undefined, { authorization: 'Bearer planted-secret-3' })
  assert.not.match(doors.logged(), /planted-secret/)
  assert.not.ok(doors.logged().includes(visitor.jar.get('cc') ?? '?'))
})

test('gives every answer the headers that keep it private', async ({ doors }) => {
  for (const path of ['/api/auth', '/nothing']) {
    const { headers } = await ask(doors.port, { path })
    assert.is(headers['x-content-type-options'], 'nosniff')
    assert.is(headers['cache-control'], 'no-store')
    assert.is(headers['referrer-policy'], 'same-origin')
    assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/)
  }
})

test('lets no session change anything for another site because a key comes with it', async ({ doors }) => {
  const visitor = await member(doors.port, 'Keyed')
  for (const origin of [{ origin: EVIL }, {}]) {
    const headers = { ...json, ...origin, cookie: visitor.cookie, authorization: 'Bearer nonsense' }
    const answer = await ask(doors.port, { method: 'POST', path: '/api/overlays', headers, body: '{}' })
    assert.is(codeOf(answer), 'wrong_origin')
  }
})

test('takes a body that breaks off for the caller hanging up', async ({ doors }) => {
  const visitor = await member(doors.port, 'Torn')
  const head = `POST /api/producers/testtube HTTP/1.1\r\nHost: 127.0.0.1:${doors.port}\r\nCookie: ${visitor.cookie}\r\nOrigin: http://127.0.0.1:${doors.port}\r\n`
  const before = doors.logged().length
  for (const body of ['Content-Length: 100\r\n\r\nhalf', 'Transfer-Encoding: chunked\r\n\r\nZZ\r\n']) {
    const socket = connect(doors.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.end(head + body)
    socket.resume()
    await once(socket, 'close')
  }
  await visitor.call('GET', '/api/auth/me')
  assert.not.match(doors.logged().slice(before), /"level":"error"/)
})

test('answers only under its own names', async ({ doors }) => {
  for (const host of ['evil.example', 'rebind.example:80', 'localhost.evil.example', '192.168.1.5', 'a@localhost']) {
    const answer = await ask(doors.port, { path: '/api/auth', headers: { host } })
    assert.ok([400, 421].includes(answer.status), `${host}: ${answer.status}`)
    assert.not.match(answer.text, /evil|rebind/)
  }
  for (const host of ['localhost', `localhost:${doors.port}`, '127.0.0.1:1', '[::1]:3000']) {
    assert.is((await ask(doors.port, { path: '/api/auth', headers: { host } })).status, 200, host)
  }
})

const body = JSON.stringify({ username: 'Signer', password: PASSWORD })

test('refuses to sign anybody in or out for another site', async ({ doors }) => {
  const visitor = await member(doors.port, 'Signer')
  const own = `http://127.0.0.1:${doors.port}`
  const bad: Record<string, string>[] = [
    { origin: EVIL },
    { origin: 'null' },
    { origin: `http://sub.127.0.0.1:${doors.port}` },
    { origin: `http://127.0.0.1:${doors.port + 1}` },
    { origin: `https://127.0.0.1:${doors.port}` },
    { origin: `${own}/` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: EVIL, 'sec-fetch-site': 'same-origin' },
    { origin: EVIL, authorization: 'Basic planted' },
  ]
  for (const path of ['/api/auth/login', '/api/auth/register', '/api/auth/logout', '/api/streams']) {
    for (const headers of bad) {
      for (const cookie of [{}, { cookie: visitor.cookie }]) {
        const answer = await ask(doors.port, {
          method: 'POST',
          path,
          headers: { ...json, ...headers, ...cookie },
          body,
        })
        assert.is(answer.status, 403, `${path} ${JSON.stringify(headers)}`)
        assert.is(codeOf(answer), 'wrong_origin')
        assert.equal(answer.cookies, [])
      }
    }
  }
  assert.is((await visitor.call('GET', '/api/auth/me')).status, 200)
})

test('takes calls of its own pages, and of programs without a session', async ({ doors }) => {
  const good: Record<string, string>[] = [
    { origin: `http://127.0.0.1:${doors.port}` },
    { origin: `http://localhost:${doors.port}`, host: `localhost:${doors.port}` },
    { origin: `http://localhost:8080`, host: 'localhost:8080' },
    { 'sec-fetch-site': 'same-origin' },
    {},
  ]
  for (const headers of good) {
    const answer = await ask(doors.port, {
      method: 'POST',
      path: '/api/auth/login',
      headers: { ...json, ...headers },
      body,
    })
    assert.is(answer.status, 200, JSON.stringify(headers))
  }
})

test('wants an Origin wherever a session comes along', async ({ doors }) => {
  const { cookie } = await member(doors.port, 'Cookie')
  const answer = await ask(doors.port, { method: 'POST', path: '/api/auth/logout', headers: { cookie } })
  assert.is(answer.status, 403)
})

test('takes JSON only as JSON', async ({ doors }) => {
  const visitor = new Visitor(doors.port)
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    const answer = await visitor.call('POST', '/api/auth/login', {}, { 'content-type': type })
    assert.is(answer.status, 415, type)
    assert.is(codeOf(answer), 'wrong_type')
  }
  assert.is((await visitor.call('POST', '/api/auth/login', {}, { 'content-encoding': 'gzip' })).status, 415)
})

test('refuses bodies that are no JSON, too deep, too large or poisoned', async ({ doors }) => {
  const post = (text: string | Buffer) =>
    ask(doors.port, { method: 'POST', path: '/api/auth/login', headers: json, body: text })
  const poisoned = [
    '{"__proto__":{"polluted":1}}',
    '{"a":[{"\\u005f_proto__":1}]}',
    '{"constructor":{}}',
    '{"a":{"toString":1}}',
  ]
  for (const text of ['{', 'undefined', '['.repeat(1_500), '\ufeff\ufeff{}', ...poisoned]) {
    assert.is(codeOf(await post(text)), 'bad_json', text.slice(0, 40))
  }
  assert.is((await post(Buffer.from([0x7b, 0xff, 0x7d]))).status, 400)
  assert.is((await post('['.repeat(900) + ']'.repeat(900))).status, 400)
  assert.is(codeOf(await post(JSON.stringify({ username: 'x'.repeat(10_000), password: 'x' }))), 'too_large')
  assert.is(Reflect.get({}, 'polluted'), undefined)
})

test('names the fields that are wrong and echoes none of their values', async ({ doors }) => {
  const sent = { username: 'no spaces here', password: 'planted', hobby: 'planted' }
  const answer = await new Visitor(doors.port).call('POST', '/api/auth/register', sent)
  assert.is(answer.status, 400)
  assert.equal(Object.keys(jsonOf<ErrorView>(answer).error.fields ?? {}).sort(), ['hobby', 'password', 'username'])
  assert.not.match(answer.text, /planted|no spaces/)
})

test('describes its calls as OpenAPI', async ({ doors }) => {
  const answer = await ask(doors.port, { path: '/api/openapi.json' })
  assert.is(answer.status, 200)
  const { openapi, paths } = jsonOf<{ openapi: string; paths: Record<string, Record<string, unknown>> }>(answer)
  assert.match(openapi, /^3\.1/)
  assert.ok(paths['/api/streams/{id}']?.patch)
  assert.ok(paths['/api/openapi.json']?.get)
  const rules = JSON.stringify(paths['/api/moderation/rules']?.put)
  assert.match(rules, '"x-least-role":"moderator"')
  assert.match(rules, '#/components/parameters/Channel')
  assert.match(answer.text, '"name":"X-CrossChat-Channel"')
  assert.not.match(JSON.stringify(paths['/api/auth/me']?.get), 'parameters')
})

test('puts what it is given between the host and the sessions', async ({ doors }) => {
  const app = createHandler(doors.house, 'none', [
    async (ctx, next) => {
      if (ctx.path !== '/extra') return next()
      ctx.body = 'here'
    },
  ])
  const server = createServer(app.callback())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const answer = await ask(port, { method: 'POST', path: '/extra', headers: { origin: EVIL, cookie: 'cc=x' } })
    assert.is(answer.text, 'here')
    assert.is((await ask(port, { path: '/extra', headers: { host: 'evil.example' } })).status, 421)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test.run()
