import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ChatEvent } from '../../workers/message.ts'
import { FaultFigures } from '../help/fault-figures.ts'
import { sampled, WHOLE } from '../help/whole.ts'
import { batchOf, messageOf, removeOf } from '../workers/archive/events.ts'
import { failOnce, faultyFiles } from '../workers/keeping/faulty-files.ts'
import { Disk, inFolder } from '../workers/keeping/folder.ts'

const faults = await faultyFiles()
const { Archive } = await import('../../workers/archive/archive.ts')
const { makePlace } = await import('../../server/stores/nedb/place.ts')
const { openAccounts } = await import('../../server/stores/nedb/accounts.ts')

/** EIO and ENOSPC leave a part of what was to be written, the others nothing. */
const CODES = ['EIO', 'ENOSPC', 'EMFILE', 'EACCES']
/** Of the operations of one run, so many are made to fail with each code, one a run; in the whole sweep all. */
const SOME = 14
const S = 's1'

const test = suite('a failing file operation')
const figures = new FaultFigures('F10')
test.after(() => figures.tell())
test.after.each(() => {
  faults.ask = faults.done = null
})

/** Works in a folder of its own while one operation fails; gives what was acknowledged. */
type Work = (folder: string) => Promise<string[]>

async function sweep(work: Work, standing: Work): Promise<void> {
  await inFolder(async (folder) => {
    const operations = await countedIn(join(folder, 'none'), work)
    for (const code of CODES) {
      for (const nth of sampled(1, operations + 1, SOME)) {
        const place = join(folder, `${code}-${nth}`)
        await mkdir(place)
        failOnce(faults, place, nth, code)
        const acknowledged = await work(place)
        faults.ask = null
        const found = await figures.recovering(() => standing(place))
        assert.ok(figures.judge(acknowledged, found), `${code} at operation ${nth}: ${acknowledged} became ${found}`)
        assert.equal(found, acknowledged, `${code} at operation ${nth}`)
      }
    }
    assert.ok(!WHOLE || figures.injections >= operations * CODES.length)
  })
}

async function countedIn(folder: string, work: Work): Promise<number> {
  await mkdir(folder)
  const count = failOnce(faults, folder, Number.POSITIVE_INFINITY)
  await work(folder)
  faults.ask = null
  return count.calls
}

/** Three accounts, each of which then changes its password. */
async function keepAccounts(folder: string): Promise<string[]> {
  const acknowledged = new Map<string, string>()
  const place = makePlace(folder, new Disk(folder), () => undefined, Date.now)
  const accounts = (await openAccounts(place).catch(() => null)) ?? (await openAccounts(place))
  for (const id of ['a', 'b', 'c']) {
    const account = { id, username: id, handle: id, passwordHash: 'first', owner: false, sessionEpoch: 0, createdAt: 1 }
    const kept = await accounts.insert(account).then(
      () => true,
      () => false,
    )
    if (kept) acknowledged.set(id, 'first')
    const changed = await accounts.setPassword(id, 'second').catch(() => undefined)
    if (changed !== undefined && changed !== null) acknowledged.set(id, 'second')
  }
  await accounts.close().catch(() => undefined)
  return [...acknowledged].map(([id, hash]) => `${id} ${hash}`)
}

async function accountsIn(folder: string): Promise<string[]> {
  const accounts = await openAccounts(makePlace(folder, new Disk(folder), () => undefined, Date.now))
  const { items } = await accounts.page(100, null)
  await accounts.close()
  return items.map(({ id, passwordHash }) => `${id} ${passwordHash}`)
}

test('costs no acknowledged account or password, and keeps none that was refused, whichever operation it is', () =>
  sweep(keepAccounts, accountsIn))

/** Three epochs of three batches each, a removal among them. */
function batches(): [epoch: string, events: ChatEvent[]][] {
  return ['a', 'b', 'c'].flatMap((epoch) =>
    [1, 3, 5].map((seq): [string, ChatEvent[]] => {
      const first = messageOf({ seq, id: `${epoch}:${seq}` })
      return [epoch, [first, removeOf({ seq: seq + 1, id: `${epoch}:${seq + 1}`, target: { id: first.id } })]]
    }),
  )
}

function start(folder: string) {
  return Archive.start({ folder, remembered: 100, keepFree: 0 }, () => undefined)
}

/** Appends all batches, the refused ones once more, and closes. */
async function keepChat(folder: string): Promise<string[]> {
  const acknowledged: string[] = []
  const house = (await start(folder).catch(() => null)) ?? (await start(folder))
  for (const [epoch, events] of batches()) {
    const append = () => house.append({ batch: batchOf(S, epoch, events) }).then(() => true)
    const kept = (await append().catch(() => false)) || (await append().catch(() => false))
    assert.ok(kept, 'one failure costs one refusal')
    acknowledged.push(...events.map(({ id }) => id))
  }
  await house.close()
  return acknowledged
}

/** Ids of the events in the order of the transcript; a gap is an id of its own. */
async function chatIn(folder: string): Promise<string[]> {
  const house = await start(folder)
  await house.open({ streamId: S })
  const { items } = await house.page({ streamId: S, limit: 5_000, cursor: null, filter: {} })
  await house.close()
  return items.map((item) => (item.kind === 'gap' ? 'gap' : item.id))
}

test('leaves of a transcript what was acknowledged and nothing else, whichever operation it is', () =>
  sweep(keepChat, chatIn))

test.run()
