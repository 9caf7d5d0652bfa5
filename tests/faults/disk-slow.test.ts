import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { frameOf } from '../../server/frame.ts'
import type { Slice } from '../../server/slice.ts'
import { MAX_QUEUED_BYTES, StreamWriter } from '../../server/stream-writer.ts'
import { FaultFigures } from '../help/fault-figures.ts'
import { WHOLE } from '../help/whole.ts'
import { messageOf } from '../workers/archive/events.ts'
import { faultyFiles } from '../workers/keeping/faulty-files.ts'
import { inFolder } from '../workers/keeping/folder.ts'

const faults = await faultyFiles()
const { Archive } = await import('../../workers/archive/archive.ts')

/** Each write of the disk waits so long before it begins. */
const SLOW_MS = 500
const WRITES = new Set(['appendFile', 'write', 'writeFile', 'datasync', 'sync'])
/** Slices of one large message each; together more than may wait. */
const TEXT_BYTES = 64 * 1_024
const SLICES = Math.ceil((MAX_QUEUED_BYTES * 1.25) / TEXT_BYTES)
const ROUNDS = WHOLE ? 5 : 1
const S = 's1'
const KEPT_WITHIN_MS = 60_000

const test = suite('a slow disk')
test.after.each(() => {
  faults.ask = faults.done = null
})

test('holds back a bounded number of bytes, and leaves what goes beyond as a gap in its place', async () => {
  const figures = new FaultFigures('F11')
  for (let round = 0; round < ROUNDS; round += 1) await inFolder((folder) => flood(folder, figures))
  figures.tell()
})

async function flood(folder: string, figures: FaultFigures): Promise<void> {
  let slowed = 0
  faults.ask = async (operation, path) => {
    if (!path.startsWith(folder) || !WRITES.has(operation)) return null
    slowed += 1
    await sleep(SLOW_MS)
    return null
  }
  const house = await Archive.start({ folder, remembered: 100, keepFree: 0 }, () => undefined)
  let [waiting, most] = [0, 0]
  const archive: ConstructorParameters<typeof StreamWriter>[0] = {
    append: (batch) => house.append({ batch }),
    gap: async (streamId, epoch, gap) => void (await house.gap({ streamId, epoch, gap })),
  }
  const writer = new StreamWriter(archive, { id: S, messages: 0 }, 'e1', 0, {
    failed: (error) => assert.unreachable(String(error)),
    queued: (bytes) => {
      waiting += bytes
      most = Math.max(most, waiting)
    },
  })
  const taken: string[] = []
  for (let seq = 1; seq <= SLICES; seq += 1) if (writer.add(sliceOf(seq), MAX_QUEUED_BYTES)) taken.push(String(seq))
  const left = SLICES - taken.length
  assert.ok(left > 0 && most <= MAX_QUEUED_BYTES, `${most} bytes wait, ${left} slices are left out`)
  assert.ok(await writer.kept(1, 1, KEPT_WITHIN_MS), 'the first ones are kept, slowly')
  faults.ask = null
  await figures.recovering(() => writer.flush())
  // What comes behind the hole has its place behind the gap.
  writer.add(sliceOf(SLICES + 1), MAX_QUEUED_BYTES)
  await writer.flush()
  const { items } = await house.page({ streamId: S, limit: 5_000, cursor: null, filter: {} })
  await house.close()
  const standing = items.map((item) => (item.kind === 'gap' ? `gap of ${item.count}` : String(item.seq)))
  assert.ok(figures.judge([...taken, `gap of ${left}`, String(SLICES + 1)], standing))
  figures.injections += slowed - 1
}

function sliceOf(seq: number): Slice {
  const frame = frameOf(JSON.stringify(messageOf({ seq, text: 'x'.repeat(TEXT_BYTES) })))
  const event = {
    seq,
    id: seq,
    author: 0,
    target: 0,
    kind: 0,
    flags: 0,
    platform: 1,
    at: 0,
    start: 0,
    end: frame.text.length,
  }
  return { channelId: 'c', epoch: 'e1', frame, events: [event] }
}

test.run()
