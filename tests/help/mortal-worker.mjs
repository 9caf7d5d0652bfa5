import { syncBuiltinESMExports } from 'node:module'
import threads, { isMainThread } from 'node:worker_threads'

/**
 * Read before a test's server, in each of its threads: at each SIGUSR2 its unified worker is terminated, wherever it is; a payload that
 * holds POISON ends the thread that reads it.
 */

const { POISON } = process.env

if (isMainThread) {
  let unified
  threads.Worker = class extends threads.Worker {
    constructor(address, options) {
      super(address, options)
      if (String(address).endsWith('unified.worker.js')) unified = this
    }
  }
  syncBuiltinESMExports()
  process.on('SIGUSR2', () => void unified?.terminate())
} else {
  const trim = String.prototype.trim
  String.prototype.trim = function () {
    if (this.includes(POISON)) throw new Error('a payload that nobody can read')
    return trim.call(this)
  }
}
