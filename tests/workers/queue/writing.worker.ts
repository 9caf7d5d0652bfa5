import { workerData } from 'node:worker_threads'
import type { QueueMemory } from '../../../workers/queue/layout.ts'
import { QueueWriter } from '../../../workers/queue/writer.ts'
import { seeded } from '../../../workers/random.ts'
import { joined, madeRecord } from '../../help/records.ts'

const { memory, owner, seed } = workerData as { memory: QueueMemory; owner: number; seed: number }
const writer = new QueueWriter(memory, owner)
const random = seeded(seed)

/** Writes for ever, records of all sizes, in batches of all sizes, until the thread is ended. */
for (let seq = 1; ; ) {
  const count = 1 + Math.floor(random() * 100)
  const records = joined(Array.from({ length: count }, () => madeRecord(seq++, Math.floor(random() ** 4 * 8_000))))
  for (let at = 0; at < records.length; ) at = writer.write(records, at, records.length)
}
