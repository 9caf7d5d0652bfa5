import { once } from 'node:events'
import { appendFileSync, readSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { closeAll, type Opened, openAtOneMoment } from '../../../../server/stores/backup/moment.ts'
import { wholeBytes } from '../../../../server/stores/backup/whole-lines.ts'
import { startThread } from '../../../help/thread.ts'
import { inFolder } from '../../../workers/keeping/folder.ts'

const moment = suite('openAtOneMoment')
const LOOKS = 60
/** Files that lie between the two that are written, so that a look takes a while. */
const BETWEEN = 150
const letters = (nth: number) => nth.toString().replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))

moment('sees files as they stood together, while another writes and replaces them', () =>
  inFolder(async (folder) => {
    for (let nth = 0; nth < BETWEEN; nth += 1) await writeFile(join(folder, `in-between-${letters(nth)}.db`), '')
    const writer = startThread(new URL('./moment-writer.ts', import.meta.url), { folder })
    try {
      await once(writer, 'message')
      const seen = new Set<number>()
      for (let look = 0; look < LOOKS; look += 1) {
        const opened = await openAtOneMoment(folder)
        const [first = 0, second = 0] = opened.filter(({ bytes }) => bytes > 0).map(countOf)
        closeAll(opened)
        seen.add(first)
        assert.ok(first === second || first === second + 1, `the first has ${first}, the second ${second}`)
      }
      assert.ok(seen.size > 1, 'the writer wrote meanwhile')
    } finally {
      await writer.terminate()
    }
  }),
)

/** The number on the last whole line. */
function countOf(file: Opened): number {
  const bytes = Buffer.alloc(wholeBytes(file))
  readSync(file.descriptor, bytes, 0, bytes.length, 0)
  return Number(bytes.toString().trimEnd().split('\n').at(-1))
}

moment('keeps what a file had, whatever is written behind it', () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, 'keys.db'), '1\n2\n3')
    const opened = await openAtOneMoment(folder)
    appendFileSync(join(folder, 'keys.db'), '3\n4\n')
    assert.equal(opened.map(countOf), [2])
    closeAll(opened)
  }),
)

moment('finds the last whole line however long the torn one is', () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, 'long.db'), `1\n${'x'.repeat(200_000)}`)
    await writeFile(join(folder, 'never.db'), 'x'.repeat(70_000))
    await writeFile(join(folder, 'secret'), 'no line at all')
    const opened = await openAtOneMoment(folder)
    assert.equal(
      opened.map((file) => [file.name, wholeBytes(file)]),
      [
        ['long.db', 2],
        ['never.db', 0],
        ['secret', 14],
      ],
    )
    closeAll(opened)
  }),
)

moment.run()
