import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { requireSettled } from '../../../../server/stores/backup/settle.ts'
import { openEmbedded } from '../../../../server/stores/nedb/index.ts'
import { type Migrating, migrate, originals } from '../../../../server/stores/nedb/migrate.ts'
import { MIGRATIONS, type Migration } from '../../../../server/stores/nedb/migration.ts'
import { readSchema, writeSchema } from '../../../../server/stores/nedb/schema.ts'
import { Space } from '../../../../workers/keeping/space.ts'
import { FaultFigures } from '../../../help/fault-figures.ts'
import { inFolder } from '../../../workers/keeping/folder.ts'

const test = suite('migrate')
const note = () => {}

/** Two invented steps: the first names a field anew in tables, the second marks every document, transcripts, too. */
const STEPS: Migration[] = [
  {
    to: 2,
    does: 'calls a name a title',
    touches: (path) => path === 'accounts.db',
    change: ({ _id, ...rest }) => ({ _id, title: 'name' in rest ? rest.name : undefined, ...rest, name: undefined }),
  },
  { to: 3, does: 'marks', touches: () => true, change: (document) => ({ ...document, marked: true }) },
]
const BEFORE = {
  'accounts.db': '{"_id":"a","name":"Noodle\\u2028Knight"}\n{"$$indexCreated":{"fieldName":"name"}}\n{"_id":"b","na',
  'archive/one/0001.db': '{"_id":"x","text":"hi"}\n{"$$deleted":true,"_id":"x"}\n',
}
const AFTER = {
  'accounts.db':
    '{"_id":"a","title":"Noodle\\u2028Knight","marked":true}\n{"$$indexCreated":{"fieldName":"name"}}\n{"_id":"b","na',
  'archive/one/0001.db': '{"_id":"x","text":"hi","marked":true}\n{"$$deleted":true,"_id":"x"}\n',
}

const migrating = (folder: string, more: Partial<Migrating> = {}): Migrating => ({
  ...{ folder, space: new Space(folder, 0), note, migrations: STEPS },
  ...more,
})

async function lay(folder: string): Promise<void> {
  await mkdir(join(folder, 'archive', 'one'), { recursive: true })
  for (const [name, text] of Object.entries(BEFORE)) await writeFile(join(folder, name), text)
}
async function texts(folder: string): Promise<Record<string, string>> {
  const all = Object.keys(BEFORE).map(async (name) => [name, await readFile(join(folder, name), 'utf8')])
  return Object.fromEntries(await Promise.all(all))
}

test('brings every file through every step, and keeps what stood there before', () =>
  inFolder(async (folder) => {
    await lay(folder)
    await migrate(migrating(folder))
    assert.equal(await texts(folder), AFTER)
    assert.is(await readSchema(folder, note), 3)
    const kept = (await originals(folder)).sort()
    assert.equal(kept, [join(folder, 'before-schema-2'), join(folder, 'before-schema-3')])
    assert.is(await readFile(join(folder, 'before-schema-2', 'accounts.db'), 'utf8'), BEFORE['accounts.db'])
    assert.equal((await readdir(folder)).sort(), [
      'accounts.db',
      'archive',
      'before-schema-2',
      'before-schema-3',
      'schema',
    ])
  }))

test('ends the same after a kill at any step, and loses no original', async () => {
  class Killed extends Error {}
  const figures = new FaultFigures('F24')
  let kills = 0
  for (let at = 0; ; at++) {
    const went = await inFolder(async (folder) => {
      await lay(folder)
      let n = 0
      const before = () => {
        if (n++ === at) throw new Killed()
      }
      const killed = await migrate(migrating(folder, { before })).then(
        () => false,
        (error: unknown) => error instanceof Killed,
      )
      await figures.recovering(() => migrate(migrating(folder)))
      const now = await texts(folder)
      assert.equal(now, AFTER, `killed at ${at}`)
      if (killed) figures.judge(linesOf(AFTER), linesOf(now))
      assert.is(await readSchema(folder, note), 3)
      assert.is(await readFile(join(folder, 'before-schema-2', 'accounts.db'), 'utf8'), BEFORE['accounts.db'])
      assert.is(
        await readFile(join(folder, 'before-schema-3', 'archive/one/0001.db'), 'utf8'),
        BEFORE['archive/one/0001.db'],
      )
      return killed
    })
    if (!went) break
    kills++
  }
  assert.ok(kills >= 12, `${kills} kills`)
  figures.tell()
})

function linesOf(files: Record<string, string>): string[] {
  return Object.entries(files).flatMap(([name, text]) => text.split('\n').map((line, nth) => `${name} ${nth} ${line}`))
}

test('refuses a folder in a newer form, also one that is only on its way there, and changes nothing', () =>
  inFolder(async (folder) => {
    await lay(folder)
    const older = migrating(folder, { migrations: STEPS.slice(0, 1) })
    const stopping = migrating(folder, {
      before(what) {
        if (what === 'replace archive/one/0001.db') throw new Error('killed')
      },
    })
    await migrate(stopping).catch(() => undefined)
    await assertRefused(older)
    assert.match(await refusalOf(requireSettled(folder)), /is being brought into a new form/)
    await migrate(migrating(folder))
    const before = await texts(folder)
    await assertRefused(older)
    assert.equal(await texts(folder), before)
  }))

function refusalOf(task: Promise<unknown>): Promise<string> {
  return task.then(
    () => 'It was not refused.',
    (error: Error) => error.message,
  )
}

async function assertRefused(older: Migrating): Promise<void> {
  assert.match(await refusalOf(migrate(older)), /has the form 3, and this CrossChat knows up to 2/)
}

test('begins with the first form where none can be read, and refuses when the disk has no room', () =>
  inFolder(async (folder) => {
    await lay(folder)
    await writeFile(join(folder, 'schema'), 'torn')
    const full = migrating(folder, { space: new Space(folder, Number.MAX_SAFE_INTEGER) })
    assert.match(await refusalOf(migrate(full)), /The disk has \d+ bytes left/)
    assert.equal(await texts(folder), BEFORE)
    await migrate(migrating(folder))
    assert.equal(await texts(folder), AFTER)
  }))

test('numbers its steps one by one', () => {
  assert.equal(
    MIGRATIONS.map(({ to }) => to),
    MIGRATIONS.map((_, index) => index + 2),
  )
})

test('keeps originals until a later start went well, and says what a start has repaired', () =>
  inFolder(async (folder) => {
    await mkdir(join(folder, 'before-schema-2'))
    await writeFile(join(folder, 'accounts.db'), '{"_id":"torn')
    const told: [string, Record<string, unknown>][] = []
    const start = () =>
      openEmbedded({ dataDir: folder, note: (_, text, fields) => told.push([text, fields]), keepFree: 0 })
    const failed = await start()
    await failed.close()
    assert.equal((await originals(folder)).length, 1)
    assert.equal(told.at(-1), [
      'the data folder was looked through; what was damaged is repaired',
      { repaired: ['accounts.db'] },
    ])
    const good = await start()
    await good.stood()
    assert.equal(await originals(folder), [])
    await good.close()
    assert.match(String(told.at(-1)?.[0]), /all of it is sound/)
    await writeSchema(folder, 99)
    assert.match(await refusalOf(start()), /has the form 99/)
  }))

test.run()
