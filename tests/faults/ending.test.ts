import { once } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createCrossChat } from '../../server/app.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { startServer, temporaryData } from '../help/server.ts'

const ON_SIGNAL = new URL('../help/on-signal.mjs', import.meta.url).href
const test = suite<{ dataDir: string; remove(): Promise<void> }>('ending')
test.before.each(async (context) => {
  const data = await temporaryData()
  context.dataDir = data.path
  context.remove = data.remove
})
test.after.each(async ({ remove }) => remove())

const told = (act: string, level = 'info') => ({
  ...{ NODE_OPTIONS: `--import ${ON_SIGNAL}`, ON_SIGUSR2: act, CROSSCHAT_LOG: level },
})

test('goes on when nobody reads its log, counts what it drops, and ends with 0', async ({ dataDir }) => {
  const server = await startServer({ dataDir, env: told('flood', 'debug') })
  const panel = await Panel.register(server.base, 'nobody_reads')
  const overlay = await Listener.open(server.base, (await panel.overlay()).key)
  server.child.stdout?.pause()
  server.child.kill('SIGUSR2')
  for (let n = 0, dropped = 0; dropped === 0; n++) {
    assert.is((await panel.call('GET', '/api/nothing-here')).status, 404)
    await panel.pushLines([ircLine(`unread-${n}`, 'is shown all the same')])
    await overlay.until(() => overlay.events.length === n + 1)
    const figures = await (await fetch(`${server.base}/metrics`)).text()
    dropped = Number(/^cc_log_dropped_total (\d+)$/m.exec(figures)?.[1])
  }
  assert.is(await server.end('SIGTERM'), 0)
  assert.is(overlay.closed, 1012)
})

test('ends with 1 after a failure that nobody expected, named in its log, with all it answered kept', async ({
  dataDir,
}) => {
  const server = await startServer({ dataDir, env: told('throw') })
  const panel = await Panel.register(server.base, 'unlucky')
  const stream = await panel.startStream()
  assert.is((await panel.pushLines([ircLine('before-it', 'was answered')])).archived, true)
  server.child.kill('SIGUSR2')
  await once(server.child, 'exit')
  assert.is(server.child.exitCode, 1)
  const line = server
    .output()
    .split('\n')
    .find((each) => each.includes('"fatal"'))
  const { failure, err } = JSON.parse(line ?? '{}')
  assert.match(failure, /^[0-9a-f]{12}$/)
  assert.is(err.message, 'out of nowhere')
  const next = await startServer({ dataDir })
  const kept = await panel.at(next.base).transcript(stream.id)
  assert.ok(kept.some((event) => 'id' in event && event.id === 'twitch:before-it'))
  await next.end('SIGKILL')
})

test('is not ready while it drains, and still answers as long as it is told to', async ({ dataDir }) => {
  const crosschat = createCrossChat({
    env: { PORT: '0', DATA_DIR: dataDir, CROSSCHAT_LOG: 'silent', CROSSCHAT_DRAIN_MS: '1500' },
  })
  const base = await crosschat.listen()
  assert.is((await fetch(`${base}/readyz`)).status, 200)
  const closing = crosschat.close()
  for (let status = 200; status !== 503; ) status = (await fetch(`${base}/readyz`)).status
  assert.is((await fetch(`${base}/healthz`)).status, 200)
  await closing
})

test.run()
