import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Entries, reached, seqsOf } from '../../server/entries.ts'
import { UNRULED } from '../../workers/ruled.ts'

const test = suite('entries')

test('knows under which number a mark came out of the ring, and of those it was given that it does not know', () => {
  const entry = new Entries().open('c', UNRULED, [71, 72], 40)
  for (const mark of [11, 12, 13]) {
    entry.seq++
    entry.marks.add(mark)
  }
  assert.equal(seqsOf(entry, []), { seqs: [], all: true })
  assert.equal(seqsOf(entry, [13, 11]), { seqs: [41, 43], all: true })
  assert.equal(seqsOf(entry, [12, 72]), { seqs: [42], all: false })
  assert.equal(seqsOf(entry, [99]), { seqs: [], all: false })
})

test('lets nobody wait for a channel that is closed, whether they came before or after', async () => {
  const entries = new Entries()
  const entry = entries.open('c', UNRULED, [])
  const before = reached(entry, 1)
  entries.close(entry)
  await Promise.all([before, reached(entry, 1)])
  assert.is(entry.seq, 0)
})

test.run()
