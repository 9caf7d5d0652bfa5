import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { killTree, ROOT } from '../../scripts/child.ts'
import { debianProgram } from '../help/debian-program.ts'
import { freePort } from '../help/free-port.ts'
import { startFront } from '../help/front.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { postgresBin, startPostgres } from '../help/postgres.ts'
import { RedisServer, redisStands } from '../help/redis.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** What docs/running/compose.scaled.yaml puts together, without Docker: Redis, PostgreSQL, two nodes, and Caddy as its file says. */

const DRAIN_MS = 3_000
const LOOK_EVERY_MS = 20

interface Context {
  folder: string
  base: string
  nodes: RunningServer[]
  end: (() => Promise<unknown> | unknown)[]
}
const test = suite<Context>('scaled')
test.before(async (context) => {
  context.end = []
  context.nodes = []
  context.folder = await mkdtemp(join(tmpdir(), 'crosschat-scaled-'))
  const [caddy, bin] = [await debianProgram('caddy'), postgresBin('scaled')]
  if (caddy === null || bin === null || !redisStands('scaled')) return
  const redis = await RedisServer.start()
  context.end.push(() => redis.close())
  const port = await freePort()
  context.base = `http://127.0.0.1:${port}`
  const env = {
    CROSSCHAT_PUBLIC_URL: context.base,
    CROSSCHAT_SECRET: 'a secret that all of the nodes know of',
    CROSSCHAT_TRUST_PROXY: '1',
    CROSSCHAT_DRAIN_MS: String(DRAIN_MS),
    REDIS_URL: redis.url,
    DATABASE_URL: await (await startPostgres(bin)).database(),
  }
  for (let nth = 0; nth < 2; nth++) context.nodes.push(await startNode(context, env))
  const front = await startCaddy(context, caddy, port)
  context.end.push(() => killTree(front))
})
test.after(async ({ end, nodes, folder }) => {
  for (const node of nodes) await node.end('SIGKILL')
  for (const each of end.reverse()) await each()
  await rm(folder, { recursive: true, force: true })
})

async function startNode({ end }: Context, env: Record<string, string>): Promise<RunningServer> {
  const data = await temporaryData()
  end.push(() => data.remove())
  return startServer({ dataDir: data.path, env })
}

async function startCaddy({ folder, nodes }: Context, program: string, port: number): Promise<ChildProcess> {
  const example = await readFile(join(ROOT, 'docs', 'running', 'Caddyfile.scaled'), 'utf8')
  const here = nodes
    .reduce((text, node, nth) => text.replace(`node-${nth + 1}:3000`, `127.0.0.1:${node.port}`), example)
    .replace(/^\{\$DOMAIN\} /m, `http://127.0.0.1:${port} `)
    .replace('{$DOMAIN}', '127.0.0.1')
  const home = join(folder, 'caddy')
  const words = ['run', '--adapter', 'caddyfile', '--config', join(home, 'Caddyfile')]
  return startFront({ program, words, home, files: { Caddyfile: `{\n\tadmin off\n}\n${here}` }, port })
}

/** With what any of the nodes has printed, whichever then answers. */
async function registerFirst(nodes: RunningServer[], base: string): Promise<Panel> {
  const printed = nodes.map(async ({ output }) => {
    while (!output().includes('#/setup/')) await sleep(LOOK_EVERY_MS)
    return /#\/setup\/(\S+)/.exec(output())?.[1] ?? ''
  })
  const [setupToken = '', other] = await Promise.all(printed)
  assert.is(setupToken, other)
  return Panel.register(base, 'Two_Nodes', { setupToken })
}

const all = (overlays: Listener[], text: string) =>
  Promise.all(
    overlays.map((each) => each.until(() => each.events.some((event) => 'text' in event && event.text === text))),
  )

test('shows one chat whichever node answers, also while one of them goes, and refuses nobody meanwhile', async (context) => {
  const { base, nodes } = context
  const [first] = nodes
  if (first === undefined) return
  const panel = await registerFirst(nodes, base)
  const { key } = await panel.overlay()
  const overlays = await Promise.all(Array.from({ length: 4 }, () => Listener.open(base, key)))
  for (const text of ['said to one', 'said to the other']) {
    await panel.pushLines([ircLine(text.replaceAll(' ', '-'), text)])
    await all(overlays, text)
  }
  let gone = false
  const ending = first.end('SIGTERM').then((code) => {
    gone = true
    return code
  })
  for (let nth = 0; !gone; nth++) {
    await panel.me()
    await panel.pushLines([ircLine(`meanwhile-${nth}`, `meanwhile ${nth}`)])
  }
  assert.is(await ending, 0)
  assert.ok(overlays.some(({ closed }) => closed === 1012) && overlays.some(({ closed }) => closed === null))
  const back = await Promise.all(
    overlays.map(async (each) =>
      each.closed === null ? each : Listener.open(base, key, { epoch: each.epoch, seq: each.seq }),
    ),
  )
  await panel.pushLines([ircLine('afterwards', 'afterwards')])
  await all(back, 'afterwards')
  for (const each of back) each.close()
})

test.run()
