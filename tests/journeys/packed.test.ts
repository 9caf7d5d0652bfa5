import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { TSC } from '../../scripts/build.ts'
import { killTree, ROOT, run, runNode } from '../../scripts/child.ts'
import { importsOf } from '../../scripts/imports.ts'
import { freePort } from '../help/free-port.ts'
import { Listener } from '../help/listener.ts'
import { Panel } from '../help/panel.ts'
import { startServer } from '../help/server.ts'
import { tell } from '../help/tell.ts'

const NO_REGISTRY = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|ENOTCACHED/
/** Beginnings of all that is packed. */
const PACKED = ['.env.example', 'CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'dist', 'docs', 'package.json']
const EXAMPLES = ['koa-app', 'express-app']
const TYPES = { strict: true, noEmit: true, target: 'es2023', module: 'nodenext', types: ['node'] }
const EXAMPLES_PROJECT = {
  compilerOptions: { ...TYPES, allowJs: true, checkJs: true, skipLibCheck: true },
  include: ['*/server.js'],
}
/** Our own declarations are checked, too: they may name nothing that a consumer has not. */
const CONSUMER_PROJECT = { compilerOptions: { ...TYPES, skipLibCheck: false }, include: ['consumer.ts'] }
/** A line that may be written, and those that may not: what is not exported, no setting, and what is inside. */
const CONSUMER = [
  "import { type CrossChat, type CrossChatOptions, createCrossChat } from 'crosschat'",
  "export const right: CrossChat = createCrossChat({ env: { PORT: '0' } } satisfies CrossChatOptions)",
  "import 'crosschat/dist/server/app.js'",
  'createCrossChat({ port: 3000 })',
  'right.parts()',
]
const FIRST_WRONG = 3

interface Context {
  folder: string
  archive: string
}
const test = suite<Context>('packed')
test.before(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), 'crosschat-packed-'))
  const packed = await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', context.folder])
  assert.is(packed.code, 0, packed.output)
  const [name = ''] = (await readdir(context.folder)).filter((each) => each.endsWith('.tgz'))
  context.archive = join(context.folder, name)
})
test.after(({ folder }) => rm(folder, { recursive: true, force: true }))

/** As anybody would. False = no registry can be reached. */
async function install(home: string, ...more: string[]): Promise<boolean> {
  const words = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...more]
  const { code, output } = await run('npm', words, { cwd: home })
  if (code !== 0 && NO_REGISTRY.test(output)) return false
  assert.is(code, 0, output)
  return true
}

/** A message takes the whole way. */
async function seesMessage(base: string): Promise<void> {
  const panel = await Panel.register(base, 'unpacked')
  const overlay = await Listener.open(base, (await panel.overlay()).key)
  const message = { platform: 'twitch', name: 'Noodle_Knight', text: 'out of the box' }
  await panel.json('POST', '/api/simulator/messages', message)
  await overlay.until(() => overlay.events.length > 0)
  const [event] = overlay.events
  assert.is(event !== undefined && 'text' in event ? event.text : '', 'out of the box')
  overlay.close()
}

test('installs into an empty folder, starts there, and shows a message', async ({ folder, archive }) => {
  const home = join(folder, 'home')
  await mkdir(home)
  await writeFile(join(home, 'package.json'), '{"private":true}')
  if (!(await install(home, archive))) return console.log('skipped: packed (the registry cannot be reached)')
  const modules = join(home, 'node_modules')
  assert.equal((await readdir(join(modules, 'crosschat'))).sort(), PACKED)
  const server = await startServer({ dataDir: join(folder, 'data'), entry: join(modules, '.bin', 'crosschat') })
  assert.equal(await (await fetch(`${server.base}/healthz`)).json(), { status: 'ok' })
  for (const page of ['/', '/admin/', '/overlay']) assert.is((await fetch(server.base + page)).status, 200, page)
  await seesMessage(server.base)
  assert.is(await server.end('SIGTERM'), 0, server.output())
  const version = (await run('npx', ['--no-install', 'crosschat', '--version'], { cwd: home })).output.trim()
  assert.is(version, (JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version)
  tell(`${(await readdir(modules)).length} folders beside it in node_modules`)
})

/** The examples side by side, with the packed CrossChat in place of the clone around them. False = no registry can be reached. */
async function installExamples({ folder, archive }: Context): Promise<boolean> {
  const home = join(folder, 'apps')
  await cp(join(ROOT, 'docs', 'examples'), home, {
    recursive: true,
    filter: (path) => !/node_modules|package-lock/.test(path),
  })
  for (const name of EXAMPLES) {
    const path = join(home, name, 'package.json')
    await writeFile(path, (await readFile(path, 'utf8')).replace('file:../../..', `file:${archive}`))
  }
  await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, workspaces: EXAMPLES }))
  return install(home)
}

async function runsAsApp(home: string, dataDir: string): Promise<void> {
  const port = await freePort()
  const env = { PORT: String(port), DATA_DIR: dataDir, CHAT_NAME: '127.0.0.1', CROSSCHAT_LOG: 'warn' }
  const child = spawn(process.execPath, ['server.js'], {
    cwd: home,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    for await (const line of createInterface({ input: child.stdout })) if (/listens on/.test(line)) break
    assert.match(await (await fetch(`http://localhost:${port}/`)).text(), /This is the site/)
    assert.is.not((await fetch(`http://localhost:${port}/api/auth/me`)).status, 401, 'CrossChat stays on its own name')
    await seesMessage(`http://127.0.0.1:${port}`)
    const elsewhere = new Listener(`http://localhost:${port}`)
    await elsewhere.until(() => elsewhere.closed !== null)
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    assert.is(code, 0)
  } finally {
    killTree(child)
  }
}

test('lives in an app of somebody’s own, whose types fit', async (context) => {
  if (!(await installExamples(context))) return console.log('skipped: examples (the registry cannot be reached)')
  const apps = join(context.folder, 'apps')
  for (const name of EXAMPLES) {
    await importsWhatItNames(join(apps, name))
    await runsAsApp(join(apps, name), join(context.folder, `data-${name}`))
  }
  await writeFile(join(apps, 'tsconfig.json'), JSON.stringify(EXAMPLES_PROJECT))
  const examples = await runNode([TSC, '-p', apps])
  assert.is(examples.code, 0, examples.output)
  await refusesWrong(apps)
})

/** Side by side, each could take what only the other names. */
async function importsWhatItNames(home: string): Promise<void> {
  const { dependencies } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { dependencies: object }
  const imported = importsOf(await readFile(join(home, 'server.js'), 'utf8')).map(({ specifier }) => specifier)
  const packages = imported.filter((each) => !each.startsWith('node:'))
  assert.equal(packages.sort(), Object.keys(dependencies).sort())
}

async function refusesWrong(apps: string): Promise<void> {
  await writeFile(join(apps, 'tsconfig.json'), JSON.stringify(CONSUMER_PROJECT))
  await writeFile(join(apps, 'consumer.ts'), `${CONSUMER.join('\n')}\n`)
  const { output } = await runNode([TSC, '-p', apps])
  const places = [...output.matchAll(/^(\S+)\((\d+),\d+\): error/gm)].map(([, file, line]) => `${file}:${line}`)
  const wrong = CONSUMER.map((_, index) => index + 1).filter((line) => line >= FIRST_WRONG)
  assert.equal(
    [...new Set(places)].sort(),
    wrong.map((line) => `${relative(ROOT, join(apps, 'consumer.ts'))}:${line}`),
    output,
  )
}

test.run()
