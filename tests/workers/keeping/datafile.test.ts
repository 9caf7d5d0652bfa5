import fs from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { StorageError } from '../../../workers/keeping/storage-error.ts'
import { failOnce, failure, faultyFiles } from './faulty-files.ts'
import { Disk, inFolder } from './folder.ts'

const faults = await faultyFiles()
const { Datafile, COMPACT_AFTER } = await import('../../../workers/keeping/datafile.ts')

interface Row {
  _id: string
  name: string
}
const datafile = suite('datafile')
datafile.after.each(() => {
  faults.ask = null
})

async function open(folder: string, notes: string[] = [], space = new Disk(folder)) {
  const note = (_: string, text: string) => void notes.push(text)
  const sound = (row: Row) => typeof row.name === 'string'
  const path = join(folder, 'x.db')
  return Datafile.open<Row>({ path, space, note, unique: ['name'], sound })
}

async function idsIn(folder: string, notes: string[] = []): Promise<string[]> {
  const file = await open(folder, notes)
  const ids = await file.read((engine) => engine.getAllData().map(({ _id }) => _id))
  assert.ok(file.writable, 'loads')
  await file.close()
  return ids
}

/** A file of rows 0 … 9, closed; gives its bytes. */
async function tenRows(folder: string): Promise<Buffer> {
  const file = await open(folder)
  for (let n = 0; n < 10; n += 1) await file.write((engine) => engine.insertOne({ _id: `${n}`, name: `name ${n} é` }))
  await file.close()
  return fs.readFile(join(folder, 'x.db'))
}

datafile('loses at most the last row when it is cut at any byte of it, and keeps the rest aside', () =>
  inFolder(async (folder) => {
    const bytes = await tenRows(folder)
    const lastRow = bytes.lastIndexOf('\n', bytes.length - 2) + 1
    for (let length = lastRow; length <= bytes.length; length += 1) {
      await fs.rm(join(folder, 'x.db.aside'), { force: true })
      await fs.writeFile(join(folder, 'x.db'), bytes.subarray(0, length))
      const ids = await idsIn(folder)
      assert.is(ids.length, length >= bytes.length - 1 ? 10 : 9, `cut at ${length}`)
      const aside = await fs.readFile(join(folder, 'x.db.aside'), 'utf8').catch(() => '')
      if (ids.length === 9 && length > lastRow) assert.is(aside, `${bytes.subarray(lastRow, length).toString()}\n`)
    }
  }),
)

datafile('loses at most one row to any flipped bit, newlines among them, and always loads', () =>
  inFolder(async (folder) => {
    const bytes = await tenRows(folder)
    for (let at = 0; at < bytes.length; at += 1) {
      const bit = 1 << (at % 8)
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ bit
      await fs.writeFile(join(folder, 'x.db'), flipped)
      const ids = await idsIn(folder)
      const standing = ids.filter((id) => /^\d$/.test(id)).length
      assert.ok(standing >= 9, `byte ${at} ^ ${bit} left ${standing}`)
    }
  }),
)

datafile('takes two rows apart that lost the newline between them', () =>
  inFolder(async (folder) => {
    const bytes = await tenRows(folder)
    const glued = bytes.toString().replace('}\n{"_id":"5"', '}{"_id":"5"')
    await fs.writeFile(join(folder, 'x.db'), glued)
    const notes: string[] = []
    assert.is((await idsIn(folder, notes)).length, 10)
    assert.is(notes.length, 1)
    assert.is((await idsIn(folder, notes)).length, 10)
    assert.is(notes.length, 1)
  }),
)

datafile('keeps text with line breaks that JSON does not escape', () =>
  inFolder(async (folder) => {
    const name = 'a\u2028b\u2029c\u0085d\ne\rf\u000bg }{"_id":"no"} {"_id":"no"'
    const file = await open(folder)
    await file.write((engine) => engine.insertOne({ _id: '1', name }))
    await file.close()
    const again = await open(folder)
    assert.ok(again.writable)
    assert.equal(await again.read((engine) => engine.getAllData()), [{ _id: '1', name }])
    await again.close()
  }),
)

datafile('is readable by nobody else, also after it was rewritten', () =>
  inFolder(async (folder) => {
    await tenRows(folder)
    await idsIn(folder)
    assert.is((await fs.stat(join(folder, 'x.db'))).mode & 0o777, 0o600)
  }),
)

datafile('removes a half written copy, and takes a whole one whose file is gone', () =>
  inFolder(async (folder) => {
    await tenRows(folder)
    await fs.writeFile(join(folder, 'x.db~'), '{"_id":"ha')
    assert.is((await idsIn(folder)).length, 10)
    assert.not.ok((await fs.readdir(folder)).includes('x.db~'))
    await fs.rename(join(folder, 'x.db'), join(folder, 'x.db~'))
    assert.is((await idsIn(folder)).length, 10)
  }),
)

datafile('leaves nothing of a failed write, in memory or in the file, and goes on', () =>
  inFolder(async (folder) => {
    const file = await open(folder)
    await file.write((engine) => engine.insertOne({ _id: '1', name: 'one' }))
    faults.ask = (name) => (name === 'appendFile' ? Object.assign(new Error('no space'), { code: 'ENOSPC' }) : null)
    const failed = file.write((engine) => engine.insertMany([2, 3].map((n) => ({ _id: `${n}`, name: `${n}` }))))
    assert.instance(await failed.catch((error: unknown) => error), StorageError)
    faults.ask = null
    assert.is(await file.read((engine) => engine.getAllData().length), 1)
    await file.write((engine) => engine.insertOne({ _id: '4', name: 'four' }))
    await file.close()
    assert.equal(await idsIn(folder), ['1', '4'])
  }),
)

datafile('reads on while the disk is full, and writes again when it is not', () =>
  inFolder(async (folder) => {
    const space = new Disk(folder)
    const notes: string[] = []
    const file = await open(folder, notes, space)
    await file.write((engine) => engine.insertOne({ _id: '1', name: 'one' }))
    space.full = true
    for (const _id of ['2', '3']) {
      const refusal = await file
        .write((engine) => engine.insertOne({ _id, name: _id }))
        .catch((error: unknown) => error)
      assert.instance(refusal, StorageError)
    }
    assert.is(await file.read((engine) => engine.getAllData().length), 1)
    space.full = false
    await file.write((engine) => engine.insertOne({ _id: '2', name: 'two' }))
    await file.close()
    assert.equal(await idsIn(folder), ['1', '2'])
  }),
)

datafile('opens for reading on a full disk, and does not touch the file', () =>
  inFolder(async (folder) => {
    const bytes = await tenRows(folder)
    const torn = Buffer.concat([bytes, Buffer.from('{"_id":"11","na')])
    await fs.writeFile(join(folder, 'x.db'), torn)
    const space = new Disk(folder)
    space.full = true
    const file = await open(folder, [], space)
    assert.is(await file.read((engine) => engine.getAllData().length), 10)
    assert.is(file.writable, false)
    assert.equal(await fs.readFile(join(folder, 'x.db')), torn)
    space.full = false
    await file.write((engine) => engine.insertOne({ _id: 'a', name: 'after' }))
    assert.is(await file.read((engine) => engine.getAllData().length), 11)
    await file.close()
  }),
)

datafile('removes what a load on a full disk has left half written, and never what may be the file itself', () =>
  inFolder(async (folder) => {
    await tenRows(folder)
    await fs.writeFile(join(folder, 'x.db~'), '{"_id":"ha')
    const space = new Disk(folder)
    space.full = true
    await (await open(folder, [], space)).close()
    assert.equal((await fs.readdir(folder)).toSorted(), ['x.db'])
    await fs.rename(join(folder, 'x.db'), join(folder, 'x.db~'))
    await (await open(folder, [], space)).close()
    assert.equal(await fs.readdir(folder), ['x.db~'])
    assert.is((await idsIn(folder)).length, 10)
  }),
)

datafile('ends no process when its file cannot be opened while it is loaded', () =>
  inFolder(async (folder) => {
    await tenRows(folder)
    let opened = 0
    faults.ask = (name, path) =>
      name === 'open' && path === join(folder, 'x.db') && opened++ === 0 ? failure('EMFILE') : null
    const file = await open(folder)
    assert.is(await file.read((engine) => engine.getAllData().length), 10)
    faults.ask = null
    await file.write((engine) => engine.insertOne({ _id: 'a', name: 'after' }))
    await file.close()
    assert.ok(opened > 0)
  }),
)

datafile('keeps every acknowledged row when any one file operation fails', () =>
  inFolder(async (folder) => {
    let failedOne = true
    for (let nth = 1; failedOne; nth += 1) {
      const place = join(folder, `${nth}`)
      await fs.mkdir(place)
      failedOne = await failsOnce(place, nth)
      assert.ok(nth < 500)
    }
  }),
)

/** Opens, writes six rows and closes, while the `nth` file operation fails; true when it came to that. */
async function failsOnce(folder: string, nth: number): Promise<boolean> {
  const count = failOnce(faults, folder, nth)
  const acknowledged: string[] = []
  const file = await open(folder).catch(() => null)
  for (const _id of ['0', '1', '2', '3', '4', '5']) {
    const row = { _id, name: `name ${_id}` }
    await file
      ?.write((engine) => engine.insertOne(row))
      .then(
        () => acknowledged.push(_id),
        () => undefined,
      )
  }
  await file?.close().catch(() => undefined)
  faults.ask = null
  const standing = await idsIn(folder)
  assert.equal(standing, acknowledged, `operation ${nth}`)
  return count.calls >= nth
}

datafile('lets one of many parallel writers have a unique value', () =>
  inFolder(async (folder) => {
    const file = await open(folder)
    const writes = Array.from({ length: 30 }, (_, n) =>
      file.write((engine) => engine.insertOne({ _id: `${n}`, name: 'x' })),
    )
    const outcomes = await Promise.allSettled(writes)
    assert.is(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    await file.close()
    assert.is((await idsIn(folder)).length, 1)
  }),
)

datafile('does not grow without end by changes of one row', () =>
  inFolder(async (folder) => {
    const file = await open(folder)
    await file.write((engine) => engine.insertOne({ _id: '1', name: 'one' }))
    for (let n = 0; n < COMPACT_AFTER; n += 1) {
      await file.write((engine) => engine.update({ _id: '1' }, { _id: '1', name: `name ${n}` }))
    }
    assert.ok(file.size < 10_000, `${file.size} bytes`)
    await file.close()
  }),
)

datafile.run()
