// Preloaded into a server's process: at SIGUSR2 its main thread stands still, while its other threads go on.
import { isMainThread } from 'node:worker_threads'

const HOLD_MS = 3_000
const still = new Int32Array(new SharedArrayBuffer(4))

if (isMainThread)
  process.on('SIGUSR2', () => {
    Atomics.wait(still, 0, 0, HOLD_MS)
    process.stderr.write('held up\n')
  })
