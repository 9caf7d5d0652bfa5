import { existsSync } from 'node:fs'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Entries, type Entry, REMEMBERED_MARKS } from '../../server/entries.ts'
import { KeptMarks } from '../../server/kept-marks.ts'
import { createLog } from '../../server/log.ts'
import { REMOVED_IDS } from '../../server/removed-ids.ts'
import { fingerprint } from '../../workers/fingerprint.ts'
import { KINDS } from '../../workers/message.ts'
import { FLAG } from '../../workers/queue/record.ts'
import { UNRULED } from '../../workers/ruled.ts'
import { temporaryData } from '../help/server.ts'

const log = createLog('silent')
const CHANNEL = 'AAAAAAAAAAAAAAAAAAAAAA'

function entryWith(count: number): Entry {
  return new Entries().open(
    CHANNEL,
    UNRULED,
    Array.from({ length: count }, (_, nth) => fingerprint(`id ${nth}`)),
  )
}

const marksIn = async (kept: KeptMarks) => (await kept.read(CHANNEL)).marks

const test = suite<{ path: string; remove(): Promise<void> }>('kept-marks')
test.before.each(async (context) => {
  Object.assign(context, await temporaryData())
})
test.after.each(({ remove }) => remove())

test('gives back what a channel has shown, oldest first, in a file that nobody else can read', async ({ path }) => {
  const entry = entryWith(3)
  await new KeptMarks(path, log).keep(entry)
  assert.equal(await marksIn(new KeptMarks(path, log)), [...entry.marks.list()])
  const folder = join(path, 'marks')
  assert.equal(await readdir(folder), [CHANNEL])
  assert.is((await stat(folder)).mode & 0o777, 0o700)
  assert.is((await stat(join(folder, CHANNEL))).mode & 0o777, 0o600)
})

test('gives back what was taken away, and not what was given back', async ({ path }) => {
  const entry = entryWith(2)
  const [remove, restore] = [KINDS.indexOf('remove'), KINDS.indexOf('restore')]
  for (const target of [11, 12, 13]) entry.removed.note({ kind: remove, flags: 0, target })
  entry.removed.note({ kind: remove, flags: FLAG.byAuthor, target: 14 })
  entry.removed.note({ kind: restore, flags: 0, target: 12 })
  await new KeptMarks(path, log).keep(entry)
  assert.equal(await new KeptMarks(path, log).read(CHANNEL), { marks: [...entry.marks.list()], removed: [11, 13] })
})

test('keeps the newest and no more', async ({ path }) => {
  const entry = entryWith(REMEMBERED_MARKS + 5)
  const marks = new KeptMarks(path, log)
  await marks.keep(entry)
  const read = await marksIn(marks)
  assert.is(read.length, REMEMBERED_MARKS)
  assert.is(read.at(-1), fingerprint(`id ${REMEMBERED_MARKS + 4}`))
  assert.is((await stat(join(path, 'marks', CHANNEL))).size, 8 + REMEMBERED_MARKS * 8)
})

test('leaves out what waits for the transcript, and keeps it once it stands there', async ({ path }) => {
  const entry = entryWith(5)
  let waiting = 2
  const marks = new KeptMarks(path, log, () => waiting)
  await marks.keep(entry)
  assert.equal(await marksIn(marks), [...entry.marks.list()].slice(0, 3))
  waiting = 0
  await marks.keep(entry)
  assert.equal(await marksIn(marks), [...entry.marks.list()])
})

test('writes only what has changed', async ({ path }) => {
  const entry = entryWith(1)
  const marks = new KeptMarks(path, log)
  await marks.keep(entry)
  const file = join(path, 'marks', CHANNEL)
  await rm(file)
  await marks.keep(entry)
  assert.not(existsSync(file))
  entry.marks.add(7)
  await marks.keep(entry)
  assert.ok(existsSync(file))
})

test('takes a missing or damaged file for nothing known', async ({ path }) => {
  const marks = new KeptMarks(path, log)
  assert.equal(await marksIn(marks), [])
  await marks.keep(entryWith(4))
  const file = join(path, 'marks', CHANNEL)
  const whole = await readFile(file)
  const nan = Buffer.from(whole)
  nan.writeDoubleLE(Number.NaN, 16)
  for (const damaged of [
    whole.subarray(0, 13),
    whole.subarray(0, 0),
    Buffer.concat([whole, Buffer.alloc(3)]),
    Buffer.concat([Buffer.from('GARBAGE!'), whole.subarray(8)]),
    nan,
    Buffer.concat([whole, Buffer.alloc(8 * (REMEMBERED_MARKS + REMOVED_IDS), 1)]),
    Buffer.concat([whole, Buffer.alloc(8)]),
  ]) {
    await writeFile(file, damaged)
    assert.equal(await marksIn(marks), [], `${damaged.length} bytes`)
  }
})

test('keeps by itself while it runs, and once more when it stops', async ({ path }) => {
  const entry = entryWith(1)
  const marks = new KeptMarks(path, log)
  marks.begin(() => [entry], 5)
  const file = join(path, 'marks', CHANNEL)
  while (!existsSync(file)) await new Promise(setImmediate)
  entry.marks.add(9)
  await marks.stop([entry])
  assert.is((await marksIn(marks)).at(-1), 9)
})

test('reads behind what is just being kept', async ({ path }) => {
  const entry = entryWith(500)
  const marks = new KeptMarks(path, log)
  void marks.keep(entry)
  assert.is((await marksIn(marks)).length, 500)
  await marks.stop([])
})

test('goes on when the disk does not take it, and tries again', async ({ path }) => {
  await writeFile(join(path, 'marks'), 'a file where the folder should be')
  const entry = entryWith(1)
  const marks = new KeptMarks(path, log)
  await marks.keep(entry)
  await rm(join(path, 'marks'))
  await marks.keep(entry)
  assert.is((await marksIn(marks)).length, 1)
})

test.run()
