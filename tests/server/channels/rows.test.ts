import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Kept } from '../../../server/channels/kept.ts'
import { Rows } from '../../../server/channels/rows.ts'

const test = suite('rows of a window')

function kept(seq: number, change: Partial<Kept> = {}): Kept {
  const head = { seq, id: seq * 2 ** 20, author: 7, target: 0, kind: 0, flags: 2, platform: 1, arrived: seq + 0.5 }
  return { ...head, gone: 0, text: Buffer.from(String(seq)), start: 0, end: String(seq).length, came: null, ...change }
}

test('gives back what was put in, in order, while old ones go', () => {
  const rows = new Rows()
  for (let seq = 1; seq <= 3_000; seq++) {
    rows.push(kept(seq))
    if (rows.length > 500) rows.drop(rows.length - 500)
  }
  assert.is(rows.length, 500)
  const all = rows.from()
  assert.equal(
    all.map(({ seq }) => seq),
    Array.from({ length: 500 }, (_, nth) => 2_501 + nth),
  )
  assert.equal(rows.at(0), kept(2_501))
  assert.equal(rows.at(499), kept(3_000))
  assert.is(rows.at(500), undefined)
  assert.is(rows.at(-1), undefined)
  assert.is(rows.seq(3), 2_504)
  assert.is(rows.arrived(3), 2_504.5)
  assert.is(rows.from(498).length, 2)
})

test('keeps how something came that stands there as something else, until it goes', () => {
  const rows = new Rows()
  const came = { text: Buffer.from('as it came'), start: 0, end: 10 }
  rows.push(kept(1, { came }))
  rows.push(kept(2))
  assert.equal(rows.at(0)?.came, came)
  assert.is(rows.bytes(0), 11)
  assert.is(rows.bytes(1), 1)
  rows.put(0, kept(1))
  assert.is(rows.at(0)?.came, null)
  rows.drop(1)
  assert.equal(rows.at(0), kept(2))
})

test('changes why something is gone only where it is about that', () => {
  const rows = new Rows()
  rows.push(kept(1, { author: 8 }))
  rows.push(kept(2))
  rows.push(kept(3, { platform: 2 }))
  rows.changeGone('author', 7, (gone) => gone | 1)
  assert.equal(
    rows.from().map(({ gone }) => gone),
    [0, 1, 1],
  )
  rows.changeGone('platform', 2, (gone) => gone | 4)
  rows.changeGone('id', 2 ** 20, () => 16)
  rows.changeAllGone((gone) => gone | 8)
  assert.equal(
    rows.from().map(({ gone }) => gone),
    [24, 9, 13],
  )
})

test.run()
