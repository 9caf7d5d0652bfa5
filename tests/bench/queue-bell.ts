import { HEAD_BYTES, type QueueMemory } from '../../workers/queue/layout.ts'

/** Where a bare bell says when it was rung, ms: the first bytes of the ring, which it does not use. */
export function bellStamp(memory: QueueMemory): Float64Array {
  return new Float64Array(memory.shared, HEAD_BYTES, 1)
}
