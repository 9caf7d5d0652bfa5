import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { segmentPath, segmentsIn } from '../../../../workers/archive/paths.ts'
import type { Kind } from '../kind.ts'

export const tornTail: Kind = {
  name: 'a torn last line',
  row: 'F12',
  weight: 1,
  async inject(scene) {
    const folders = scene.rooms.map(({ streamId }) => join(scene.server.dataDir, 'archive', streamId))
    const { hitAt } = await scene.restart('SIGKILL', async () => {
      for (const folder of folders) await tear(folder, scene.random)
    })
    return hitAt
  },
}

/** Half of a row behind the last one of the open segment, as a write leaves it that was cut off. */
async function tear(folder: string, random: () => number): Promise<void> {
  const last = (await segmentsIn(folder)).at(-1)
  if (last === undefined) throw new Error(`There is no segment in ${folder}.`)
  const path = segmentPath(folder, last)
  const row = (await readFile(path, 'utf8')).trimEnd().split('\n').at(-1) ?? ''
  await appendFile(path, row.slice(0, 1 + Math.floor(random() * (row.length - 1))))
}
