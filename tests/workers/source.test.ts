import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Facts, SourceOrder } from '../../workers/followed.ts'
import { Source } from '../../workers/source.ts'

interface Context {
  source: Source
  /** The clock, ms. */
  clock: { now: number }
  gaps: [from: number, to: number][]
  learnt: Facts[]
}

const ORDER: SourceOrder = {
  channel: 1,
  platform: 'testtube',
  number: 1,
  name: 'cool_channel',
  options: {},
  facts: {},
  leftAt: null,
}

function open(order: Partial<SourceOrder> = {}): Context {
  const clock = { now: 1_000 }
  const gaps: Context['gaps'] = []
  const learnt: Facts[] = []
  const source = new Source(
    { ...ORDER, ...order },
    {
      now: () => clock.now,
      bring: () => ({ accepted: 1, duplicates: 0, seq: 1, full: false }),
      room: () => Promise.resolve(),
      changed: () => {},
      learnt: (_, facts) => learnt.push(facts),
      gap: (_, from, to) => gaps.push([from, to]),
      broadcast: () => {},
    },
  )
  return { source, clock, gaps, learnt }
}

const test = suite('source')

test('misses nothing when it is connected for the first time', () => {
  const { source, clock, gaps } = open()
  clock.now = 5_000
  source.live({ filled: false })
  assert.equal(gaps, [])
  assert.is(source.report.state, 'live')
  assert.is(source.report.since, 5_000)
})

test('leaves a gap also where the clock was set back meanwhile', () => {
  const { source, clock, gaps } = open()
  clock.now = 90_000
  source.live({ filled: false })
  source.retry('lost', 1_000)
  clock.now = 5_000
  source.live({ filled: false })
  assert.equal(gaps, [[5_000, 5_000]])
})

test('leaves one gap from the last sign of life to the next confirmation, however often it tried', () => {
  const { source, clock, gaps } = open()
  source.live({ filled: false })
  clock.now = 2_000
  source.take('a line')
  clock.now = 9_000
  source.stale()
  clock.now = 10_000
  source.retry('silent', 500)
  assert.is(source.report.retryAt, 10_500)
  source.connecting()
  source.retry('refused', 500)
  clock.now = 62_000
  source.live({ filled: false })
  assert.equal(gaps, [[2_000, 62_000]])
  source.live({ filled: false })
  assert.is(gaps.length, 1)
})

test('leaves none when what was missed has been fetched, or when there was nothing to miss', () => {
  const { source, clock, gaps } = open()
  source.live({ filled: false })
  clock.now = 2_000
  source.retry('lost', 1)
  source.live({ filled: true })
  source.waiting('no broadcast runs')
  clock.now = 90_000
  source.connecting()
  source.live({ filled: false })
  assert.equal(gaps, [])
})

test('leaves a gap, too, when the chat was over by the end of the break, and none for being away while there was no chat', () => {
  const { source, clock, gaps } = open()
  source.live({ filled: false })
  clock.now = 2_000
  source.take('a line')
  clock.now = 3_000
  source.retry('lost', 1)
  clock.now = 9_000
  source.waiting('the broadcast has ended')
  assert.equal(gaps, [[2_000, 9_000]])
  source.retry('lost', 1)
  clock.now = 20_000
  source.waiting('no broadcast runs')
  source.live({ filled: false })
  source.waiting('the broadcast has ended')
  assert.is(gaps.length, 1)
})

test('leaves none when nothing is known to have been missed before it waits', () => {
  const { source, gaps } = open({ leftAt: 400 })
  source.waiting('no broadcast runs', { filled: true })
  source.waiting('no broadcast runs')
  assert.equal(gaps, [])
})

test('knows from its order what an earlier worker left', () => {
  const { source, clock, gaps } = open({ leftAt: 400 })
  source.retry('refused', 1)
  clock.now = 3_000
  source.live({ filled: false })
  assert.equal(gaps, [[400, 3_000]])
  const over = open({ leftAt: 400 })
  over.source.waiting('the broadcast has ended')
  assert.equal(over.gaps, [[400, 1_000]])
})

test('is live again at the first sign of life after silence', () => {
  const { source } = open()
  source.live({ filled: false, way: 'Anonymous' })
  source.stale()
  assert.is(source.report.state, 'stale')
  source.heard()
  assert.is(source.report.state, 'live')
  assert.is(source.report.way, 'Anonymous')
})

test('keeps what was learnt, takes an empty value away, and tells only of changes', () => {
  const { source, learnt } = open({ facts: { id: '7' } })
  source.learn({ title: 'Cool' })
  source.learn({ title: 'Cool', id: '7' })
  source.learn({ id: '' })
  assert.equal(learnt, [{ id: '7', title: 'Cool' }, { title: 'Cool' }])
})

test('counts what signed deliveries brought, and takes it for no sign of life of the connection', () => {
  const { source, clock, gaps } = open()
  source.live({ filled: false })
  clock.now = 2_000
  source.delivered(2)
  source.delivered(0)
  assert.equal([source.report.events, source.report.lastEventAt], [2, 2_000])
  source.retry('silent', 1)
  source.delivered(1)
  assert.is(source.report.state, 'retry')
  clock.now = 5_000
  source.live({ filled: false })
  assert.equal(gaps, [[1_000, 5_000]])
})

test.run()
