import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Koa from 'koa'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createLog } from '../../../server/log.ts'
import { errors } from '../../../server/middleware/errors.ts'
import { buildOf, files } from '../../../server/middleware/files.ts'
import { headers } from '../../../server/middleware/headers.ts'
import { ask } from '../../help/doors.ts'

interface Context {
  dir: string
  server: Server
  port: number
}
const test = suite<Context>('middleware/files')

async function put(dir: string, name: string, text: string): Promise<void> {
  await mkdir(dirname(join(dir, name)), { recursive: true })
  await writeFile(join(dir, name), text)
}

test.before.each(async (context) => {
  context.dir = await mkdtemp(join(tmpdir(), 'crosschat-pages-'))
  const pages = { 'index.html': 'landing', 'admin/index.html': 'panel', 'overlay/index.html': 'overlay' }
  const others = {
    'assets/panel-1a2b.js': 'script',
    'assets/panel-1a2b.js.map': 'map',
    'assets/.hidden': 'hidden',
    'favicon.ico': 'icon',
  }
  for (const [name, text] of Object.entries({ ...pages, ...others })) await put(context.dir, name, text)
  await put(context.dir, 'build.json', '{"build":"b1"}')
  const app = new Koa()
  app.use(headers(false))
  app.use(errors(createLog('silent')))
  app.use(files(context.dir, ['images.example']))
  context.server = createServer(app.callback())
  await new Promise<void>((resolve) => context.server.listen(0, '127.0.0.1', resolve))
  context.port = (context.server.address() as AddressInfo).port
})
test.after.each(async ({ dir, server }) => {
  server.closeAllConnections()
  server.close()
  await rm(dir, { recursive: true, force: true })
})

test('serves each page under its address', async ({ port }) => {
  const pages = {
    '/': 'landing',
    '/admin/': 'panel',
    '/overlay': 'overlay',
    '/overlay/': 'overlay',
    '/overlay?theme=clean': 'overlay',
  }
  for (const [path, text] of Object.entries(pages)) {
    const answer = await ask(port, { path })
    assert.is(answer.status, 200, path)
    assert.is(answer.text, text)
    assert.is(answer.headers['content-type'], 'text/html; charset=utf-8')
    assert.is(answer.headers['cache-control'], 'no-cache')
  }
  const moved = await ask(port, { path: '/admin' })
  assert.equal([moved.status, moved.headers.location], [301, '/admin/'])
})

test('serves nothing that is not on the map', async ({ port }) => {
  const paths = [
    '/dock',
    '/build.json',
    '/assets/panel-1a2b.js.map',
    '/assets/.hidden',
    '/assets/',
    '/admin/index.html',
    '/index.html',
  ]
  const sly = [
    '/../package.json',
    '/assets/../build.json',
    '/assets/%2e%2e/build.json',
    '/assets/..%5cbuild.json',
    '//etc/passwd',
    '/assets/constructor',
  ]
  for (const path of [...paths, ...sly]) assert.is((await ask(port, { path })).status, 404, path)
})

test('keeps assets for ever and opens them to a page without an origin', async ({ port }) => {
  const answer = await ask(port, { path: '/assets/panel-1a2b.js' })
  assert.is(answer.text, 'script')
  assert.is(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.is(answer.headers['access-control-allow-origin'], '*')
  assert.is(answer.headers['content-type'], 'text/javascript; charset=utf-8')
  assert.is(answer.headers['x-content-type-options'], 'nosniff')
  assert.is((await ask(port, { path: '/favicon.ico' })).headers['cache-control'], 'no-cache')
})

test('asks again by tag and answers 304', async ({ port }) => {
  const { headers: first } = await ask(port, { path: '/overlay' })
  const again = await ask(port, { path: '/overlay', headers: { 'if-none-match': String(first.etag) } })
  assert.is(again.status, 304)
  assert.is(again.text, '')
})

test('shuts the overlay into a box without origin', async ({ port }) => {
  const host = `127.0.0.1:${port}`
  const answer = await ask(port, { path: '/overlay', headers: { host } })
  const policy = String(answer.headers['content-security-policy']).split('; ')
  assert.equal(policy, [
    'sandbox allow-scripts',
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data: https://images.example",
    `connect-src 'self' ws://${host} wss://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
  ])
  assert.is(answer.headers['referrer-policy'], 'no-referrer')
})

test('puts no word of the Host header into the policy but a host', async ({ port }) => {
  const answer = await ask(port, { path: '/overlay', headers: { host: "x; script-src 'unsafe-inline'" } })
  assert.not.match(String(answer.headers['content-security-policy']), /script-src 'unsafe-inline'/)
})

test('lets nobody frame the panel, nor run inline script in it', async ({ port }) => {
  const { headers: sent } = await ask(port, { path: '/admin/' })
  const policy = String(sent['content-security-policy'])
  assert.match(policy, /frame-ancestors 'none'/)
  assert.not.match(policy, /unsafe|upgrade-insecure/)
  assert.match(policy, /require-trusted-types-for 'script'; trusted-types 'none'/)
  assert.is(sent['referrer-policy'], 'same-origin')
  assert.is(sent['cross-origin-opener-policy'], 'same-origin')
})

test('lets the panel reach OBS on the same computer, and no other page', async ({ port }) => {
  const connect = async (path: string) => {
    const { headers: sent } = await ask(port, { path })
    return /connect-src ([^;]*)/.exec(String(sent['content-security-policy']))?.[1]
  }
  assert.is(await connect('/admin/'), "'self' ws://127.0.0.1:* ws://localhost:*")
  assert.is(await connect('/'), "'self'")
})

test('takes only reading', async ({ port }) => {
  const answer = await ask(port, { method: 'POST', path: '/overlay' })
  assert.equal([answer.status, answer.headers.allow], [405, 'GET, HEAD'])
  const head = await ask(port, { method: 'HEAD', path: '/overlay' })
  assert.equal([head.status, head.text, head.headers['content-length']], [200, '', '7'])
})

test('serves a new build without a restart', async ({ dir, port }) => {
  assert.is(buildOf(dir), 'b1')
  await put(dir, 'overlay/index.html', 'newer')
  await put(dir, 'assets/overlay-9z.js', 'newest')
  await put(dir, 'build.json', '{"build":"b2"}')
  await utimes(join(dir, 'build.json'), new Date(), new Date(Date.now() + 10_000))
  assert.is((await ask(port, { path: '/overlay' })).text, 'newer')
  assert.is((await ask(port, { path: '/assets/overlay-9z.js' })).text, 'newest')
  assert.is(buildOf(dir), 'b2')
})

test('serves nothing where nothing was built', async () => {
  const app = new Koa()
  app.use(errors(createLog('silent')))
  app.use(files('no/such/folder', []))
  const server = createServer(app.callback())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  assert.is((await ask((server.address() as AddressInfo).port, { path: '/' })).status, 404)
  assert.is(buildOf('no/such/folder'), 'none')
  server.closeAllConnections()
  server.close()
})

test.run()
