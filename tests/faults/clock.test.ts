import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LIMITS } from '../../server/middleware/rate.ts'
import { seeded } from '../../workers/random.ts'
import { FaultFigures } from '../help/fault-figures.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

const STEPPING_CLOCK = new URL('../help/stepping-clock.mjs', import.meta.url).href
const HOUR = 3_600_000
const DAY = 24 * HOUR
const STEPS = 20

const test = suite<{ server: RunningServer; off(ms: number): void }>('a clock that jumps')
const figures = new FaultFigures('F17')
const folders: Awaited<ReturnType<typeof temporaryData>>[] = []
test.before(async (context) => {
  const [data, control] = [await temporaryData(), await temporaryData()]
  folders.push(data, control)
  const file = join(control.path, 'clock')
  context.off = (ms) => writeFileSync(file, String(ms))
  context.off(0)
  context.server = await startServer({
    dataDir: data.path,
    env: { NODE_OPTIONS: `--import=${STEPPING_CLOCK}`, STEPPING_CLOCK: file },
  })
})
test.after(async ({ server }) => {
  await server.end('SIGKILL')
  for (const folder of folders) await folder.remove()
})

const signedIn = async (panel: Panel) => (await panel.call('GET', '/api/auth/me')).status === 200
const wrong = (panel: Panel, username: string) =>
  panel.call('POST', '/api/auth/login', { username, password: 'not the password' })

test('leaves the order, the throttle, the way back and everybody who is signed in as they were', async ({
  server,
  off,
}) => {
  const random = seeded(5)
  const jumps = [HOUR, -HOUR, 0, -10 * DAY, 0, ...Array.from({ length: STEPS }, () => (random() - 0.5) * HOUR)]
  const panel = await Panel.register(server.base, 'keeps_order')
  const stream = await panel.startStream()
  const overlay = await Listener.open(server.base, (await panel.overlay()).key)
  const stranger = new Panel(server.base)
  const due: string[] = []
  for (const [nth, jump] of jumps.entries()) {
    off(Math.round(jump))
    const { events } = await panel.pushLines([ircLine(`jump-${nth}`, 'in its place')])
    due.push(...events.map(({ id }) => id))
    assert.ok(await signedIn(panel), `signed in, ${jump / HOUR} hours off`)
    const { epoch, seq } = overlay
    const back = await Listener.open(server.base, (await panel.overlay()).key, { epoch, seq })
    assert.is(back.welcome?.recovered, true)
    back.close()
  }
  await overlay.until(() => overlay.events.at(-1)?.id === due.at(-1))
  assert.equal(
    overlay.events.flatMap((event) => (event.kind === 'message' ? [event.id] : [])),
    due,
  )
  const kept = (await panel.transcript(stream.id)).flatMap((event) => (event.kind === 'message' ? [event.id] : []))
  assert.ok(figures.judge(due, kept))
  figures.injections = jumps.length

  off(0)
  for (let tries = 0; tries < LIMITS.login.points; tries++) await wrong(stranger, 'keeps_order')
  off(-HOUR)
  const refused = await wrong(stranger, 'keeps_order')
  assert.is(refused.status, 429)
  assert.ok(Number(refused.headers.get('retry-after')) <= LIMITS.login.seconds, 'nobody waits for the clock')

  off(-10 * DAY)
  const { startedAt, endedAt } = await panel.endStream()
  assert.ok(endedAt !== null && endedAt >= startedAt, 'no stream ends before it began')
  const metrics = await (await fetch(`${server.base}/metrics`)).text()
  assert.not.match(metrics, /^cc_worker_restarts_total\{.*\} [1-9]/m)
  assert.not.match(metrics, /^cc_invariant_violations_total\{.*\} [1-9]/m)
  overlay.close()
})

test('ends sessions when it goes on by more than they last, and brings none of them back', async ({ server, off }) => {
  off(0)
  const [before, ended] = [
    await Panel.register(server.base, 'was_before'),
    await Panel.register(server.base, 'signed_out'),
  ]
  const { cookie } = ended
  await ended.json('POST', '/api/auth/logout')
  off(11 * HOUR)
  assert.ok(await signedIn(before), 'not longer than a session may rest')
  off(10 * DAY)
  const gone = before.cookie
  assert.is(await signedIn(before), false)
  const since = await Panel.login(server.base, 'was_before')
  assert.ok(await signedIn(since))
  for (const jump of [0, -10 * DAY]) {
    off(jump)
    assert.ok(await signedIn(since), 'set back, whoever signed in meanwhile still is')
    for (const dead of [gone, cookie]) {
      const ghost = new Panel(server.base)
      ghost.cookie = dead
      assert.is(await signedIn(ghost), false)
    }
  }
  figures.injections += 4
  figures.tell()
  assert.is(await server.end(), 0)
})

test.run()
