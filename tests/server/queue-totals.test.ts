import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { QueueTotals } from '../../server/queue-totals.ts'
import { allocateQueue, BUCKETS, viewQueue, WORD } from '../../workers/queue/layout.ts'
import { type QueueFigures, QueueReader } from '../../workers/queue/reader.ts'
import { QueueWriter } from '../../workers/queue/writer.ts'
import { madeRecord } from '../help/records.ts'

const test = suite('server/queue-totals')
const AROUND = 2 ** 32

/** A real queue whose counters stand where the test puts them. */
function queueAt(counts: Partial<Record<'records' | 'holds' | 'tail' | 'bell', number>> = {}) {
  const memory = allocateQueue(4_096)
  const { words } = viewQueue(memory)
  const put = (more: typeof counts) => {
    for (const [name, count] of Object.entries(more)) words[WORD[name as keyof typeof counts]] = count
  }
  put(counts)
  return { memory, words, put, reader: new QueueReader(memory, 2), writer: new QueueWriter(memory, 1) }
}

test('counts what a real queue has written and locked', () => {
  const { writer, reader } = queueAt()
  const totals = new QueueTotals()
  totals.read(reader)
  const record = madeRecord(1, 40)
  writer.write(record, 0, record.length)
  reader.take()
  const { records, bytes, holds, heldFor } = totals.read(reader)
  assert.equal({ records, bytes, holds }, { records: 1, bytes: record.length, holds: 2 })
  assert.is(heldFor.length, BUCKETS)
  assert.is(
    heldFor.reduce((sum, count) => sum + count, 0),
    2,
  )
})

test('goes on over 2^32', () => {
  const { reader, put } = queueAt({ records: -3, tail: -100, holds: 0x7fff_ffff })
  const totals = new QueueTotals()
  const before = totals.read(reader)
  assert.is(before.records, AROUND - 3)
  assert.is(before.bytes, AROUND - 100)
  put({ records: 4, tail: 28, holds: -0x8000_0000 })
  const after = totals.read(reader)
  assert.is(after.records, AROUND + 4)
  assert.is(after.bytes, AROUND + 28)
  assert.is(after.holds - before.holds, 1)
})

test('counts on over lives that each begin at 0, with the last of the one that ended', () => {
  const [first, second] = [queueAt({ records: 5, holds: 10 }), queueAt()]
  const totals = new QueueTotals()
  assert.is(totals.read(first.reader).records, 5)
  // What it did between the last look and its death, seen only when the next life is there.
  first.put({ records: 9 })
  second.put({ records: 2, holds: 1 })
  const after = totals.read(second.reader)
  assert.is(after.records, 11)
  assert.is(after.holds, 11)
  second.put({ records: 3 })
  assert.is(totals.read(second.reader).records, 12)
})

test('stands still between two lives and counts nothing twice', () => {
  const first = queueAt({ records: 5 })
  const totals = new QueueTotals()
  assert.is(totals.read(null).records, 0)
  totals.read(first.reader)
  assert.is(totals.read(null).records, 5)
  assert.is(totals.read(null).records, 5)
  assert.is(totals.read(first.reader).records, 5)
  assert.is((totals.last as QueueFigures).records, 5)
})

test.run()
