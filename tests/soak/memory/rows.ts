import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Rows by file of the data folder: all that a load makes and does not take away again stands in memory, too. */
export type Rows = ReadonlyMap<string, number>

const FILE = /\.db$/

export async function rowsIn(folder: string): Promise<Rows> {
  const files = (await readdir(folder)).filter((name) => FILE.test(name))
  const counted = files.map(
    async (name): Promise<[string, number]> => [
      name.replace(FILE, ''),
      standing(await readFile(join(folder, name), 'utf8')),
    ],
  )
  return new Map(await Promise.all(counted))
}

/** For people: what there is more or less of. */
export function changedRows(before: Rows, after: Rows): string {
  const changed = [...after].filter(([name, count]) => count !== (before.get(name) ?? 0))
  return changed.map(([name, count]) => `${name} ${before.get(name) ?? 0}, then ${count}`).join('; ') || 'none'
}

/** A later line replaces or removes an earlier one; one that is just being written is not there yet. */
function standing(text: string): number {
  const ids = new Set<string>()
  for (const line of text.split('\n').slice(0, -1)) {
    const { _id, $$deleted }: { _id?: string; $$deleted?: boolean } = JSON.parse(line)
    if (_id === undefined) continue
    if ($$deleted === true) ids.delete(_id)
    else ids.add(_id)
  }
  return ids.size
}
