import { existsSync } from 'node:fs'
import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Cache, MAX_FILE_BYTES } from '../../../workers/emotes/cache.ts'
import { temporaryData } from '../../help/server.ts'

const test = suite<{ folder: string; remove(): Promise<void> }>('emotes/cache')

test.before.each(async (context) => {
  const { path, remove } = await temporaryData()
  Object.assign(context, { folder: join(path, 'cache'), remove })
})
test.after.each((context) => context.remove())

test('gives back what was written, also to the one after it, for nobody else to read', async ({ folder }) => {
  const first = new Cache(folder)
  assert.is(await first.read('a.json'), null)
  await first.write('a.json', '{"ö":1}')
  assert.is(await first.read('a.json'), '{"ö":1}')
  assert.is(await new Cache(folder).read('a.json'), '{"ö":1}')
  assert.is((await stat(join(folder, 'a.json'))).mode & 0o777, 0o600)
  assert.is((await stat(folder)).mode & 0o777, 0o700)
})

test('drops what was not used for longest when there is too much of it', async ({ folder }) => {
  const cache = new Cache(folder, { bytes: 10, files: 3 })
  for (const name of ['a', 'b', 'c']) await cache.write(`${name}.json`, '12')
  await cache.read('a.json')
  await cache.write('d.json', '12')
  assert.equal((await readdir(folder)).sort(), ['a.json', 'c.json', 'd.json'])
  await cache.write('e.json', '12345678')
  assert.equal((await readdir(folder)).sort(), ['d.json', 'e.json'])
})

test('brings a folder that is too full back to its size when it opens it, the oldest first', async ({ folder }) => {
  await mkdir(folder)
  for (const [i, name] of ['new', 'old', 'older'].entries()) {
    await writeFile(join(folder, `${name}.json`), '12345')
    await utimes(join(folder, `${name}.json`), 0, 1_000 - i)
  }
  await writeFile(join(folder, 'cut.json.half'), 'x')
  const cache = new Cache(folder, { bytes: 10, files: 10 })
  await cache.settled()
  assert.equal((await readdir(folder)).sort(), ['new.json', 'old.json'])
})

test('leaves no half file, writes no huge one, and writes nowhere else', async ({ folder }) => {
  const cache = new Cache(folder)
  await cache.write('huge.json', 'x'.repeat(MAX_FILE_BYTES + 1))
  await cache.write('../outside.json', 'x')
  await cache.settled()
  assert.equal(await readdir(folder), [])
  assert.not.ok(existsSync(join(folder, '..', 'outside.json')))
})

test('does without a disk that takes nothing', async ({ folder }) => {
  await writeFile(folder, 'a file where the folder should be')
  const cache = new Cache(folder)
  await cache.write('a.json', 'x')
  assert.is(await cache.read('a.json'), null)
})

test.run()
