import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lastBackup, noteBackup } from '../../../../server/stores/backup/last.ts'
import { isKept } from '../../../../server/stores/backup/layout.ts'
import { temporaryData } from '../../../help/server.ts'

const test = suite<{ folder: string; remove(): Promise<void> }>('stores/backup/last')
test.before.each(async (context) => {
  const { path, remove } = await temporaryData()
  Object.assign(context, { folder: path, remove })
})
test.after.each(async ({ remove }) => remove())

test('remembers the newest backup, and leaves no draft behind', async ({ folder }) => {
  assert.is(await lastBackup(folder), null)
  await noteBackup(folder, { at: 1_000, bytes: 10 })
  await noteBackup(folder, { at: 2_000, bytes: 20 })
  assert.equal(await lastBackup(folder), { at: 2_000, bytes: 20 })
  assert.equal(await readdir(folder), ['last-backup'])
})

test('knows of none where the file holds something else', async ({ folder }) => {
  for (const text of ['', 'null', '{}', '{"at":"yesterday","bytes":1}', '{"at":-1,"bytes":1}', '{"at":1']) {
    await writeFile(join(folder, 'last-backup'), text)
    assert.is(await lastBackup(folder), null, text)
  }
  await rm(join(folder, 'last-backup'))
})

test('is no part of a backup', () => {
  assert.is(isKept('last-backup'), false)
})

test.run()
