import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { authorMark, fingerprint } from '../../workers/fingerprint.ts'
import { type Draft, HOUSE } from '../../workers/message.ts'
import { HOLD_BACK_BYTES, Publisher } from '../../workers/publish.ts'
import { allocateQueue } from '../../workers/queue/layout.ts'
import { QueueReader } from '../../workers/queue/reader.ts'
import { FLAG, RecordCursor } from '../../workers/queue/record.ts'
import { QueueWriter } from '../../workers/queue/writer.ts'

const test = suite('publish')

function line(bytes = 65_536) {
  const memory = allocateQueue(bytes)
  return {
    publisher: new Publisher(new QueueWriter(memory, 1), ['twitch', 'kick']),
    reader: new QueueReader(memory, 2),
  }
}

function said(id: string, text = 'hello', platform = 'kick'): Draft {
  const author = { id: 'u1', name: 'Ola', roles: [], badges: [] }
  return { kind: 'message', id, platform, at: 1, receivedAt: 2, author, parts: [{ type: 'text', text }], text }
}

interface Taken {
  seq: number
  json: string
}
function takeAll(reader: QueueReader): Taken[] {
  const taken: Taken[] = []
  for (let batch = reader.take(); Buffer.isBuffer(batch); batch = reader.take()) {
    const record = new RecordCursor(batch)
    while (record.next())
      taken.push({ seq: record.seq, json: batch.toString('utf8', record.start, record.start + record.length) })
  }
  return taken
}

test('gives each channel its own seqs without a gap, and encodes the event as it goes out', () => {
  const { publisher, reader } = line()
  const [one, two] = [
    { channel: 1, seq: 0 },
    { channel: 2, seq: 41 },
  ]
  assert.is(publisher.publish(one, said('kick:a'), 1, 0), 1)
  assert.is(publisher.publish(two, said('kick:b'), 2, 0), 42)
  assert.is(publisher.publish(one, said('kick:ü👋', 'ünïcödé 👋'), 3, 0), 2)
  publisher.flush()
  const taken = takeAll(reader)
  assert.equal(
    taken.map(({ seq }) => seq),
    [1, 42, 2],
  )
  assert.equal(JSON.parse(taken[2]?.json ?? ''), { seq: 2, ...said('kick:ü👋', 'ünïcödé 👋') })
})

test('writes what the main thread needs into the head', () => {
  const { publisher, reader } = line()
  const place = { channel: 9, seq: 0 }
  publisher.publish(place, { ...said('kick:a'), simulated: true, hidden: 'word' }, fingerprint('kick:a'), 77)
  publisher.publish(
    place,
    {
      kind: 'remove',
      id: 'kick:r',
      platform: 'kick',
      at: 1,
      receivedAt: 1,
      target: { authorId: 'u1' },
      by: 'platform',
    },
    5,
    0,
  )
  publisher.publish(
    place,
    { kind: 'clear', id: `${HOUSE}:c`, platform: HOUSE, at: 1, receivedAt: 1, by: 'panel' },
    6,
    0,
  )
  publisher.flush()
  const batch = reader.take()
  assert.ok(Buffer.isBuffer(batch))
  const record = new RecordCursor(batch)
  record.next()
  assert.equal(
    [record.channel, record.job, record.kind, record.flags, record.platform],
    [9, 77, 0, FLAG.simulated | FLAG.hidden, 2],
  )
  assert.equal([record.id, record.author], [fingerprint('kick:a'), authorMark('kick', 'u1')])
  record.next()
  assert.equal([record.kind, record.flags, record.target], [2, FLAG.byAuthor, authorMark('kick', 'u1')])
  record.next()
  assert.equal([record.kind, record.platform], [3, 0])
})

test('holds back in order what the ring does not take, reports only what lies in the ring, and says when it is full', async () => {
  const { publisher, reader } = line(8_192)
  const place = { channel: 1, seq: 0 }
  let reported = 0
  const large = 'x'.repeat(1_000)
  let count = 0
  while (!publisher.full) {
    publisher.publish(place, said(`kick:${++count}`, large), count, 0)
    publisher.whenWritten(() => reported++)
  }
  assert.ok(publisher.held >= HOLD_BACK_BYTES)
  assert.ok(reported < count)
  const seqs: number[] = []
  while (seqs.length < count) {
    seqs.push(...takeAll(reader).map(({ seq }) => seq))
    await new Promise(setImmediate)
  }
  assert.equal(
    seqs,
    Array.from({ length: count }, (_, index) => index + 1),
  )
  assert.is(reported, count)
  assert.is(publisher.held, 0)
})

test('refuses an event that would never fit, and uses up no seq for it', () => {
  const { publisher, reader } = line(4_096)
  const place = { channel: 1, seq: 5 }
  assert.is(publisher.publish(place, said('kick:huge', 'x'.repeat(5_000)), 1, 0), 0)
  assert.is(place.seq, 5)
  assert.is(publisher.publish(place, said('kick:small'), 2, 0), 6)
  publisher.flush()
  assert.equal(
    takeAll(reader).map(({ seq }) => seq),
    [6],
  )
})

test.run()
