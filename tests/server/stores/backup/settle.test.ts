import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../../../server/errors.ts'
import { requireSettled, settle } from '../../../../server/stores/backup/settle.ts'
import { inFolder } from '../../../workers/keeping/folder.ts'

const settling = suite('settle')

/** Files with their own path and a word as text. */
async function lay(folder: string, names: string[], word: string): Promise<void> {
  for (const name of names) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), word)
  }
}
const textsIn = async (folder: string) => {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
  const texts = await Promise.all(names.sort().map(async (name) => [name, await readFile(join(folder, name), 'utf8')]))
  return Object.fromEntries(texts)
}

settling('takes away what never counted, and leaves the rest alone', () =>
  inFolder(async (folder) => {
    await lay(folder, ['accounts.db', 'keys.db'], 'old')
    await lay(folder, ['restoring/accounts.db'], 'new')
    await settle(folder)
    assert.equal((await readdir(folder)).sort(), ['accounts.db', 'keys.db'])
    assert.equal(await textsIn(folder), { 'accounts.db': 'old', 'keys.db': 'old' })
  }),
)

settling('goes on where moving aside was interrupted', () =>
  inFolder(async (folder) => {
    await lay(folder, ['before-T/accounts.db', 'keys.db', 'cache.db'], 'old')
    await lay(folder, ['restored-T/accounts.db', 'restored-T/keys.db'], 'new')
    await lay(folder, ['README.md', 'lock'], 'as it was')
    await assertUnsettled(folder)
    await settle(folder)
    assert.equal(await textsIn(folder), {
      'README.md': 'as it was',
      'accounts.db': 'new',
      'keys.db': 'new',
      lock: 'as it was',
    })
    assert.equal(await textsIn(join(folder, 'before-T')), { 'accounts.db': 'old', 'cache.db': 'old', 'keys.db': 'old' })
    await requireSettled(folder)
  }),
)

settling('goes on where moving up was interrupted, and moves nothing aside that has arrived', () =>
  inFolder(async (folder) => {
    await lay(folder, ['before-T/accounts.db', 'before-T/keys.db'], 'old')
    await lay(folder, ['accounts.db', 'arriving-T/keys.db'], 'new')
    await assertUnsettled(folder)
    await settle(folder)
    assert.equal((await readdir(folder)).sort(), ['accounts.db', 'before-T', 'keys.db'])
    assert.equal(await textsIn(folder), { 'accounts.db': 'new', 'keys.db': 'new' })
    await requireSettled(folder)
  }),
)

async function assertUnsettled(folder: string): Promise<void> {
  const error = await requireSettled(folder).catch((error: unknown) => error)
  assert.ok(error instanceof CrossChatError && error.code === 'busy')
}

settling.run()
