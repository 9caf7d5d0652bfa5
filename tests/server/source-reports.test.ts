import * as assert from 'uvu/assert'
import { newId } from '../../server/auth/ids.ts'
import { DEATHS_TO_PAUSE } from '../../server/source-reports.ts'
import { report, sourcesSuite, stateOf } from './feeder.ts'

const test = sourcesSuite('source-reports')

test('has the next worker follow again, from the last word of the one that died', async ({
  sources,
  feeder,
  channelId,
}) => {
  await sources.set(channelId, 'testtube', { channel: 'one' })
  report(feeder, { events: 5, lastEventAt: 77 })
  feeder.onEnded(1_000)
  assert.is(stateOf(sources, channelId), 'connecting')
  feeder.onBegan()
  assert.is(feeder.follows.length, 2)
  assert.is(feeder.follows[1]?.leftAt, 1_000)
  report(feeder, { state: 'retry', error: 'refused' })
  feeder.onEnded(2_000)
  feeder.onBegan()
  assert.is(feeder.follows[2]?.leftAt, 1_000, 'it was away all the time')
  report(feeder, { events: 2 })
  const [view] = sources.list(channelId)
  assert.equal([view?.events, view?.lastEventAt], [7, 77], 'counted on over both')
  feeder.onEnded(3_000)
  feeder.onBegan()
  assert.is(feeder.follows[3]?.leftAt, 3_000)
  report(feeder, { state: 'waiting', error: 'no broadcast' })
  feeder.onEnded(4_000)
  feeder.onBegan()
  assert.is(feeder.follows[4]?.leftAt, null, 'nothing was there to miss')
})

test('tells the next process since when each source was away', async ({ sources, feeder, next, channelId }) => {
  const other = newId()
  await sources.set(channelId, 'testtube', { channel: 'one' })
  report(feeder, {})
  await sources.set(other, 'testtube', { channel: 'two' })
  report(feeder, { state: 'waiting', error: 'no broadcast' })
  assert.equal(sources.away(), { [`${other}.testtube`]: null })
  const after = next()
  await after.sources.start({ at: 5_000, away: sources.away() })
  const leftAt = Object.fromEntries(after.feeder.follows.map(({ name, leftAt }) => [name, leftAt]))
  assert.equal(leftAt, { one: 5_000, two: null })
  assert.equal(after.sources.away(), { [`${channelId}.testtube`]: 5_000, [`${other}.testtube`]: null })
})

test('leaves a source alone over which the worker died twice, and goes on when asked', async (context) => {
  const { sources, feeder, metrics, channelId } = context
  await sources.set(channelId, 'testtube', { channel: 'one' })
  for (let death = 0; death < DEATHS_TO_PAUSE; death++) {
    // Connected in between: that says nothing of its payloads.
    const number = report(feeder, {})
    feeder.onEnded(1_000 + death)
    feeder.onSuspect(number)
    feeder.onBegan()
  }
  const [view] = sources.list(channelId)
  assert.is(view?.state, 'attention')
  assert.ok((view?.retryAt ?? 0) > Date.now())
  assert.is(feeder.follows.length, DEATHS_TO_PAUSE, 'the last worker does not follow it')
  assert.match(await metrics.registry.metrics(), /cc_sources\{platform="testtube",state="attention"\} 1/)
  feeder.onEnded(3_000)
  feeder.onBegan()
  assert.equal([stateOf(sources, channelId), feeder.follows.length], ['attention', DEATHS_TO_PAUSE])
  sources.retry(channelId, 'testtube')
  assert.is(stateOf(sources, channelId), 'connecting')
  assert.is(feeder.follows.at(-1)?.leftAt, 1_001, 'from the second death on')
})

test('does not suspect anybody for deaths of others', async ({ sources, feeder, channelId }) => {
  await sources.set(channelId, 'testtube', { channel: 'one' })
  const number = report(feeder, {})
  for (let death = 0; death < 5; death++) {
    feeder.onEnded(1_000)
    feeder.onSuspect(number + 1)
    feeder.onBegan()
    report(feeder, {})
  }
  assert.is(stateOf(sources, channelId), 'live')
})

test('counts sources by state, and forgets those that are gone', async ({ sources, feeder, metrics, channelId }) => {
  const other = newId()
  await sources.set(channelId, 'testtube', { channel: 'one' })
  report(feeder, {})
  await sources.set(other, 'testtube', { channel: 'two' })
  const text = await metrics.registry.metrics()
  assert.match(text, /cc_sources\{platform="testtube",state="live"\} 1/)
  assert.match(text, /cc_sources\{platform="testtube",state="connecting"\} 1/)
  await sources.remove(channelId, 'testtube')
  await sources.set(other, 'testtube', { enabled: false })
  const gone = await metrics.registry.metrics()
  assert.not.match(gone, /cc_sources\{[^}]*\} [^0]/)
})

test.run()
