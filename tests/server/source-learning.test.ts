import * as assert from 'uvu/assert'
import type { Broadcast } from '../../workers/followed.ts'
import { report, sourcesSuite } from './feeder.ts'

const test = sourcesSuite('source-learning')

test('keeps what it learnt with the channel it learnt it of', async ({ sources, feeder, next, channelId }) => {
  await sources.set(channelId, 'testtube', { channel: 'one' })
  const number = report(feeder, {})
  feeder.naming = false
  const set = sources.set(channelId, 'testtube', { channel: 'ONE', room: 'den' })
  while (feeder.posted.at(-1)?.type !== 'name') await new Promise(setImmediate)
  feeder.onSource({ type: 'facts', source: number, facts: { id: '41', title: 'One' } })
  feeder.answer(2, 'one')
  await set
  assert.equal(feeder.follows.at(-1)?.facts, { id: '41', title: 'One' })
  const after = next()
  await after.sources.start({ at: null, away: {} })
  assert.equal(after.feeder.follows[0]?.facts, { id: '41', title: 'One' })
  const moved = sources.set(channelId, 'testtube', { channel: 'two' })
  feeder.answer(3, 'two')
  await moved
  assert.equal(feeder.follows.at(-1)?.facts, {})
})

test('tells news of a broadcast once, keeps it, and forgets it with the channel', async (context) => {
  const { sources, feeder, next, channelId } = context
  const told: Broadcast[] = []
  const channel = feeder.open(channelId).number
  const hear = (broadcast: Broadcast) =>
    feeder.onSource({ type: 'broadcast', channel, platform: 'testtube', broadcast })
  hear({ live: true, at: 1 })
  sources.onBroadcast = (_channel, _platform, news) => told.push(news)
  await sources.set(channelId, 'testtube', { channel: 'one', autoStream: true })
  const on = { live: true, at: Date.now() - 1_000, title: 'Evening' }
  hear(on)
  hear(on)
  hear({ live: false, at: on.at - 60_000 })
  assert.equal(told, [on])
  assert.equal(sources.broadcasts(channelId), [{ platform: 'testtube', live: true }])
  const after = next()
  await after.sources.start({ at: null, away: {} })
  assert.equal(after.sources.broadcasts(channelId), [{ platform: 'testtube', live: true }])
  await sources.set(channelId, 'testtube', { channel: 'two' })
  assert.equal(sources.broadcasts(channelId), [{ platform: 'testtube', live: false }])
  await sources.set(channelId, 'testtube', { enabled: false })
  assert.equal(sources.broadcasts(channelId), [])
})

test.run()
