import { appendFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'

/** Writes one number to the first file, then to the second, and now and then replaces each as a compaction does. */
const files = ['first.db', 'second.db'].map((name) => join(workerData.folder, name))
const REPLACE_EVERY = 7
const PAUSE_MS = 8
const pause = new Int32Array(new SharedArrayBuffer(4))

for (const file of files) writeFileSync(file, '0\n')
parentPort?.postMessage('begun')
for (let count = 1; ; count += 1) {
  for (const file of files) {
    if (count % REPLACE_EVERY === 0) {
      writeFileSync(`${file}~`, `${count}\n`)
      renameSync(`${file}~`, file)
    } else appendFileSync(file, `${count}\n`)
  }
  Atomics.wait(pause, 0, 0, PAUSE_MS)
}
