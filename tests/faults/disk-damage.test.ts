import { randomUUID } from 'node:crypto'
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openEmbedded } from '../../server/stores/nedb/index.ts'
import { Table, type TableOptions } from '../../server/stores/nedb/table.ts'
import { Archive } from '../../workers/archive/archive.ts'
import type { ChatEvent } from '../../workers/message.ts'
import { FaultFigures } from '../help/fault-figures.ts'
import { below, SEED, sampled, WHOLE } from '../help/whole.ts'
import { batchOf, messageOf, removeOf } from '../workers/archive/events.ts'
import { Disk, inFolder } from '../workers/keeping/folder.ts'

/** Flipped bytes a kind of file, and cuts of its last line. */
const FLIPS = WHOLE ? 1_000 : 10
const CUTS = 5
const ROWS = 8
const S = 's1'

type Row = { id: string } & Record<string, string>
type Options = Pick<TableOptions<Row>, 'path' | 'fields'> & { unique: readonly string[] }

const test = suite('damage to a data file')
const figures = new FaultFigures('F12')
test.after(() => figures.tell())

/** How each kind of table is opened: all that the stores open in an empty folder. */
async function everyTable(): Promise<Options[]> {
  const found: Options[] = []
  const real = Table.open
  Table.open = <T extends { id: string }>(options: TableOptions<T>): Promise<Table<T>> => {
    const { path, unique = [], fields } = options
    found.push({ path, unique, fields })
    return Reflect.apply(real, Table, [options])
  }
  try {
    await inFolder(async (dataDir) => (await openEmbedded({ dataDir, keepFree: 0, note: () => undefined })).close())
  } finally {
    Table.open = real
  }
  return found
}

interface Case {
  bytes: Buffer
  /** Where the damage is: the record that lies there may be lost. */
  at: number
  said: string
}

/** The file with one byte flipped, at random places with newlines among them, and cut within its last line. */
function cases(bytes: Buffer): Case[] {
  const newlines = [...bytes.keys()].filter((at) => bytes[at] === 0x0a)
  const places = Array.from({ length: FLIPS }, (_, nth) =>
    nth % 8 === 0 ? (newlines[below(newlines.length)] ?? 0) : below(bytes.length),
  )
  const lastLine = (newlines.at(-2) ?? -1) + 1
  const cuts = sampled(lastLine, bytes.length, CUTS)
  return [
    ...places.map((at) => ({ bytes: flipped(bytes, at), at, said: `flipped at ${at}, seed ${SEED}` })),
    ...cuts.map((length) => ({ bytes: bytes.subarray(0, length), at: lastLine, said: `cut to ${length}` })),
  ]
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ (1 << below(8))
  return copy
}

/** The line in which a byte lies, its newline counted. */
function lineAt(bytes: Buffer, at: number): string {
  const start = at === 0 ? 0 : bytes.lastIndexOf(0x0a, at - 1) + 1
  return bytes.toString('utf8', start, bytes.indexOf(0x0a, at))
}

test('costs at most the record it hits in each kind of table, says so and keeps what it cuts out', async () => {
  const tables = await everyTable()
  assert.ok(tables.length >= 20)
  for (const table of tables) await inFolder((folder) => damageTable(table, join(folder, basename(table.path))))
})

async function damageTable(options: Options, path: string): Promise<void> {
  const opened = (note: (level: string, text: string) => void = () => undefined) =>
    Table.open<Row>({ ...options, path, space: new Disk(path.slice(0, path.lastIndexOf('/'))), note })
  const whole = await opened()
  for (let nth = 0; nth < ROWS; nth += 1) await whole.insert(rowOf(options))
  await whole.close()
  const bytes = await readFile(path)
  const rows = linesOf(bytes)
  for (const each of cases(bytes)) {
    await rm(`${path}.aside`, { force: true })
    await writeFile(path, each.bytes)
    const notes: string[] = []
    const file = await figures.recovering(() => opened((_, text) => notes.push(text)))
    const standing = (await file.all({})).map((row) => JSON.stringify(row))
    await file.close()
    const hit = lineAt(bytes, each.at)
    const due = rows.filter((line) => line !== hit).map(plainRow)
    assert.ok(figures.judge(due.toSorted(), standing.toSorted()), `${basename(path)} ${each.said}`)
    if (standing.length >= ROWS || each.bytes.length === bytes.lastIndexOf(0x0a, bytes.length - 2) + 1) continue
    assert.ok(notes.length > 0, `${basename(path)} ${each.said}: nothing is said`)
    assert.ok((await stat(`${path}.aside`)).size > 0, 'a copy is kept')
  }
}

function rowOf({ fields }: Options): Row {
  const id = randomUUID()
  return { id, ...Object.fromEntries(fields.map((field) => [field, `${field} of ${id}`])) }
}

function linesOf(bytes: Buffer): string[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"_id"'))
}

function plainRow(line: string): string {
  const { _id: id, ...rest } = JSON.parse(line)
  return JSON.stringify({ id, ...rest })
}

/** Two closed segments and an open one, each with a message that was taken away. */
function batches(): [epoch: string, events: ChatEvent[]][] {
  return ['a', 'b', 'c'].map((epoch) => {
    const said = Array.from({ length: 6 }, (_, nth) => messageOf({ seq: nth + 1, id: `${epoch}:${nth + 1}` }))
    return [epoch, [...said, removeOf({ seq: 7, id: `${epoch}:7`, target: { id: `${epoch}:2` } })]]
  })
}

function start(folder: string, notes: string[] = []) {
  return Archive.start({ folder, remembered: 100, keepFree: 0 }, (_, text) => void notes.push(text))
}

/** The folder of a transcript as a process leaves it that was killed behind its last sync. */
async function madeTranscript(folder: string): Promise<string> {
  const running = join(folder, 'running')
  const left = join(folder, 'left')
  const house = await start(running)
  for (const [epoch, events] of batches()) await house.append({ batch: batchOf(S, epoch, events) })
  await cp(running, left, { recursive: true })
  await house.close()
  return join(left, S)
}

test('costs at most the event it hits in each file of a transcript, and brings nothing back that was taken away', () =>
  inFolder(async (folder) => {
    const left = await madeTranscript(folder)
    const names = await readdir(left)
    assert.equal(names.toSorted(), ['0001.db', '0001.marks.db', '0002.db', '0002.marks.db', '0003.db', 'index.db'])
    const files = new Map<string, Buffer>()
    for (const name of names) files.set(name, await readFile(join(left, name)))
    for (const [name, bytes] of files) {
      for (const each of cases(bytes)) await damageTranscript(join(folder, 'damaged'), files, name, each)
    }
  }))

async function damageTranscript(folder: string, files: Map<string, Buffer>, name: string, each: Case): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await cp(join(folder, '..', 'left'), folder, { recursive: true })
  await writeFile(join(folder, S, name), each.bytes)
  const house = await figures.recovering(async () => {
    const started = await start(folder)
    await started.open({ streamId: S })
    return started
  })
  const { items } = await house.page({ streamId: S, limit: 100, cursor: null, filter: {} })
  await house.close()
  const hit = eventIn(lineAt(files.get(name) ?? Buffer.of(), each.at))
  const events = items.flatMap((item) => (item.kind === 'gap' ? [] : [item]))
  const due = batches().flatMap(([, sent]) => sent.map(({ id }) => id))
  const standing = events.map(({ id }) => id)
  const said = `${name} ${each.said}`
  assert.ok(
    figures.judge(
      due.filter((id) => id !== hit),
      standing,
    ),
    `${said}: ${standing}`,
  )
  for (const epoch of ['a', 'b', 'c']) {
    const removed = events.find(({ id }) => id === `${epoch}:2`)
    assert.ok(
      removed === undefined || removed.removed !== undefined || hit === `${epoch}:7`,
      `${said}: ${epoch}:2 is back`,
    )
  }
  // A closed segment is left as it is, and so is the file's place: what is missing stands there as a gap.
  const silent = items.length === standing.length && standing.length < due.length && !each.said.startsWith('cut')
  assert.not.ok(silent, `${said}: nothing stands where an event is missing`)
}

function eventIn(line: string): string | null {
  const { text } = JSON.parse(line)
  return text === undefined ? null : (JSON.parse(text).id ?? null)
}

test.run()
