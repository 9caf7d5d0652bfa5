import { readFile } from 'node:fs/promises'
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

/** Names that whoever watches the instance builds on. */
const PROMISED =
  `cc_ingest_total cc_displayed_total cc_latency_seconds cc_dropped_total cc_dedup_total cc_resume_total cc_resume_messages cc_overlays
cc_slow_closed_total cc_output_queue_bytes cc_ring_fill_ratio cc_lock_recoveries_total cc_worker_restarts_total cc_archive_queue
cc_archive_gap_total cc_archive_fsync_seconds cc_disk_free_bytes cc_webhook_total cc_login_total cc_limited_total cc_eventloop_lag_seconds
cc_invariant_violations_total cc_canary_total cc_canary_seconds cc_log_dropped_total
cc_channels cc_nodes cc_answer_seconds cc_cpu_seconds_total cc_memory_bytes`.split(/\s+/)
/** All that a label may say; each of them has few values. */
const LABELS = ['platform', 'reason', 'recovered', 'cause', 'quantile', 'le', 'result', 'state', 'route', 'which', 'of']

test('has every name it promises, and no label that could hold a person, a channel or a key', async () => {
  const metrics = createMetrics()
  metrics.watch({ dataDir: '.', waitingBytes: () => 7, droppedLines: () => 3 })
  const names = (await metrics.registry.getMetricsAsJSON()).map(({ name }) => name)
  assert.equal(
    PROMISED.filter((name) => !names.includes(name)),
    [],
  )
  const text = await metrics.registry.metrics()
  assert.match(text, /^cc_output_queue_bytes 7$/m)
  assert.match(text, /^cc_log_dropped_total 3$/m)
  assert.match(text, /^cc_disk_free_bytes [1-9]\d+$/m)
  const source = await readFile(new URL('../../server/metrics.ts', import.meta.url), 'utf8')
  const labels = [...source.matchAll(/(?:\[|, )'([a-z]+)'(?=[\],])/g)].map(([, label]) => label ?? '')
  assert.ok(labels.length > 10)
  assert.equal(
    labels.filter((label) => !LABELS.includes(label)),
    [],
  )
  metrics.close()
})

test.run()
