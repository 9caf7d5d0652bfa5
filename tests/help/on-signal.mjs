// Imported by a server under test, by NODE_OPTIONS: what ON_SIGUSR2 names happens when it gets that signal.
import { isMainThread } from 'node:worker_threads'

const MUCH = 8 * 1024 * 1024
const ACTS = {
  /** More than a pipe and the log's room hold together. */
  flood: () => process.stdout.write(`${'x'.repeat(MUCH)}\n`),
  throw: () => {
    throw new Error('out of nowhere')
  },
}
if (isMainThread) process.on('SIGUSR2', ACTS[process.env.ON_SIGUSR2])
