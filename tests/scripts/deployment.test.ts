import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { z } from 'zod'
import { READ_BY_BUILD } from '../../scripts/build.ts'
import { ROOT, run } from '../../scripts/child.ts'
import { DRAIN_WITHIN_MS } from '../../server/ending.ts'
import { SETTINGS } from '../../server/settings.ts'

/** The files that bring CrossChat onto somebody's machine name only what there is, and end it no sooner than it ends by itself. */

const NAMES = new Set(Object.values(SETTINGS).map(({ env }) => env))
/** What the node's own program reads. */
const OF_NODE = ['NODE_ENV', 'NODE_OPTIONS']
const DRAIN_SECONDS = DRAIN_WITHIN_MS / 1_000
const UNIT = 'docs/running/crosschat.service'

const test = suite('deployment')
const read = (path: string) => readFile(join(ROOT, path), 'utf8')

interface Step {
  word: string
  rest: string
}

/** The steps of a Dockerfile, comments left out. */
async function steps(): Promise<Step[]> {
  const lines = (await read('Dockerfile')).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => ({ word: line.split(' ')[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }))
}

const known = (name: string) => NAMES.has(name) || OF_NODE.includes(name)

test('copies into the image all that the build reads, past what Docker is to leave out', async () => {
  const copied = (await steps())
    .filter(({ word, rest }) => word === 'COPY' && !rest.startsWith('--from'))
    .flatMap(({ rest }) => rest.split(' ').slice(0, -1))
  const letIn = (await read('.dockerignore'))
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []))
  assert.equal(copied.toSorted(), letIn.toSorted())
  for (const path of copied) assert.ok(existsSync(join(ROOT, path)), path)
  for (const path of READ_BY_BUILD) assert.ok(copied.includes(path.split('/')[0] ?? ''), `the build reads ${path}`)
})

test('starts in the image what the package starts, as nobody in particular, on a Node that fits', async () => {
  const all = await steps()
  const last = (word: string) => all.findLast((step) => step.word === word)?.rest ?? ''
  const { bin, engines } = z
    .object({ bin: z.object({ crosschat: z.string() }), engines: z.object({ node: z.string() }) })
    .parse(JSON.parse(await read('package.json')))
  assert.equal(JSON.parse(last('ENTRYPOINT')), ['node', bin.crosschat])
  assert.equal(JSON.parse(last('CMD')), ['start'])
  assert.is(last('USER'), 'node')
  assert.ok(all.findIndex(({ word }) => word === 'USER') > all.findLastIndex(({ word }) => word === 'RUN'))
  const bases = all.filter(({ word }) => word === 'FROM').map(({ rest }) => rest)
  for (const base of bases)
    assert.ok(Number(/^node:(\d+)-/.exec(base)?.[1]) >= Number.parseInt(engines.node.slice(2), 10))
  const set = Object.fromEntries(
    last('ENV')
      .split(' ')
      .map((each) => each.split('=')),
  )
  assert.equal(
    Object.keys(set).filter((name) => !known(name)),
    [],
  )
  assert.is(set.DATA_DIR, last('VOLUME'))
  assert.is(set.PORT, last('EXPOSE'))
  const scripts = all.flatMap(({ word, rest }) => (word === 'RUN' ? [/^npm run (\S+)/.exec(rest)?.[1]] : []))
  for (const name of scripts) if (name) assert.ok((await read('package.json')).includes(`"${name}":`), name)
})

test('asks a container for its health as it can be asked', async () => {
  const [, words = ''] = /^HEALTHCHECK .*?CMD (\[.*\])$/m.exec(await read('Dockerfile')) ?? []
  const [command = '', ...rest]: string[] = JSON.parse(words)
  let status = 200
  const server = createServer((req, res) => res.writeHead(req.url === '/healthz' ? status : 404).end()).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const asked = async () => (await run(command, rest, { env: { PORT: String(port) } })).code
  assert.is(await asked(), 0)
  status = 503
  assert.is(await asked(), 1)
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
  assert.is(await asked(), 1)
})

const Service = z.looseObject({
  build: z.string().optional(),
  image: z.string(),
  stop_grace_period: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
})
const Compose = z.looseObject({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.null()) })

for (const path of ['compose.yaml', 'docs/running/compose.scaled.yaml']) {
  test(`composes in ${path} only what there is, and ends nothing too soon`, async () => {
    const { services, volumes } = Compose.parse(parse(await read(path), { merge: true }))
    const folder = dirname(join(ROOT, path))
    const used = new Set<string>()
    for (const [name, service] of Object.entries(services)) {
      for (const each of service.volumes) {
        const [source = ''] = each.split(':')
        if (source.startsWith('.')) assert.ok(existsSync(resolve(folder, source)), `${name} mounts ${source}`)
        else used.add(source)
      }
      const waitsFor = Array.isArray(service.depends_on) ? service.depends_on : Object.keys(service.depends_on)
      for (const other of waitsFor) assert.ok(other in services, `${name} waits for ${other}`)
      if (service.build === undefined) continue
      assert.is(resolve(folder, service.build), ROOT, name)
      assert.equal(
        Object.keys(service.environment).filter((each) => !known(each)),
        [],
        name,
      )
      assert.ok(Number.parseInt(service.stop_grace_period ?? '10', 10) > DRAIN_SECONDS, name)
      assert.ok(
        service.volumes.some((each) => each.endsWith(`:${service.environment.DATA_DIR}`)),
        `${name} keeps its folder`,
      )
    }
    assert.equal([...used].sort(), Object.keys(volumes).sort())
    const folders = Object.values(services).flatMap(({ build, volumes }) => (build === undefined ? [] : volumes))
    assert.is(new Set(folders).size, folders.length, 'a folder belongs to one process')
  })
}

test('sets in the unit only what there is, and ends nothing too soon', async () => {
  const lines = (await read(UNIT)).split('\n').filter((line) => /^\w+=/.test(line))
  const said = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}=`)).map((line) => line.slice(name.length + 1))
  const set = said('Environment').map((each) => each.split('=')[0] ?? '')
  assert.equal(
    set.filter((name) => !known(name)),
    [],
  )
  assert.equal(said('Restart'), ['always'])
  assert.ok(Number(said('TimeoutStopSec')[0]) > DRAIN_SECONDS)
  assert.match(said('ExecStart')[0] ?? '', / dist\/server\/index\.js start$/)
  assert.ok(said('Environment').includes(`DATA_DIR=/var/lib/${said('StateDirectory')[0]}`))
})

test('writes the unit as systemd reads it', async () => {
  const program = '/usr/bin/systemd-analyze'
  if (!existsSync(program)) return console.log('skipped: the unit (systemd-analyze is not installed)')
  const folder = await mkdtemp(join(tmpdir(), 'crosschat-unit-'))
  // It looks for the program of the unit; this machine's Node may stand elsewhere.
  const unit = (await read(UNIT)).replace('/usr/bin/node', process.execPath)
  await writeFile(join(folder, 'crosschat.service'), unit)
  const { code, output } = await run(program, ['verify', '--man=no', join(folder, 'crosschat.service')])
  await rm(folder, { recursive: true })
  assert.equal([code, output], [0, ''])
})

test('leads from page to page without a hole', async () => {
  const pages = [
    'README.md',
    ...(await readdir(join(ROOT, 'docs'), { recursive: true })).flatMap((name) =>
      name.endsWith('.md') && !name.includes('node_modules') ? [`docs/${name}`] : [],
    ),
  ]
  for (const page of pages) {
    const text = await read(page)
    for (const [, address = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(address)) continue
      const [path = '', heading] = address.split('#')
      const target = path === '' ? join(ROOT, page) : resolve(dirname(join(ROOT, page)), path)
      await access(target).catch(() => assert.unreachable(`${page} leads to ${address}`))
      if (heading !== undefined)
        assert.ok(headingsOf(await readFile(target, 'utf8')).includes(heading), `${page}: ${address}`)
    }
  }
})

/** As they are addressed. */
function headingsOf(text: string): string[] {
  const titles = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title ?? '')
  return titles.map((title) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )
}

test.run()
