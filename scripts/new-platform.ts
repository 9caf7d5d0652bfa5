import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ROOT } from './child.ts'
import { isMain } from './main.ts'
import { skeleton } from './platform-skeleton/index.ts'

/**
 * `node --import tsx scripts/new-platform.ts owncast Owncast` makes the folder of a platform: it compiles, its test
 * passes, and its payload is invented. Put the real one in its place.
 */

const ID = /^[a-z][a-z0-9]{1,30}$/

/** Writes the files below `root` and gives their paths. Throws when the id does not fit or is taken; then writes nothing. */
export async function newPlatform(root: string, id: string, label: string): Promise<string[]> {
  if (!ID.test(id)) throw new Error(`An id is 2 to 31 small letters and digits, a letter first; got "${id}".`)
  if (existsSync(join(root, 'workers', 'platforms', id))) throw new Error(`There is a platform "${id}" already.`)
  const files = Object.entries(skeleton(id, label))
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return files.map(([path]) => path)
}

/** What is left to do by hand, to print. */
export function registerLines(id: string): string {
  return `Add to workers/platforms/index.ts:\n\n  import { ${id} } from './${id}/index.ts'\n\nand \`${id}\` to its list.`
}

if (isMain(import.meta)) {
  const [id = '', label = id] = process.argv.slice(2)
  try {
    console.log((await newPlatform(ROOT, id, label)).join('\n'))
    console.log(`\n${registerLines(id)}`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
