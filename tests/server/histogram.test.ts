import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bucketFor, edgeOf, LATENCY_SCALE, LOCK_SCALE, percentile, sumOf } from '../../server/histogram.ts'
import { bucketOf } from '../../workers/queue/layout.ts'

const test = suite('server/histogram')

test('reads the queue’s histograms by the edges that the queue counts with', () => {
  for (const us of [0, 0.2, 0.25, 0.26, 1, 3, 8_000, 1e9]) {
    assert.is(bucketFor(LOCK_SCALE, us), bucketOf(us / 1_000), `${us} µs`)
  }
  assert.is(edgeOf(LOCK_SCALE, 0), 0.25)
  assert.is(edgeOf(LOCK_SCALE, 4), 4)
})

test('says nothing of times when none was counted', () => {
  assert.is(percentile(LOCK_SCALE, [], 0.5), null)
  assert.is(percentile(LOCK_SCALE, [0, 0, 0], 0.99), null)
  assert.is(sumOf(LOCK_SCALE, [0, 0, 0]), 0)
})

test('interpolates inside the bucket in which the percentile lies', () => {
  // 100 times between 1 and 2 µs.
  assert.is(percentile(LOCK_SCALE, [0, 0, 0, 100], 0.5), 1.5)
  assert.is(percentile(LOCK_SCALE, [0, 0, 0, 100], 0.99), 1.99)
  // 90 up to 0.25 µs and 10 between 4 and 8.
  const counts = [90, 0, 0, 0, 0, 10]
  assert.is(percentile(LOCK_SCALE, counts, 0.9), 0.25)
  assert.is(percentile(LOCK_SCALE, counts, 0.95), 6)
  assert.is(percentile(LOCK_SCALE, counts, 1), 8)
})

test('keeps a percentile within a fifth of what was measured', () => {
  const counts = Array.from({ length: LATENCY_SCALE.buckets }, () => 0)
  const count = (us: number) => {
    const bucket = bucketFor(LATENCY_SCALE, us)
    counts[bucket] = (counts[bucket] ?? 0) + 1
  }
  for (let us = 1; us <= 10_000; us++) count(us)
  const [half, most] = [percentile(LATENCY_SCALE, counts, 0.5) ?? 0, percentile(LATENCY_SCALE, counts, 0.99) ?? 0]
  assert.ok(Math.abs(half - 5_000) < 1_000, `p50 ${half}`)
  assert.ok(Math.abs(most - 9_900) < 2_000, `p99 ${most}`)
})

test('adds up times as the middles of their buckets', () => {
  assert.is(sumOf(LOCK_SCALE, [8]), 1)
  assert.is(sumOf(LOCK_SCALE, [0, 0, 0, 2]), 3)
})

test.run()
