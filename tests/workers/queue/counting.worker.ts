import { workerData } from 'node:worker_threads'
import { type QueueMemory, viewQueue } from '../../../workers/queue/layout.ts'
import { BlockingMutex } from '../../../workers/queue/mutex.ts'

const { memory, owner, rounds } = workerData as { memory: QueueMemory; owner: number; rounds: number }
const { words, ringWords } = viewQueue(memory)
const mutex = new BlockingMutex(words, owner)
for (let round = 0; round < rounds; round++) {
  mutex.lock()
  ringWords[0] = (ringWords[0] ?? 0) + 1
  mutex.unlock()
}
