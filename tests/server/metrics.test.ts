import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createMetrics } from '../../server/metrics.ts'

const test = suite('metrics')

test('counts for itself alone', async () => {
  const [one, two] = [createMetrics(), createMetrics()]
  one.ingestTotal.inc({ platform: 'testtube' }, 3)
  one.overlays.set(2)
  assert.match(await one.registry.metrics(), /cc_ingest_total\{platform="testtube"\} 3/)
  assert.not.match(await two.registry.metrics(), /testtube/)
  one.close()
  two.close()
})

test('names all it counts the same way', async () => {
  const metrics = createMetrics()
  const all = await metrics.registry.getMetricsAsJSON()
  for (const { name, help } of all) {
    assert.match(name, /^cc_[a-z_]+$/)
    assert.match(help, /\.$/)
  }
  assert.match(await metrics.registry.metrics(), /cc_eventloop_lag_seconds \d/)
  metrics.close()
})

test.run()
