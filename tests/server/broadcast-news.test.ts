import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MAX_NEWS_TITLE, newsOf, OTHER_BROADCAST_MS } from '../../server/broadcast-news.ts'

const NOW = 1_800_000_000_000
const ON = { live: true, at: NOW - 60_000 }
const OFF = { live: false, at: NOW - 30_000 }

const test = suite('broadcast-news')

test('takes the first news, and every change after it', () => {
  assert.equal(newsOf(null, ON, NOW), ON)
  assert.equal(newsOf(ON, OFF, NOW), OFF)
  assert.equal(newsOf(OFF, { live: true, at: NOW }, NOW), { live: true, at: NOW })
})

test('takes the same news once, by whichever way it comes again', () => {
  assert.is(newsOf(ON, ON, NOW), null)
  assert.is(newsOf(ON, { ...ON, at: ON.at + 5_000, title: 'by another way' }, NOW), null)
  assert.is(newsOf(OFF, OFF, NOW), null)
  assert.is(newsOf(OFF, { ...OFF, at: NOW }, NOW), null)
})

test('takes nothing that happened before what is known', () => {
  assert.is(newsOf(OFF, ON, NOW), null, 'the beginning comes after the end')
  assert.is(newsOf(ON, { live: false, at: ON.at - 1 }, NOW), null, 'the end of the broadcast before')
})

test('takes a much later beginning for another broadcast, whose forerunner’s end was never told', () => {
  const next = { live: true, at: ON.at + OTHER_BROADCAST_MS }
  assert.equal(newsOf(ON, next, NOW + OTHER_BROADCAST_MS), next)
})

test('takes a clock that is ahead for now, so that what follows is no old news', () => {
  const news = newsOf(null, { live: true, at: NOW + 86_400_000 }, NOW)
  assert.is(news?.at, NOW)
  assert.ok(newsOf(news, { live: false, at: NOW + 1_000 }, NOW + 1_000))
})

test('takes no time that is none, and shortens a title', () => {
  assert.is(newsOf(null, { live: true, at: Number.NaN }, NOW), null)
  assert.is(newsOf(null, { ...ON, title: ` ${'🦦'.repeat(500)} ` }, NOW)?.title, '🦦'.repeat(MAX_NEWS_TITLE))
})

test.run()
