import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BATCH_BYTES, BATCH_EVENTS, MAX_WAITING, MAX_WAITING_BYTES, Waiting } from '../../../server/webhooks/waiting.ts'

const test = suite('webhooks: waiting')

const filled = (count: number, text = (nth: number) => `{"seq":${nth}}`) => {
  const waiting = new Waiting()
  for (let nth = 1; nth <= count; nth++) waiting.add(text(nth), nth)
  return waiting
}
/** All deliveries until nothing waits. */
const emptied = (waiting: Waiting) => {
  const batches: string[][] = []
  for (let batch = waiting.batch(); batch.length > 0; batch = waiting.batch()) {
    batches.push(batch)
    waiting.done(batch.length)
  }
  return batches
}
const seqs = (texts: string[]) => texts.map((text) => JSON.parse(text).seq)

test('gives what came in order, a batch at a time, and again until it is taken', () => {
  const waiting = filled(BATCH_EVENTS + 2)
  assert.equal(waiting.batch(), waiting.batch())
  const [first = [], second = []] = emptied(waiting)
  assert.is(first.length, BATCH_EVENTS)
  assert.equal(seqs(second), [BATCH_EVENTS + 1, BATCH_EVENTS + 2])
  assert.is(waiting.count, 0)
})

test('keeps a batch within its bytes, but gives one event of any size', () => {
  const large = () => 'x'.repeat(BATCH_BYTES * 0.6)
  assert.equal(
    emptied(filled(3, large)).map((batch) => batch.length),
    [1, 1, 1],
  )
})

test('counts what does not fit, in its place', () => {
  const waiting = filled(MAX_WAITING + 7)
  assert.is(waiting.missed, 7)
  assert.is(waiting.count, MAX_WAITING + 7)
  waiting.done(waiting.batch().length)
  waiting.add('{"seq":"later"}', 9)
  assert.is(waiting.missed, 8, 'nothing overtakes the gap')
  const all = emptied(waiting).flat()
  assert.equal(JSON.parse(all.at(-1) ?? ''), {
    kind: 'gap',
    count: 8,
    at: MAX_WAITING + 1,
    reason: 'More came than could be delivered',
  })
  waiting.add('{"seq":"after"}', 10)
  assert.equal(seqs(emptied(waiting).flat()), ['after'])
})

test('holds no more bytes than it may', () => {
  const waiting = filled(20, () => 'x'.repeat(MAX_WAITING_BYTES / 10))
  assert.is(waiting.missed, 10)
})

test('makes a gap of all that waits when it is dropped', () => {
  const waiting = filled(3)
  waiting.miss(2, 5)
  waiting.drop(6)
  assert.equal(waiting.texts, [])
  assert.is(JSON.parse(emptied(waiting).flat()[0] ?? '').count, 5)
})

test('knows for how much a gap stands that waits already', () => {
  const waiting = filled(1)
  waiting.miss(50, 5)
  waiting.close()
  waiting.add('{"seq":2}', 6)
  assert.is(waiting.count, 52)
  const resumed = new Waiting()
  for (const text of waiting.texts) resumed.add(text, 7)
  assert.is(resumed.count, 52, 'over a restart, too')
  resumed.drop(8)
  assert.is(JSON.parse(emptied(resumed).flat()[0] ?? '').count, 52)
})

test('loses what is taken out of it without a gap, and keeps its room', () => {
  const waiting = filled(3)
  assert.is(
    waiting.rewrite((text) => text),
    false,
  )
  assert.is(
    waiting.rewrite((text) => (text.includes('2') ? null : text.replace('3', '333'))),
    true,
  )
  assert.equal(waiting.texts, ['{"seq":1}', '{"seq":333}'])
  assert.is(waiting.count, 2)
})

test.run()
