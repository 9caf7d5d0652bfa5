import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../server/errors.ts'
import { frameOf } from '../../server/frame.ts'
import type { Slice, SliceEvent } from '../../server/slice.ts'
import type { Archive, ArchiveBatch, Gap } from '../../server/stores/archive.ts'
import { StreamWriter } from '../../server/stream-writer.ts'

const test = suite('stream-writer')
const QUIET = { failed() {}, queued() {} }

/** An archive on a disk that can stall; only what a writer needs of it. */
class Disk {
  full = false
  readonly seqs: number[] = []
  /** Seqs, and the reasons of gaps, in the order in which they were kept. */
  readonly kept: (number | string)[] = []
  /** What the next gaps are answered with. */
  refusing: CrossChatError | null = null

  async gap(_stream: string, _epoch: string, { reason }: Gap): Promise<void> {
    if (this.full) throw new CrossChatError('storage_failed')
    if (this.refusing !== null) throw this.refusing
    this.kept.push(reason)
  }

  /** An append takes until this is resolved. */
  held: Promise<void> | null = null

  async append({ seqs }: ArchiveBatch): Promise<{ messages: number }> {
    await this.held
    if (this.full) throw new CrossChatError('storage_failed')
    this.seqs.push(...seqs)
    this.kept.push(...seqs)
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

test('keeps what came while its stream was being ended, when that failed, and nothing of it when it did not', async () => {
  const { disk, writer } = open()
  writer.add(slice(1), Number.MAX_SAFE_INTEGER)
  assert.is(await writer.caughtUp(5_000), true)
  writer.pause()
  writer.add(slice(2), Number.MAX_SAFE_INTEGER)
  await writer.flush()
  assert.equal(disk.seqs, [1])
  writer.goOn()
  writer.add(slice(3), Number.MAX_SAFE_INTEGER)
  assert.is(await writer.kept(2, 3, 5_000), true)
  writer.pause()
  writer.add(slice(4), Number.MAX_SAFE_INTEGER)
  const answer = writer.kept(4, 4, 60_000)
  writer.leave()
  assert.is(await answer, false)
  assert.equal(disk.seqs, [1, 2, 3])
})

test('says to the end of the process how far the file goes: what is given up is not settled', async () => {
  const { disk, writer } = open()
  writer.add(slice(1), Number.MAX_SAFE_INTEGER)
  await writer.caughtUp(5_000)
  assert.is(writer.settled, 1)
  disk.full = true
  writer.add(slice(2), Number.MAX_SAFE_INTEGER)
  assert.is(writer.settled, 1)
  await writer.flush(true)
  assert.is(writer.settled, 1)
})

test('does not say that what came before the stream is kept', async () => {
  const disk = new Disk()
  const writer = new StreamWriter(disk as unknown as Archive, { id: 's', messages: 0 }, 'e', 7, QUIET)
  writer.add(slice(8), Number.MAX_SAFE_INTEGER)
  assert.is(await writer.kept(8, 8, 5_000), true)
  assert.is(await writer.kept(7, 7, 5_000), false)
  assert.is(await writer.kept(6, 8, 5_000), false)
})

const gap = (reason: string): Gap => ({ kind: 'gap', count: 0, at: 1, reason })
const ROOM = Number.MAX_SAFE_INTEGER

test('keeps a gap behind the event that it follows, also when later ones wait already', async () => {
  const { disk, writer } = open()
  disk.full = true
  for (const seq of [1, 2, 3, 4]) writer.add(slice(seq), ROOM)
  // What is being written stays together; the rest waits.
  await new Promise(setImmediate)
  for (const seq of [5, 6, 7]) writer.add(slice(seq), ROOM)
  writer.note(gap('behind 5'), 5)
  writer.note(gap('behind 5, too'), 5)
  writer.note(gap('behind 7'), 7)
  disk.full = false
  assert.is(await writer.caughtUp(5_000), true)
  assert.equal(disk.kept, [1, 2, 3, 4, 5, 'behind 5', 'behind 5, too', 6, 7, 'behind 7'])
})

test('puts no gap in between what is just being written', async () => {
  const { disk, writer } = open()
  let release = () => {}
  disk.full = true
  for (const seq of [1, 2, 3]) writer.add(slice(seq), ROOM)
  await new Promise(setImmediate)
  disk.held = new Promise((resolve) => {
    release = resolve
  })
  disk.full = false
  // The second try has all three in hand.
  await new Promise((resolve) => setTimeout(resolve, 200))
  writer.note(gap('behind 1'), 1)
  writer.add(slice(4), ROOM)
  release()
  assert.is(await writer.caughtUp(5_000), true)
  assert.equal(disk.kept, [1, 2, 3, 'behind 1', 4])
})

test('keeps a gap at the end when what it follows is on the disk', async () => {
  const { disk, writer } = open()
  writer.add(slice(1), ROOM)
  await writer.flush()
  writer.note(gap('behind 1'), 1)
  writer.add(slice(2), ROOM)
  await writer.flush()
  assert.equal(disk.kept, [1, 'behind 1', 2])
})

test('has not caught up while a gap waits for a full disk', async () => {
  const { disk, writer } = open()
  disk.full = true
  writer.note(gap('waits'), 0)
  assert.is(await writer.caughtUp(20), false)
  disk.full = false
  assert.is(await writer.caughtUp(5_000), true)
  assert.equal(disk.kept, ['waits'])
})

test('leaves out a gap that the archive will never take, and goes on', async () => {
  const { disk, writer } = open()
  disk.refusing = new CrossChatError('bad_request')
  writer.note(gap('refused'), 0)
  writer.add(slice(1), ROOM)
  assert.is(await writer.caughtUp(5_000), true)
  assert.equal(disk.kept, [1])
})

test('holds a bounded number of gaps', async () => {
  const { disk, writer } = open()
  disk.full = true
  const taken = Array.from({ length: 500 }, (_, nth) => writer.note(gap(`gap ${nth}`), 0))
  assert.is(taken.filter(Boolean).length, 100)
  disk.full = false
  await writer.flush()
  assert.is(disk.kept.length, 100)
  assert.is(writer.note(gap('one more'), 0), true)
  await writer.flush()
})

test('says of what came again whether the file is as far, and of before the stream that it is', async () => {
  const disk = new Disk()
  const writer = new StreamWriter(disk as unknown as Archive, { id: 's', messages: 0 }, 'e', 5, QUIET)
  assert.is(await writer.past(5, 0), true)
  let written = () => {}
  disk.held = new Promise((resolve) => (written = resolve))
  writer.add(slice(6), Number.MAX_SAFE_INTEGER)
  assert.is(await writer.past(6, 0), false)
  written()
  await writer.flush()
  assert.is(await writer.past(6, 0), true)
})

test.run()
