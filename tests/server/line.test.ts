import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Archivist } from '../../server/archivist.ts'
import type { Entry } from '../../server/entries.ts'
import type { Ingest } from '../../server/ingest.ts'
import { Line } from '../../server/line.ts'
import { Marks } from '../../server/marks.ts'
import { createMetrics } from '../../server/metrics.ts'

const test = suite('line')

interface Answer {
  accepted: { id: string; seq: number }[]
  duplicates: number
  repeated?: number[]
  /** The channel's newest. */
  seq: number
}

const STORES = { channels: { byId: async () => null }, people: { byChannel: async () => [] } }

/** A line whose worker gives these answers, one a push, before an archive that has kept everything up to `kept.seq`. */
function open(kept: { seq: number }, answers: Answer[], { entry: more = {}, archived: known = upTo(kept) } = {}) {
  const entry = { id: 'c', seq: 100, ...more } as unknown as Entry
  const ingest = {
    platforms: [{ id: 'testtube' }],
    channel: () => entry,
    submit: async () => ({ ok: true, ignored: [], ...answers.shift() }),
  } as unknown as Ingest
  const archivist = {
    messages: () => 1,
    archived: known,
    repeated: async (_channel: string, to: number) => to <= kept.seq,
  } as unknown as Archivist
  const metrics = createMetrics()
  const marks = { read: async () => ({ marks: [], removed: [] }), keep: async () => {} }
  const line = new Line(ingest, archivist, STORES, marks, metrics)
  const archived = async () => (await line.push('c', 'testtube', 'a', {})).archived
  return { archived, close: () => metrics.close() }
}

function upTo(kept: { seq: number }) {
  return async (_channel: string, _from: number, to: number) => to <= kept.seq
}

const REPEATED: Answer = { accepted: [], duplicates: 1, seq: 1 }

test('calls a repetition archived only once what it repeats is', async () => {
  const kept = { seq: 0 }
  const fresh: Answer = { accepted: [{ id: 'testtube:a', seq: 1 }], duplicates: 0, seq: 1 }
  const { archived, close } = open(kept, [fresh, REPEATED, REPEATED])
  assert.equal([await archived(), await archived()], [false, false])
  kept.seq = 1
  assert.is(await archived(), true)
  close()
})

test('calls a repetition archived only where each of what it repeats is, and what came before the stream never', async () => {
  const marks = new Marks(100)
  for (let mark = 1; mark <= 100; mark++) marks.add(mark)
  const holes = [3, 50]
  const archived = async (_channel: string, from: number, to: number) =>
    from > 2 && !holes.some((hole) => from <= hole && hole <= to)
  const again = (...repeated: number[]): Answer => ({ accepted: [], duplicates: repeated.length, repeated, seq: 100 })
  const asked = open({ seq: 100 }, [again(1), again(3), again(4, 6, 90), again(4, 50), again(4, 777)], {
    entry: { marks, began: 0 },
    archived,
  })
  const said: boolean[] = []
  for (let nth = 0; nth < 5; nth++) said.push(await asked.archived())
  assert.equal(said, [false, false, true, false, true])
  asked.close()
})

test('calls a repetition of what a source has brought archived only once that is', async () => {
  const kept = { seq: 0 }
  const { archived, close } = open(kept, [REPEATED, REPEATED])
  assert.is(await archived(), false)
  kept.seq = 1
  assert.is(await archived(), true)
  close()
})

test.run()
