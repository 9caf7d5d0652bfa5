import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { allocateQueue, type QueueMemory, viewQueue, WORD } from '../../../workers/queue/layout.ts'
import { Mutex } from '../../../workers/queue/mutex.ts'
import { QueueReader } from '../../../workers/queue/reader.ts'
import { RecordCursor, recordSize } from '../../../workers/queue/record.ts'
import { QueueWriter } from '../../../workers/queue/writer.ts'
import { seeded } from '../../../workers/random.ts'
import { bodyByte, joined, madeRecord } from '../../help/records.ts'
import { tell } from '../../help/tell.ts'
import { startThread } from '../../help/thread.ts'

const test = suite('queue ring')
const RING = 1_024

function queue(bytes = RING) {
  const memory = allocateQueue(bytes)
  return { memory, writer: new QueueWriter(memory, 1), reader: new QueueReader(memory, 2) }
}

function write(writer: QueueWriter, ...records: Uint8Array[]): number {
  const all = joined(records)
  return writer.write(all, 0, all.length)
}

function isWhole(batch: Buffer, record: RecordCursor): boolean {
  const { seq, start, length } = record
  for (let i = 0; i < length; i++) if (batch[start + i] !== bodyByte(seq, i)) return false
  return true
}

/** Seqs of a take, after checking every byte of every record. */
function seqsOf(batch: Buffer | null | 'busy'): number[] {
  assert.ok(Buffer.isBuffer(batch), `a batch, not ${String(batch)}`)
  const seqs: number[] = []
  const record = new RecordCursor(batch)
  while (record.next()) {
    seqs.push(record.seq)
    assert.ok(isWhole(batch, record), `record ${record.seq} is torn`)
  }
  return seqs
}

test('gives back what was written, whole and in order', () => {
  const { writer, reader } = queue()
  write(writer, madeRecord(1, 1), madeRecord(2, 100), madeRecord(3, 0))
  assert.equal(seqsOf(reader.take()), [1, 2, 3])
  assert.is(reader.take(), null)
})

test('takes whole records or none, and says where the first left out begins', () => {
  const { writer, reader } = queue()
  const size = recordSize(400)
  const reached = write(writer, madeRecord(1, 400), madeRecord(2, 400), madeRecord(3, 400))
  assert.is(reached, 2 * size)
  assert.equal(seqsOf(reader.take()), [1, 2])
})

test('takes nothing of a record larger than the room, and takes it once there is room', () => {
  const { writer, reader } = queue()
  const large = RING - 64
  write(writer, madeRecord(1, 100))
  assert.is(write(writer, madeRecord(2, large)), 0)
  assert.equal(seqsOf(reader.take()), [1])
  assert.is(write(writer, madeRecord(2, large)), recordSize(large))
  assert.equal(seqsOf(reader.take()), [2])
})

test('wraps around at every offset', () => {
  for (let offset = 0; offset < RING; offset += 8) {
    const { writer, reader, memory } = queue()
    const { words } = viewQueue(memory)
    Atomics.store(words, WORD.tail, offset)
    Atomics.store(words, WORD.head, offset)
    write(writer, madeRecord(1, 333), madeRecord(2, 250))
    assert.equal(seqsOf(reader.take()), [1, 2], `offset ${offset}`)
  }
})

test('counts on when its positions pass 2^31 and 2^32', () => {
  for (const start of [0x7ffffff8, -8]) {
    const { writer, reader, memory } = queue()
    const { words } = viewQueue(memory)
    Atomics.store(words, WORD.tail, start)
    Atomics.store(words, WORD.head, start)
    write(writer, madeRecord(1, 200), madeRecord(2, 200))
    assert.is(reader.depth, 2 * recordSize(200))
    assert.equal(seqsOf(reader.take()), [1, 2])
    assert.is(reader.depth, 0)
  }
})

test('keeps any sequence of writes and takes in order (seeded)', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const random = seeded(seed)
    const { writer, reader } = queue(2_048)
    const taken: number[] = []
    let seq = 0
    for (let step = 0; step < 300; step++) {
      const record = madeRecord(seq + 1, Math.floor(random() ** 3 * 1_900))
      if (random() < 0.6 && writer.write(record, 0, record.length) > 0) seq++
      else {
        const batch = reader.take()
        if (batch !== null) taken.push(...seqsOf(batch))
      }
    }
    for (let batch = reader.take(); batch !== null; batch = reader.take()) taken.push(...seqsOf(batch))
    assert.equal(
      taken,
      Array.from({ length: seq }, (_, index) => index + 1),
      `seed ${seed}`,
    )
  }
})

test('says busy instead of waiting while the writer holds the lock', () => {
  const { writer, reader, memory } = queue()
  write(writer, madeRecord(1, 10))
  const other = new Mutex(viewQueue(memory).words, 9)
  other.tryLock()
  assert.is(reader.take(), 'busy')
  other.unlock()
  assert.equal(seqsOf(reader.take()), [1])
})

test('hides a record that its dead writer had not published', () => {
  const { writer, reader, memory } = queue()
  write(writer, madeRecord(1, 10))
  const { words, ring } = viewQueue(memory)
  // The writer dies under the lock, half of the next record copied in.
  new Mutex(words, 1).tryLock()
  const tail = Atomics.load(words, WORD.tail)
  ring.set(madeRecord(2, 100).subarray(0, 90), tail)
  assert.is(reader.take(), 'busy')
  reader.bury(1)
  assert.equal(seqsOf(reader.take()), [1])
  assert.is(reader.take(), null)
})

test('wakes a reader that waits, and only rings when one sleeps', async () => {
  const { writer, reader, memory } = queue()
  const { words } = viewQueue(memory)
  write(writer, madeRecord(1, 10))
  assert.is(Atomics.load(words, WORD.bell), 0, 'nobody sleeps, so nothing is rung')
  seqsOf(reader.take())
  const filled = reader.filled()
  const alive = setInterval(() => {}, 1_000)
  write(writer, madeRecord(2, 10))
  await filled
  clearInterval(alive)
  assert.is(Atomics.load(words, WORD.bell), 1)
  assert.equal(seqsOf(reader.take()), [2])
})

test('does not sleep when something came between the last look and the wait', async () => {
  const { writer, reader } = queue()
  write(writer, madeRecord(1, 10))
  await reader.filled()
  assert.equal(seqsOf(reader.take()), [1])
})

test('ends the wait for good when it is stopped', async () => {
  const { reader } = queue()
  const filled = reader.filled()
  const alive = setInterval(() => {}, 1_000)
  reader.stop()
  await filled
  await reader.filled()
  clearInterval(alive)
  assert.is(reader.stopped, true)
})

interface Death {
  seed: number
  held: boolean
  published: number
  taken: number
}

/** A real thread writes; it is terminated at a random moment; all that it published must come out, nothing else. */
async function dieWriting(seed: number): Promise<Death> {
  const memory: QueueMemory = allocateQueue(64 * 1_024)
  const reader = new QueueReader(memory, 2)
  const thread = startThread(new URL('./writing.worker.ts', import.meta.url), { memory, owner: 1, seed })
  const random = seeded(seed)
  let last = 0
  const check = (batch: Buffer) => {
    for (const seq of seqsOf(batch)) assert.is(seq, ++last, `seed ${seed}`)
  }
  const until = 50 + Math.floor(random() * 1_000)
  while (last < until) {
    const batch = reader.take()
    if (Buffer.isBuffer(batch)) check(batch)
    else await new Promise(setImmediate)
  }
  await thread.terminate()
  const held = reader.bury(1)
  const published = last
  for (let batch = reader.take(); batch !== null; batch = reader.take()) {
    assert.is.not(batch, 'busy', `seed ${seed}: stuck`)
    check(batch as Buffer)
  }
  return { seed, held, published, taken: last }
}

test('loses nothing published and reads nothing torn when its writer is terminated at random (seeded)', async () => {
  const deaths: Death[] = []
  for (let seed = 1; seed <= 10; seed++) deaths.push(await dieWriting(seed))
  const held = deaths.filter((death) => death.held).length
  tell(`${deaths.length} writers terminated, ${held} of them holding the lock`)
})

test.run()
