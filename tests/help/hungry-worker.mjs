import { syncBuiltinESMExports } from 'node:module'
import threads, { isMainThread } from 'node:worker_threads'

/**
 * Read before a test's server, in each of its threads: a message with the word "hungry" in it takes all of the worker's heap while it is
 * worked on. The limit that the server gives its threads is made smaller, so that this is quick; where it gives none, there is none.
 */

const WORD = 'hungry'
const HEAP_MB = 48
const PIECE = 100_000

if (isMainThread) {
  const { Worker } = threads
  threads.Worker = class extends Worker {
    constructor(address, options) {
      if (options?.resourceLimits !== undefined) options.resourceLimits.maxOldGenerationSizeMb = HEAP_MB
      super(address, options)
    }
  }
  syncBuiltinESMExports()
} else if (process.argv[1]?.endsWith('unified.worker.js')) {
  const { stringify } = JSON
  JSON.stringify = (value, ...more) => {
    const text = stringify(value, ...more)
    if (text?.includes(WORD)) for (const hoard = []; ; ) hoard.push(new Array(PIECE).fill(hoard.length))
    return text
  }
}
