import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../scripts/child.ts'
import { Listener } from '../help/listener.ts'
import { Panel } from '../help/panel.ts'
import { startServer } from '../help/server.ts'
import { tell } from '../help/tell.ts'

const NO_REGISTRY = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|ENOTCACHED/
/** Beginnings of all that is packed. */
const PACKED = ['.env.example', 'CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'dist', 'docs', 'package.json']

const test = suite<{ folder: string }>('packed')
test.before(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), 'crosschat-packed-'))
})
test.after(({ folder }) => rm(folder, { recursive: true, force: true }))

/** Packs what was built and installs it as anybody would. False = no registry can be reached. */
async function install(folder: string): Promise<boolean> {
  const packed = await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder])
  assert.is(packed.code, 0, packed.output)
  const [archive = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'))
  const home = join(folder, 'home')
  await mkdir(home)
  await writeFile(join(home, 'package.json'), '{"private":true}')
  const words = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', join(folder, archive)]
  const { code, output } = await run('npm', words, { cwd: home })
  if (code !== 0 && NO_REGISTRY.test(output)) return false
  assert.is(code, 0, output)
  return true
}

test('installs into an empty folder, starts there, and shows a message', async ({ folder }) => {
  if (!(await install(folder))) return console.log('skipped: packed (the registry cannot be reached)')
  const home = join(folder, 'home', 'node_modules')
  assert.equal((await readdir(join(home, 'crosschat'))).sort(), PACKED)
  const server = await startServer({ dataDir: join(folder, 'data'), entry: join(home, '.bin', 'crosschat') })
  assert.equal(await (await fetch(`${server.base}/healthz`)).json(), { status: 'ok' })
  for (const page of ['/', '/admin/', '/overlay']) assert.is((await fetch(server.base + page)).status, 200, page)
  const panel = await Panel.register(server.base, 'unpacked')
  const overlay = await Listener.open(server.base, (await panel.overlay()).key)
  const message = { platform: 'twitch', name: 'Noodle_Knight', text: 'out of the box' }
  await panel.json('POST', '/api/simulator/messages', message)
  await overlay.until(() => overlay.events.length > 0)
  const [event] = overlay.events
  assert.is(event !== undefined && 'text' in event ? event.text : '', 'out of the box')
  assert.is(await server.end('SIGTERM'), 0, server.output())
  tell(`${(await readdir(home)).length} folders beside it in node_modules`)
})

test.run()
