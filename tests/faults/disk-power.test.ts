import { cp, mkdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FaultFigures } from '../help/fault-figures.ts'
import { sampled } from '../help/whole.ts'
import { batchOf, messages } from '../workers/archive/events.ts'
import { faultyFiles } from '../workers/keeping/faulty-files.ts'
import { Disk, inFolder } from '../workers/keeping/folder.ts'

const faults = await faultyFiles()
const { Archive } = await import('../../workers/archive/archive.ts')
const { makePlace } = await import('../../server/stores/nedb/place.ts')
const { openAccounts } = await import('../../server/stores/nedb/accounts.ts')

/** Lengths at which a file is cut: so many behind its last sync, in the whole sweep every byte. */
const SOME = 70
const S = 's1'

const test = suite('power loss')
const figures = new FaultFigures('F7')
test.after(() => figures.tell())
test.after.each(() => {
  faults.ask = faults.done = null
})

/** Resolves when a file has been brought to the disk, with its length then. */
function nextSync(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    faults.done = (operation, synced) => {
      if (operation !== 'datasync' || synced !== path) return
      faults.done = null
      stat(path).then(({ size }) => resolve(size), reject)
    }
  })
}

function start(folder: string) {
  return Archive.start({ folder, remembered: 100, keepFree: 0 }, () => undefined)
}

async function transcript(folder: string): Promise<string[]> {
  const house = await start(folder)
  await house.open({ streamId: S })
  const { items } = await house.page({ streamId: S, limit: 1_000, cursor: null, filter: {} })
  // It is more than readable: the stream goes on behind what was kept.
  await house.append({ batch: batchOf(S, 'next', messages(1, 1)) })
  await house.close()
  return items.map((item) => (item.kind === 'gap' ? 'gap' : item.id))
}

test('costs a transcript only what was written behind the last sync, wherever it cuts the file', () =>
  inFolder(async (folder) => {
    const running = join(folder, 'running')
    const segment = join(running, S, '0001.db')
    const house = await start(running)
    const synced = nextSync(segment)
    await house.append({ batch: batchOf(S, 'e1', messages(1, 8)) })
    const from = await synced
    for (let seq = 9; seq < 17; seq += 1) await house.append({ batch: batchOf(S, 'e1', messages(seq, 1)) })
    const left = join(folder, 'left')
    await cp(running, left, { recursive: true })
    await house.close()
    const bytes = await readFile(join(left, S, '0001.db'))
    for (const length of sampled(from, bytes.length + 1, SOME)) {
      const place = join(folder, 'cut')
      await rm(place, { recursive: true, force: true })
      await cp(left, place, { recursive: true })
      await truncate(join(place, S, '0001.db'), length)
      const kept = await figures.recovering(() => transcript(place))
      const due = messages(1, wholeLines(bytes, length) - 1).map(({ id }) => id)
      assert.ok(due.length >= 8, 'what was synced')
      assert.ok(figures.judge(due, kept), `cut at ${length}: ${kept}`)
      assert.equal(kept, due)
    }
  }))

/** Lines that are there but for their newline at most; the first is the head. */
function wholeLines(bytes: Buffer, length: number): number {
  let lines = 0
  for (let end = bytes.indexOf(0x0a); end !== -1 && end <= length; end = bytes.indexOf(0x0a, end + 1)) lines += 1
  return lines
}

test('costs no account and no password that was answered, wherever it cuts the file', () =>
  inFolder(async (folder) => {
    const running = join(folder, 'running')
    await mkdir(running)
    const path = join(running, 'accounts.db')
    const opened = (place: string) => openAccounts(makePlace(place, new Disk(place), () => undefined, Date.now))
    const accounts = await opened(running)
    const synced = nextSync(path)
    const account = { username: 'A', passwordHash: 'p', owner: false, sessionEpoch: 0, createdAt: 1 }
    for (const id of ['a', 'b']) await accounts.insert({ ...account, id, handle: id })
    let from = await synced
    for (const id of ['a', 'b']) {
      const next = nextSync(path)
      await accounts.setPassword(id, 'new')
      from = await next
    }
    // Nobody was promised that this is kept.
    for (let at = 2; at < 8; at += 1) await accounts.seen('a', at)
    const bytes = await readFile(path)
    for (const length of sampled(from, bytes.length + 1, SOME)) {
      const place = join(folder, `${length}`)
      await cp(running, place, { recursive: true })
      await truncate(join(place, 'accounts.db'), length)
      const again = await figures.recovering(() => opened(place))
      const { items } = await again.page(10, null)
      await again.close()
      const standing = items.map(({ id, passwordHash }) => `${id} ${passwordHash}`)
      assert.ok(figures.judge(['a new', 'b new'], standing), `cut at ${length}: ${standing}`)
    }
    await accounts.close()
  }))

test.run()
