import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Texts } from '../../../server/channels/texts.ts'

const test = suite('texts of a window')

test('keeps each text as it was, also one that is larger than a room', () => {
  const texts = new Texts()
  const lengths = [1, 700, 3_000, 40_000, 12, 16_384, 5]
  const source = Buffer.from(lengths.map((length, nth) => String(nth).repeat(length)).join(''))
  let at = 0
  const kept = lengths.map((length) => {
    at += length
    return texts.keep(source, at - length, at)
  })
  source.fill(0)
  const read = kept.map(({ text, start, end }) => text.toString('utf8', start, end))
  assert.equal(
    read,
    lengths.map((length, nth) => String(nth).repeat(length)),
  )
})

test('puts many into one room', () => {
  const texts = new Texts()
  const rooms = new Set(Array.from({ length: 1_000 }, () => texts.keep(Buffer.alloc(400, 0x61), 0, 400).text))
  assert.ok(rooms.size <= 30, `${rooms.size} rooms`)
})

test.run()
