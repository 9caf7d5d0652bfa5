import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing } from '../keeping/files.ts'

/** Of the files that lie in a folder; 0 where there is none. A file that goes away meanwhile counts nothing. */
export async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder).catch(nothingWhenMissing([]))
  const sizes = await Promise.all(
    names.map((name) => stat(join(folder, name)).then(({ size }) => size, nothingWhenMissing(0))),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

function nothingWhenMissing<T>(nothing: T): (error: unknown) => T {
  return (error) => {
    if (isMissing(error)) return nothing
    throw error
  }
}
