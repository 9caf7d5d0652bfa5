import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { killTree, ROOT } from '../../scripts/child.ts'
import { PRODUCER_BODY } from '../../server/middleware/body.ts'
import { BEAT_EVERY_MS } from '../../server/protocol.ts'
import { debianProgram } from '../help/debian-program.ts'
import { freePort } from '../help/free-port.ts'
import { startFront } from '../help/front.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** The examples of docs/running, as they stand there, in front of a real server. Only host name, ports and certificate are this test's own. */

const LOOK_EVERY_MS = 20

interface Proxy {
  name: string
  /** Where the example stands, and what the program is given to read: its folder is `home`. */
  example: string
  config(example: string, port: number, server: number): Record<string, string>
  words(home: string): string[]
}

const PROXIES: Proxy[] = [
  {
    name: 'nginx',
    example: 'nginx.conf',
    config: (example, port, server) => ({
      'site.conf': example
        .replace(/^ *(?:listen \[::\]|ssl_certificate).*\n/gm, '')
        .replace('listen 80;', `listen unix:unused.sock;`)
        .replace('listen 443 ssl;', `listen 127.0.0.1:${port};`)
        .replaceAll('chat.example', '127.0.0.1')
        .replaceAll('127.0.0.1:3000', `127.0.0.1:${server}`),
      'nginx.conf': `user root; daemon off; pid nginx.pid; worker_processes 1; error_log stderr; events {}
        http { access_log off; include site.conf; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((each) => `${each}_temp_path ${each};`).join(' ')} }`,
    }),
    words: (home) => ['-p', home, '-c', join(home, 'nginx.conf'), '-e', 'stderr'],
  },
  caddy('Caddyfile', (example, port, server) =>
    example
      .replace(/^chat\.example /m, `http://127.0.0.1:${port} `)
      .replaceAll('127.0.0.1:3000', `127.0.0.1:${server}`),
  ),
  // Of its two nodes one is not there.
  caddy('Caddyfile.scaled', (example, port, server) =>
    example
      .replace(/^\{\$DOMAIN\} /m, `http://127.0.0.1:${port} `)
      .replace('{$DOMAIN}', '127.0.0.1')
      .replace('node-1:3000', '127.0.0.1:9')
      .replace('node-2:3000', `127.0.0.1:${server}`),
  ),
]

function caddy(example: string, here: (example: string, port: number, server: number) => string): Proxy {
  return {
    name: 'caddy',
    example,
    config: (content, port, server) => ({ Caddyfile: `{\n\tadmin off\n}\n${here(content, port, server)}` }),
    words: (home) => ['run', '--adapter', 'caddyfile', '--config', join(home, 'Caddyfile')],
  }
}

interface Standing {
  name: string
  base: string
  child: ChildProcess
}

const test = suite('proxies')
const standing: Standing[] = []
let folder: string
let data: Awaited<ReturnType<typeof temporaryData>>
let server: RunningServer | undefined
let panel: Panel
let key: string

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosschat-proxies-'))
  data = await temporaryData()
  const found: { proxy: Proxy; program: string | null; port: number }[] = []
  for (const proxy of PROXIES) {
    found.push({ proxy, program: await debianProgram(proxy.name), port: await freePort() })
  }
  const bases = found.map(({ port }) => `http://127.0.0.1:${port}`)
  const env = { CROSSCHAT_PUBLIC_URL: bases.join(','), CROSSCHAT_TRUST_PROXY: '1' }
  server = await startServer({ dataDir: data.path, env })
  for (const { proxy, program, port } of found) {
    if (program !== null) standing.push(await begin(proxy, program, port, server.port))
  }
  if (standing[0] === undefined) return
  panel = await registerFirst(standing[0].base, server)
  key = (await panel.overlay()).key
})
test.after(async () => {
  for (const { child } of standing) killTree(child)
  await server?.end('SIGKILL')
  await data.remove()
  await rm(folder, { recursive: true, force: true })
})

async function begin(proxy: Proxy, program: string, port: number, to: number): Promise<Standing> {
  const home = join(folder, proxy.example)
  const example = await readFile(join(ROOT, 'docs', 'running', proxy.example), 'utf8')
  const files = proxy.config(example, port, to)
  const child = await startFront({ program, words: proxy.words(home), home, files, port })
  return { name: proxy.example, base: `http://127.0.0.1:${port}`, child }
}

/** Nobody counts as being on the machine itself who comes through a proxy: the first account needs what the server has printed. */
async function registerFirst(base: string, { output }: RunningServer): Promise<Panel> {
  const refused = await Panel.register(base, 'Stranger').catch((error: Error) => error.message)
  assert.match(String(refused), /answered 403/)
  while (!output().includes('#/setup/')) await sleep(LOOK_EVERY_MS)
  const setupToken = /#\/setup\/(\S+)/.exec(output())?.[1] ?? ''
  return Panel.register(base, 'First', { setupToken })
}

interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: string
  /** The caller's own address. */
  from?: string
}
interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

async function ask(
  address: string,
  { method = 'GET', headers = {}, body, from = '127.0.0.1' }: Asked = {},
): Promise<Answer> {
  const asked = request(address, { method, headers, localAddress: from, agent: false })
  asked.end(body)
  const [answer] = await once(asked, 'response')
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) }
}

/** A test, once a proxy that could be had. */
function behindEach(name: string, run: (proxy: Standing, panel: Panel) => Promise<void>): void {
  test(name, async () => {
    for (const proxy of standing) {
      await run(proxy, panel.at(proxy.base)).catch((error: Error) => {
        error.message = `${proxy.name}: ${error.message}`
        throw error
      })
    }
  })
}

let nth = 0
const say = (through: Panel, said: string) => through.pushLines([ircLine(`proxied-${nth++}`, said)])

behindEach('pass WebSockets on', async ({ base }, through) => {
  const overlay = await Listener.open(base, key)
  await say(through, 'over a socket')
  await overlay.until(() => overlay.events.length > 0)
  overlay.close()
  const stranger = new Listener(base, '/ws/panel', { Origin: 'https://evil.example', Cookie: through.cookie })
  await stranger.until(() => stranger.closed !== null)
  assert.is(stranger.frames.length, 0, 'the panel’s is for its own page')
})

behindEach('hold no event of a stream back', async ({ base }, through) => {
  const answer = await fetch(`${base}/api/overlay/stream`, { headers: { Authorization: `Bearer ${key}` } })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (reader === undefined) throw new Error('The stream has no body.')
  let heard = ''
  const hear = async (what: string) => {
    while (!heard.includes(what)) heard += (await reader.read()).value ?? ''
  }
  await hear('"welcome"')
  const said = `through ${base}`
  await say(through, said)
  await hear(said)
  await reader.cancel()
})

behindEach('tell callers apart, whatever they claim', async ({ base, name }) => {
  const signIn = async (claimed: string, from: string) => {
    const headers = { Origin: base, 'Content-Type': 'application/json', 'X-Forwarded-For': claimed }
    const body = JSON.stringify({ username: `not_here_${name.replace('.', '_')}`, password: 'not it at all' })
    return (await ask(`${base}/api/auth/login`, { method: 'POST', headers, body, from })).status
  }
  for (let tries = 0; tries < 5; tries++) assert.is(await signIn(`203.0.113.${tries}`, '127.0.0.1'), 401)
  assert.is(await signIn('203.0.113.9', '127.0.0.1'), 429, 'one caller, by many names')
  assert.is(await signIn('127.0.0.1', '127.0.0.2'), 401, 'another caller, by the name of the first')
})

behindEach('keep what a page may do to its own address', async ({ base }, through) => {
  assert.is((await through.call('POST', '/api/streams', {}, { Origin: 'https://evil.example' })).status, 403)
  await through.startStream()
  await through.endStream()
  assert.not.match((await ask(`${base}/healthz`, { headers: { Host: 'evil.example' } })).text, /ok/)
  assert.is((await ask(`${base}/metrics`)).status, 404, 'for the machine itself alone')
})

behindEach('leave it to the server to say what is too large', async (_proxy, through) => {
  const headers = { 'Content-Type': 'text/plain' }
  const answer = await through.call('POST', '/api/producers/twitch', 'x'.repeat(PRODUCER_BODY + 1), headers)
  assert.is(answer.status, 413)
  assert.is(((await answer.json()) as { error: { code: string } }).error.code, 'too_large')
})

behindEach('make the pages’ files small, and nothing that holds a secret', async ({ base }, through) => {
  const headers = { 'Accept-Encoding': 'gzip', Cookie: through.cookie }
  const [script = ''] = /\/assets\/panel-[^"]+\.js/.exec((await ask(`${base}/admin/`, { headers })).text) ?? []
  assert.is((await ask(base + script, { headers })).headers['content-encoding'], 'gzip')
  assert.is((await ask(`${base}/api/overlays`, { headers })).headers['content-encoding'], undefined)
})

test('wait longer than it is ever quiet on a line', async () => {
  const example = await readFile(join(ROOT, 'docs', 'running', 'nginx.conf'), 'utf8')
  const waits = [...example.matchAll(/proxy_(?:read|send)_timeout (\d+)s/g)].map(
    ([, seconds]) => Number(seconds) * 1_000,
  )
  assert.is(waits.length, 2)
  for (const wait of waits) assert.ok(wait >= 3 * BEAT_EVERY_MS)
})

test.run()
