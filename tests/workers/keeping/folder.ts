import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Space } from '../../../workers/keeping/space.ts'
import { StorageError } from '../../../workers/keeping/storage-error.ts'

/** Runs a task in a folder of its own, which is gone afterwards. */
export async function inFolder<R>(task: (folder: string) => Promise<R>): Promise<R> {
  const folder = await mkdtemp(join(tmpdir(), 'crosschat-keeping-'))
  try {
    return await task(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A disk that can be said to be full. */
export class Disk extends Space {
  full = false

  constructor(folder: string) {
    super(folder, 0)
  }

  override async require(fileBytes: number): Promise<void> {
    if (this.full) throw new StorageError('The disk is full.')
    await super.require(fileBytes)
  }
}
