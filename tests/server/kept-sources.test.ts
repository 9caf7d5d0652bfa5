import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isHeard, KeptSources, leftAt } from '../../server/kept-sources.ts'
import { createMetrics, type Metrics } from '../../server/metrics.ts'
import type { StoredSource } from '../../server/stores/sources.ts'

const test = suite<{ metrics: Metrics; kept: KeptSources }>('kept sources')

test.before.each((context) => {
  context.metrics = createMetrics()
  context.kept = new KeptSources(context.metrics)
})
test.after.each(({ metrics }) => {
  metrics.close()
})

function stored(channelId: string, platform: string, change: Partial<StoredSource> = {}): StoredSource {
  const empty = { options: {}, secrets: {}, facts: {}, broadcast: null }
  return {
    channelId,
    platform,
    name: 'cool_channel',
    enabled: true,
    autoStream: false,
    createdAt: 1,
    ...empty,
    ...change,
  }
}

async function counted(metrics: Metrics, state: string): Promise<number> {
  const { values } = await metrics.sources.get()
  return values.filter(({ labels }) => labels.state === state).reduce((sum, { value }) => sum + value, 0)
}

test('finds a source by channel and platform, and by its number until it is dropped', ({ kept }) => {
  const first = kept.add(stored('a', 'testtube'))
  const second = kept.add(stored('a', 'testtube', { name: 'other_channel' }))
  kept.add(stored('b', 'testtube'))
  assert.is(kept.find('a', 'testtube'), second)
  assert.is(kept.numbered(first.number), first)
  kept.drop(first)
  assert.is(kept.numbered(first.number), undefined)
  assert.is(kept.numbered(second.number), second)
  assert.equal(kept.of('a'), [second])
  kept.forget(second.source)
  assert.is(kept.find('a', 'testtube'), undefined)
  assert.is(kept.of('b').length, 1)
})

test('counts the followed ones by state, and none that is off', async ({ kept, metrics }) => {
  const followed = kept.add(stored('a', 'testtube'))
  const off = kept.add(stored('b', 'testtube', { enabled: false }))
  assert.is(await counted(metrics, 'connecting'), 1)
  kept.enter(followed, { ...followed.report, state: 'live' })
  kept.enter(off, { ...off.report, state: 'live' })
  assert.equal([await counted(metrics, 'connecting'), await counted(metrics, 'live')], [0, 1])
  kept.drop(followed)
  kept.drop(off)
  assert.is(await counted(metrics, 'live'), 0)
})

test('knows since when a source is away: from now when it was heard, from before when it was not', ({ kept }) => {
  const source = kept.add(stored('a', 'testtube'))
  source.leftAt = 5
  assert.is(leftAt(source, 9), 5)
  kept.enter(source, { ...source.report, state: 'stale' })
  assert.ok(isHeard(source.report))
  assert.is(leftAt(source, 9), 9)
})

test.run()
