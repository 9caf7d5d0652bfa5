import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  chipConditionOf,
  conditionOf,
  hearing,
  retryWordOf,
  type SourceState,
  sentenceOf,
  troubleOf,
} from '../../../admin/state/condition.ts'
import { followed, source } from '../source-views.ts'

const test = suite('admin/state/condition')
const NOW = 10_000_000
const STATES: SourceState[] = ['off', 'waiting', 'connecting', 'live', 'stale', 'retry', 'attention']

test('has a word for every state, and lights its own light', () => {
  const said = STATES.map((state) => conditionOf(followed('red', { state }), NOW))
  assert.equal(
    said.map(({ light }) => light),
    STATES,
  )
  assert.equal(
    said.map(({ word }) => word),
    ['Off', 'Waiting for stream', 'Connecting…', 'Connected', 'Quiet', 'Reconnecting', 'Needs attention'],
  )
})

test('counts down to the next try, never to zero, and says nothing of a try that is due', () => {
  const words = (retryAt: number | null) => sentenceOf(conditionOf(followed('red', { state: 'retry', retryAt }), NOW))
  assert.is(words(NOW + 3_200), 'Reconnecting 4 s')
  assert.is(words(NOW + 10), 'Reconnecting 1 s')
  assert.is(words(NOW), 'Reconnecting')
  assert.is(words(null), 'Reconnecting')
  assert.is(words(NOW + 240_000), 'Reconnecting 4 min')
})

test('says how long a connected source has been silent: since its last message, or since it was called silent', () => {
  const stale = followed('red', { state: 'stale', since: NOW - 60_000 })
  assert.is(sentenceOf(conditionOf({ ...stale, lastEventAt: NOW - 600_000 }, NOW)), 'Quiet 10 min')
  assert.is(sentenceOf(conditionOf(stale, NOW)), 'Quiet 1 min')
})

test('says of a platform that is not followed whether messages are pushed in', () => {
  assert.is(sentenceOf(chipConditionOf(source('red'), undefined, NOW)), 'Off')
  assert.is(sentenceOf(chipConditionOf(undefined, undefined, NOW)), 'Off')
  assert.is(sentenceOf(chipConditionOf(source('red'), NOW - 59_000, NOW)), 'Receiving')
  assert.is(sentenceOf(chipConditionOf(source('red'), NOW - 600_000, NOW)), 'Quiet 10 min')
})

test('says of a platform that is followed how its source is, whatever is pushed in', () => {
  const retry = followed('red', { state: 'retry' })
  assert.is(chipConditionOf(retry, NOW, NOW).light, 'retry')
})

test('gives what is heard without being followed a light that fits', () => {
  assert.is(hearing(undefined, 0).light, 'off')
  assert.is(hearing(0, 59_000).light, 'live')
  assert.is(hearing(0, 60_000).light, 'stale')
})

test('explains what is wrong in the words of the platform, and has own words where it gives none', () => {
  const error = 'The other side closed the connection.'
  for (const state of STATES) {
    const explained = ['waiting', 'stale', 'retry', 'attention'].includes(state)
    assert.is(troubleOf(followed('red', { state, error })), explained ? error : null, state)
    assert.is(troubleOf(followed('red', { state })) !== null, explained, state)
  }
})

test('offers to try at once only where that does something', () => {
  const offered = STATES.filter((state) => retryWordOf(state) !== null)
  assert.equal(offered, ['waiting', 'stale', 'retry', 'attention'])
})

test.run()
