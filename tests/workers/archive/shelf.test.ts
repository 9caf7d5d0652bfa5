import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HEAD_KEY, seal } from '../../../workers/archive/record.ts'
import type { Rows } from '../../../workers/archive/rows.ts'
import { PIECE_BYTES, SHELF_BYTES, Shelf } from '../../../workers/archive/shelf.ts'

const test = suite<{ folder: string }>('archive/shelf')
test.before.each(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), 'crosschat-shelf-'))
})
test.after.each(({ folder }) => rm(folder, { recursive: true, force: true }))

/** A segment of one record, whose text begins with `word`. */
async function segment(folder: string, name: string, word: string, bytes = 100): Promise<string> {
  const path = join(folder, name)
  const records = [seal(HEAD_KEY, '{"epoch":"e"}'), seal('1', word.padEnd(bytes, '.'))]
  await writeFile(`${path}.new`, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  await rename(`${path}.new`, path)
  return path
}

const word = (rows: Rows) => rows.record(0)?.text.replace(/\.+$/, '')

test('gives each segment its own rows, in memory that does not grow', async ({ folder }) => {
  const shelf = new Shelf()
  const words = Array.from({ length: 12 }, (_, nth) => `otter${nth}`)
  const paths = await Promise.all(words.map((each, nth) => segment(folder, `${nth}.db`, each, nth * 300_000 + 100)))
  for (let round = 0; round < 3; round += 1) {
    assert.equal(await Promise.all(paths.map((path) => shelf.read(path, word))), words)
    assert.ok(shelf.bytes <= SHELF_BYTES, `${shelf.bytes} bytes`)
  }
})

test('reads a segment that is larger than all of it, and the small ones after it', async ({ folder }) => {
  const shelf = new Shelf()
  const small = await segment(folder, 'small.db', 'heron')
  const large = await segment(folder, 'large.db', 'whale', SHELF_BYTES + PIECE_BYTES)
  assert.is(await shelf.read(small, word), 'heron')
  assert.is(await shelf.read(large, word), 'whale')
  assert.is(await shelf.read(small, word), 'heron')
  assert.is(await shelf.read(large, word), 'whale')
  assert.ok(shelf.bytes <= SHELF_BYTES + 3 * PIECE_BYTES, `${shelf.bytes} bytes`)
})

test('keeps nothing of a segment that was forgotten while it was read', async ({ folder }) => {
  const shelf = new Shelf()
  const path = await segment(folder, '0001.db', 'before')
  const reading = shelf.read(path, word)
  // The file is being opened by now.
  for (let tick = 0; tick < 5; tick += 1) await null
  shelf.forget(folder)
  assert.is(await reading, 'before')
  await segment(folder, '0001.db', 'after')
  assert.is(await shelf.read(path, word), 'after')
})

test('goes on after a segment that is not there', async ({ folder }) => {
  const shelf = new Shelf()
  const path = await segment(folder, '0001.db', 'heron')
  const missing = shelf.read(join(folder, '0002.db'), word).catch((error: NodeJS.ErrnoException) => error.code)
  assert.is(await shelf.read(path, word), 'heron')
  assert.is(await missing, 'ENOENT')
})

test.run()
