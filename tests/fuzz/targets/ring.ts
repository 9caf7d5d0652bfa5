import * as assert from 'uvu/assert'
import { SliceBuilder } from '../../../server/slice.ts'
import { RECORD_HEAD, RecordCursor } from '../../../workers/queue/record.ts'
import { joined, madeRecord } from '../../help/records.ts'
import { faultyBytes, toldBytes } from '../bytes.ts'
import { below } from '../chance.ts'
import { type Outcome, shot, type Target, type Trial } from '../target.ts'

/** Batches of the ring, whole and damaged: never a step beyond the bytes, never one that goes nowhere. */

const MOST_RECORDS = 6
const LONGEST = 300

export const ring: Target = {
  name: 'ring',
  few: 2_000,
  async open() {
    return { at: (random) => shot(batchFrom(random), trial) }
  },
}

function batchFrom(random: () => number): Buffer {
  const records = Array.from({ length: 1 + below(random, MOST_RECORDS) }, (_, n) =>
    madeRecord(n + 1, below(random, LONGEST)),
  )
  const bytes = Buffer.from(joined(records))
  return random() < 0.1 ? bytes : faultyBytes(random, bytes)
}

const trial: Trial<Buffer> = {
  check,
  told: toldBytes,
  *lesser(bytes) {
    for (let size = Math.ceil(bytes.length / 2); size >= 1; size = Math.floor(size / 2)) yield bytes.subarray(0, -size)
  },
}

function check(bytes: Buffer): Outcome {
  const cursor = new RecordCursor(bytes)
  const slice = new SliceBuilder(bytes)
  let records = 0
  try {
    while (cursor.next()) {
      assert.ok(++records <= bytes.length / RECORD_HEAD, 'each record has a head of its own')
      assert.ok(cursor.start + cursor.length <= bytes.length, 'a record lies in its batch')
      slice.add(cursor)
    }
  } catch (error) {
    if (!(error instanceof RangeError) || !/record/.test(error.message)) throw error
    return 'refused'
  }
  const { events, frame } = slice.build('channel', 'epoch')
  assert.is(events.length, records)
  assert.ok(frame.text.length <= bytes.length + 100)
  return 'taken'
}
