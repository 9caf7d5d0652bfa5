import { Worker } from 'node:worker_threads'

/** A thread that runs a TypeScript file of the tests with the given data. */
export function startThread(entry: URL, data: Record<string, unknown>): Worker {
  return new Worker(new URL('./thread.mjs', import.meta.url), { workerData: { ...data, entry: entry.href } })
}
