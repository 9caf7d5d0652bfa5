import { execFile } from 'node:child_process'
import { rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Archive as ArchiveType } from '../../../workers/archive/archive.ts'
import { faultyFiles } from '../keeping/faulty-files.ts'
import { inFolder } from '../keeping/folder.ts'
import { batchOf, messages } from './events.ts'

const faults = await faultyFiles()
const { Archive } = await import('../../../workers/archive/archive.ts')

const disks = suite('archive on a failing disk')
const S = 's1'
disks.after.each(() => {
  faults.ask = null
})

async function start(folder: string): Promise<ArchiveType> {
  return Archive.start({ folder, remembered: 100, keepFree: 0 }, () => undefined)
}

/** Ids of the events in the order of the transcript; a gap is an id of its own. */
async function idsIn(folder: string): Promise<string[]> {
  const house = await start(folder)
  await house.open({ streamId: S })
  const { items } = await house.page({ streamId: S, limit: 5_000, cursor: null, filter: {} })
  await house.close()
  return items.map((item) => (item.kind === 'gap' ? 'gap' : item.id))
}

disks('loses nothing acknowledged on a disk that fills up, and goes on when there is room', () =>
  inFolder(async (folder) => {
    if (!(await mounted(folder))) return console.log('skipped: a small file system cannot be mounted here')
    try {
      await fillAndFree(folder)
    } finally {
      await promisify(execFile)('umount', [folder])
    }
  }),
)

async function fillAndFree(folder: string): Promise<void> {
  const data = join(folder, 'archive')
  const house = await start(data)
  await house.append({ batch: batchOf(S, 'e1', messages(1, 10)) })
  await writeFile(join(folder, 'filler'), Buffer.alloc(900 * 1_024))
  // Larger than what is left: the disk takes a part of it.
  const large = batchOf(S, 'e1', messages(11, 1_000))
  assert.is(await house.append({ batch: large }).catch((error: Error) => error.name), 'StorageError')
  const size = (await stat(join(data, S, '0001.db'))).size
  await house.append({ batch: large }).catch(() => undefined)
  assert.is((await stat(join(data, S, '0001.db'))).size, size)
  assert.is((await house.page({ streamId: S, limit: 100, cursor: null, filter: {} })).items.length, 10)
  await rm(join(folder, 'filler'))
  assert.equal(await untilTaken(() => house.append({ batch: large })), { messages: 1_010 })
  await house.close()
  assert.equal(
    await idsIn(data),
    messages(1, 1_010).map(({ id }) => id),
  )
}

/** The house looks at the disk again only after a moment. */
async function untilTaken<R>(append: () => Promise<R>): Promise<R> {
  for (;;) {
    const answer = await append().catch(() => null)
    if (answer !== null) return answer
    await new Promise(setImmediate)
  }
}

async function mounted(folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return false
  return promisify(execFile)('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).then(
    () => true,
    () => false,
  )
}

disks.run()
