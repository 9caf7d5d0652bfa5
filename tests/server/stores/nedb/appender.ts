import { openEmbedded } from '../../../../server/stores/nedb/index.ts'
import { batchOf, messages } from '../../../workers/archive/events.ts'

/**
 * Appends to one stream without end, in an epoch of its own, and prints the last seq of each acknowledged batch: what
 * it has printed must stand in the archive whatever happens to this process.
 */
const [dataDir = '', epoch = ''] = process.argv.slice(2)
const stores = await openEmbedded({ dataDir, keepFree: 0, note: () => undefined })
await stores.archive.open('s1')
for (let from = 1; ; ) {
  const count = 1 + (from % 37)
  await stores.archive.append(batchOf('s1', epoch, messages(from, count)))
  from += count
  process.stdout.write(`${from - 1}\n`)
}
