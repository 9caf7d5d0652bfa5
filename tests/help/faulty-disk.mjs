import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { wrapFiles } from './wrapped-files.mjs'

/**
 * Read before a test's server, in each of its threads: its disk is as the file FAULTY_DISK says. `full` says so beforehand, too;
 * on one that is `brim` another has taken the room since anybody looked; `slow` takes half a second a write.
 */

const SLOW_MS = 500
const WRITES = new Set(['appendFile', 'link', 'write', 'writeFile'])
const SYNCS = new Set(['datasync', 'sync'])

const { FAULTY_DISK: control = '', DATA_DIR: folder = '' } = process.env
const state = () => readFileSync(control, 'utf8')

await wrapFiles({
  async ask(operation, path) {
    if (!path.startsWith(folder)) return null
    const disk = state()
    const writes = WRITES.has(operation) || (operation === 'mkdir' && !existsSync(path))
    if ((disk === 'full' || disk === 'brim') && writes)
      return Object.assign(new Error(`ENOSPC: no space left on device, ${operation}`), { code: 'ENOSPC' })
    if (disk === 'slow' && (writes || SYNCS.has(operation))) await sleep(SLOW_MS)
    return null
  },
  free: () => (state() === 'full' ? 0 : null),
})
