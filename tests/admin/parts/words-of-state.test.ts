import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { summary } from '../../../admin/parts/announcer.ts'
import { troubleOf } from '../../../admin/parts/line-bar.ts'
import { EMPTY_FEED, feed } from '../../../admin/state/feed.ts'
import { message } from '../events.ts'

const test = suite('admin/parts: words for what is going on')

test('says nothing about a connection that stands or is first made', () => {
  assert.is(troubleOf({ phase: 'open' }, 0), null)
  assert.is(troubleOf({ phase: 'connecting', attempt: 0 }, 0), null)
})

test('counts down to the next try, and never to zero', () => {
  assert.is(troubleOf({ phase: 'waiting', attempt: 1, retryAt: 4_200 }, 1_000)?.counting, ' Trying again in 4 s.')
  assert.is(troubleOf({ phase: 'waiting', attempt: 1, retryAt: 900 }, 1_000)?.counting, ' Trying again in 1 s.')
  assert.is(troubleOf({ phase: 'connecting', attempt: 2 }, 0)?.counting, ' Trying again…')
})

test('sums up what came in for a screen reader', () => {
  const state = feed(EMPTY_FEED, { type: 'events', events: [message(1), message(2), message(3, { text: 'hi all' })] })
  assert.is(summary(state, 2), '2 new messages. PixelOtter: hi all')
  assert.is(summary(state, 4), '')
})

test.run()
