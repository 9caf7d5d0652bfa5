// Imported by a server under test, by NODE_OPTIONS: what ON_SIGUSR2 names happens when it gets that signal.
import { closeSync, openSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

const MUCH = 8 * 1024 * 1024
/** Descriptors that this keeps from the server. */
const hoard = []
const ACTS = {
  /** The first time, no descriptor is left; the next time, all are free again. */
  hoard: () => {
    if (hoard.length === 0) takeAll()
    else for (const each of hoard.splice(0)) closeSync(each)
    process.stdout.write(`hoards ${hoard.length}\n`)
  },
  /** More than a pipe and the log's room hold together. */
  flood: () => process.stdout.write(`${'x'.repeat(MUCH)}\n`),
  throw: () => {
    throw new Error('out of nowhere')
  },
}
function takeAll() {
  try {
    for (;;) hoard.push(openSync('/dev/null'))
  } catch {
    // None is left.
  }
}

if (isMainThread) process.on('SIGUSR2', ACTS[process.env.ON_SIGUSR2])
