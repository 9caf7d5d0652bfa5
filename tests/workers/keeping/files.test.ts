import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { makeFolder } from '../../../workers/keeping/files.ts'

const test = suite<{ folder: string }>('keeping/files')

test.before.each((here) => {
  here.folder = mkdtempSync(join(tmpdir(), 'crosschat-files-'))
})
test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }))

const modeOf = (path: string) => statSync(path).mode & 0o777

async function refusal(path: string): Promise<string> {
  try {
    await makeFolder(path)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'it was made'
}

test('makes a folder with all that is missing above it, for this user alone', async ({ folder }) => {
  await makeFolder(join(folder, 'a/b/c'))
  for (const each of ['a', 'a/b', 'a/b/c']) assert.is(modeOf(join(folder, each)), 0o700, each)
})

test('closes one that stood open', async ({ folder }) => {
  mkdirSync(join(folder, 'open'), { mode: 0o755 })
  await makeFolder(join(folder, 'open'))
  assert.is(modeOf(join(folder, 'open')), 0o700)
})

test('is content when several make the same', async ({ folder }) => {
  for (let round = 0; round < 20; round++) {
    const path = join(folder, `${round}/b/c/d`)
    await Promise.all(Array.from({ length: 8 }, () => makeFolder(path)))
    assert.ok(statSync(path).isDirectory())
  }
})

test('says why where there can be none', async ({ folder }) => {
  writeFileSync(join(folder, 'file'), '')
  assert.match(await refusal(join(folder, 'file')), /EEXIST/)
  assert.match(await refusal(join(folder, 'file/below')), /ENOTDIR/)
  if (existsSync('/proc/self')) assert.match(await refusal('/proc/crosschat/data'), /ENOENT/)
})

test.run()
