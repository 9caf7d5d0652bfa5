import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../server/errors.ts'
import { frameOf } from '../../server/frame.ts'
import type { Slice, SliceEvent } from '../../server/slice.ts'
import type { Archive, ArchiveBatch } from '../../server/stores/stores.ts'
import { StreamWriter } from '../../server/stream-writer.ts'

const test = suite('stream-writer')
const QUIET = { failed() {}, queued() {} }

/** An archive on a disk that can stall; only what a writer needs of it. */
class Disk {
  full = false
  readonly seqs: number[] = []

  async append({ seqs }: ArchiveBatch): Promise<{ messages: number }> {
    if (this.full) throw new CrossChatError('storage_failed')
    this.seqs.push(...seqs)
    return { messages: this.seqs.length }
  }
}

function slice(seq: number): Slice {
  const frame = frameOf(JSON.stringify({ seq }))
  const event: SliceEvent = {
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
  return { channelId: 'c', epoch: 'e', frame, events: [event] }
}

function open(): { disk: Disk; writer: StreamWriter } {
  const disk = new Disk()
  return { disk, writer: new StreamWriter(disk as unknown as Archive, { id: 's', messages: 0 }, 'e', 0, QUIET) }
}

test('has caught up when nothing was added', async () => {
  assert.is(await open().writer.caughtUp(0), true)
})

test('does not catch up while the disk is full, and loses nothing of what it then keeps', async () => {
  const { disk, writer } = open()
  writer.add(slice(1), Number.MAX_SAFE_INTEGER)
  assert.is(await writer.caughtUp(5_000), true)
  disk.full = true
  writer.add(slice(2), Number.MAX_SAFE_INTEGER)
  assert.is(await writer.caughtUp(20), false)
  assert.is(await writer.kept(2, 2, 0), false)
  disk.full = false
  writer.add(slice(3), Number.MAX_SAFE_INTEGER)
  assert.is(await writer.caughtUp(5_000), true)
  assert.equal(disk.seqs, [1, 2, 3])
})

test.run()
