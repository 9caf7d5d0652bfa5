import { parentPort, workerData } from 'node:worker_threads'
import { monotonic, type QueueMemory, viewQueue, WORD } from '../../workers/queue/layout.ts'
import { type RecordHead, recordSize, writeHead } from '../../workers/queue/record.ts'
import { QueueWriter, RECORDS_PER_HOLD } from '../../workers/queue/writer.ts'
import { bellStamp } from './queue-bell.ts'
import { LockFreeWriter } from './queue-lockfree.ts'

/** The producing thread of the queue bench: sends numbered records on order, by one of three ways. */

export type WayName = 'mutex' | 'lock-free' | 'postMessage' | 'bell'

export interface WriterStart {
  way: WayName
  memory: QueueMemory
  owner: number
  /** One Int32: how many records of the order in hand have been received. Bounds what waits in the port. */
  received: SharedArrayBuffer
}

/** `count` records numbered from 1: as fast as they go, `batch` a write; or one by one, evenly spaced. */
export type Order = { count: number; batch: number } | { count: number; perSecond: number }

/** Sends records `first` to `first + count - 1`; with `stamped`, a message says when it was sent, as a record always does. */
type Send = (first: number, count: number, stamped: boolean) => void

/** Bytes of each record's JSON, and characters of each message. */
const TEXT_LENGTH = 350
/** Messages under way by postMessage: about as many as the ring holds records. */
const MESSAGES_AHEAD = 20_000
/** The publisher's first pause before a full ring. */
const NAP_MS = 1

const port = parentPort
if (port === null) throw new Error('queue-writer is the entry of a thread; the bench starts it.')
const { way, memory, owner, received } = workerData as WriterStart
const progress = new Int32Array(received)
const napping = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
const send: Send = way === 'postMessage' ? postMessages() : way === 'bell' ? ringOnly() : writeRecords()

port.on('message', (order: Order) => {
  if ('batch' in order) burst(order.count, order.batch)
  else pace(order.count, 1_000 / order.perSecond)
})

function burst(count: number, batch: number): void {
  for (let sent = 0; sent < count; sent += batch) send(sent + 1, Math.min(batch, count - sent), false)
}

/** Spins up to each due moment. Being late moves what follows: a burst to catch up would not be evenly spaced. */
function pace(count: number, gapMs: number): void {
  let due = monotonic()
  for (let sent = 0; sent < count; sent++) {
    while (monotonic() < due) {}
    send(sent + 1, 1, true)
    due = Math.max(due + gapMs, monotonic())
  }
}

/** The texts lie ready; the heads are written as the publisher does. */
function writeRecords(): Send {
  const writer = way === 'mutex' ? new QueueWriter(memory, owner) : new LockFreeWriter(memory)
  const size = recordSize(TEXT_LENGTH)
  const records = new Uint8Array(size * RECORDS_PER_HOLD).fill('x'.charCodeAt(0))
  const view = new DataView(records.buffer)
  const head: RecordHead = {
    seq: 0,
    id: 1,
    author: 2,
    target: 0,
    channel: 1,
    job: 0,
    kind: 0,
    flags: 0,
    platform: 1,
    at: 0,
  }
  return (first, count) => {
    head.at = monotonic()
    for (let i = 0; i < count; i++) {
      head.seq = first + i
      writeHead(view, i * size, head, TEXT_LENGTH)
    }
    const end = count * size
    for (let at = writer.write(records, 0, end); at < end; at = writer.write(records, at, end)) nap()
  }
}

function postMessages(): Send {
  const text = 'x'.repeat(TEXT_LENGTH)
  return (first, count, stamped) => {
    while (first - Atomics.load(progress, 0) > MESSAGES_AHEAD) nap()
    for (let i = 0; i < count; i++) port?.postMessage(stamped ? String(monotonic()).padEnd(TEXT_LENGTH) : text)
  }
}

/** Wakes a sleeper and hands over nothing but the time: what no way through shared memory can undercut. */
function ringOnly(): Send {
  const { words } = viewQueue(memory)
  const stamp = bellStamp(memory)
  return (first) => {
    stamp[0] = monotonic()
    Atomics.store(words, WORD.bell, first)
    Atomics.notify(words, WORD.bell)
  }
}

function nap(): void {
  Atomics.wait(napping, 0, 0, NAP_MS)
}
