import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { EngineView } from '../../../server/api/engine.ts'
import type { RunView } from '../../../server/api/simulator.ts'
import { Panel } from '../../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../../help/server.ts'

const COUNT = 200
const PER_SECOND = 500

const test = suite<{ server: RunningServer; owner: Panel; remove(): Promise<void> }>('routes/engine')
test.before(async (context) => {
  const data = await temporaryData()
  context.remove = data.remove
  context.server = await startServer({ dataDir: data.path })
  context.owner = await Panel.register(context.server.base, 'engine_owner')
})
test.after(async ({ server, remove }) => {
  await server.end('SIGKILL')
  await remove()
})

const look = (panel: Panel) => panel.json<EngineView>('GET', '/api/instance/engine')

/** The first measurement for which it holds. */
async function lookUntil(panel: Panel, holds: (view: EngineView) => boolean): Promise<EngineView> {
  for (;;) {
    const view = await look(panel)
    if (holds(view)) return view
  }
}

test('shows the owner a line that stands still', async ({ owner }) => {
  const view = await lookUntil(owner, ({ ring }) => ring.capacity > 0)
  assert.is(view.worker.ready, true)
  assert.is(view.worker.restarts, 0)
  assert.is(view.ring.capacity, 8 * 1_024 * 1_024)
  assert.is(view.ring.depth, 0)
  assert.is(view.lock.overdue, 0)
})

test('shows the owner a burst while it runs', async ({ owner, server }) => {
  const run = await owner.json<RunView>('POST', '/api/simulator/runs', { count: COUNT, perSecond: PER_SECOND })
  const moving = await lookUntil(owner, ({ ring, latency }) => ring.recordsPerSecond > 0 && latency.p50 !== null)
  assert.ok(moving.ring.bytesPerSecond > moving.ring.recordsPerSecond * 64, 'more than the heads of the records')
  assert.ok(moving.ring.deepest > 0 && moving.ring.deepest <= moving.ring.capacity)
  assert.ok((moving.lock.held.p99 ?? 0) >= (moving.lock.held.p50 ?? 0))
  assert.ok(moving.lock.holdsPerSecond > 0)
  assert.ok(moving.lock.contended >= 0 && moving.lock.contended <= 1)
  assert.ok((moving.latency.p99 ?? 0) >= (moving.latency.p50 ?? 0))
  const after = await lookUntil(owner, ({ ring }) => ring.records >= COUNT && ring.depth === 0)
  assert.is(after.ring.head, after.ring.tail)
  assert.is((await owner.json<RunView>('GET', `/api/simulator/runs/${run.id}`)).made, COUNT)
  const metrics = await (await fetch(`${server.base}/metrics`)).text()
  assert.ok(Number(/^cc_ring_records_total (\d+)$/m.exec(metrics)?.[1]) >= COUNT)
})

test('does not exist for other accounts, and asks strangers to sign in', async ({ server }) => {
  const other = await Panel.register(server.base, 'engine_guest')
  assert.is((await other.call('GET', '/api/instance/engine')).status, 404)
  assert.is((await new Panel(server.base).call('GET', '/api/instance/engine')).status, 401)
})

test.run()
