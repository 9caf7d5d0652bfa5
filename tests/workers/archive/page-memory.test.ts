import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FREE_BYTES, PageMemory } from '../../../workers/archive/page-memory.ts'

const test = suite('archive/page-memory')

test('writes texts as UTF-8 into memory that has come back, of the same size alone', () => {
  const memory = new PageMemory()
  const first = memory.written('ü'.repeat(20_000))
  assert.is(Buffer.from(first).toString(), 'ü'.repeat(20_000))
  assert.is(first.length, 40_000)
  memory.back(first.buffer)
  assert.is.not(memory.written('short').buffer, first.buffer)
  const again = memory.written(`${'x'.repeat(39_999)}y`)
  assert.is(again.buffer, first.buffer)
  assert.is(Buffer.from(again).toString(), `${'x'.repeat(39_999)}y`)
  assert.is.not(memory.written('x'.repeat(40_000)).buffer, first.buffer, 'nothing is given twice')
})

test('keeps so much at most, and nothing of a size that it never made', () => {
  const memory = new PageMemory()
  const texts = Array.from({ length: 12 }, () => memory.written('x'.repeat(1_000_000)))
  for (const { buffer } of texts) memory.back(buffer)
  const reused = texts.map(() => memory.written('y'.repeat(1_000_000)).buffer)
  const known = new Set(texts.map(({ buffer }) => buffer))
  const size = texts[0]?.buffer.byteLength ?? 1
  assert.is(reused.filter((buffer) => known.has(buffer)).length, FREE_BYTES / size)
  const odd = new ArrayBuffer(100_001)
  memory.back(odd)
  assert.is.not(memory.written('z'.repeat(100_001)).buffer, odd)
})

test('has room for nothing and for what is larger than a page', () => {
  const memory = new PageMemory()
  assert.is(memory.written('').length, 0)
  const large = memory.written('x'.repeat(5_000_000))
  assert.is(large.length, 5_000_000)
  memory.back(large.buffer)
})

test.run()
