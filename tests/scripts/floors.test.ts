import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT } from '../../scripts/child.ts'
import { checkFloors } from '../../scripts/floors.ts'

const floors = suite('floors')

/** Checks a tree made of these files; a path that is not named here does not exist. */
async function breachesOf(files: Record<string, string>): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'crosschat-floors-'))
  try {
    for (const [path, source] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), source)
    }
    return await checkFloors(root)
  } finally {
    await rm(root, { recursive: true })
  }
}

floors('names file, line, target and rule of a forbidden value', async () => {
  const found = await breachesOf({
    'workers/rules.ts': 'export const rules = 1\n',
    'server/ingest.ts': "// the drain\nimport { rules } from '../workers/rules.ts'\nexport const x = rules\n",
  })
  assert.equal(found, [
    'server/ingest.ts:2 imports workers/rules.ts: the server knows of the workers only message, control, fingerprint, event-head, backoff, fair-queue, pace and queue; it starts a thread by its address',
  ])
})

floors('sees a forbidden type, as a statement and as import()', async () => {
  const found = await breachesOf({
    'workers/queue/reader.ts': "import type { ChatEvent } from '../message.ts'\nexport type R = ChatEvent\n",
    'workers/message.ts': "export type Log = import('../server/log.ts').Log\n",
    'server/log.ts': 'export interface Log {}\n',
  })
  assert.is(found.length, 2)
  assert.match(found.join('\n'), 'workers/queue/reader.ts:1 imports workers/message.ts: the queue knows nothing but')
  assert.match(found.join('\n'), 'workers/message.ts:1 imports server/log.ts: the words of the workers know nothing')
})

floors('sees export-from and packages', async () => {
  const found = await breachesOf({
    'overlay/parts/row.ts': "export { z } from 'zod'\n",
    'workers/platforms/owl/index.ts': "export * from '../fox/index.ts'\nimport 'node:crypto'\nimport './own.ts'\n",
    'workers/platforms/fox/index.ts': 'export const about = 1\n',
  })
  assert.is(found.length, 2)
  assert.match(found.join('\n'), 'overlay/parts/row.ts:1 imports zod: the overlay knows')
  assert.match(found.join('\n'), 'workers/platforms/owl/index.ts:1 imports workers/platforms/fox/index.ts: a platform')
})

floors('lets the panel take types of the api, and no values', async () => {
  const api = { 'server/api.ts': 'export interface View {}\nexport const Body = 1\n' }
  assert.equal(await breachesOf({ ...api, 'admin/api.ts': "import type { View } from '../server/api.ts'\n" }), [])
  const found = await breachesOf({ ...api, 'admin/api.ts': "import { Body } from '../server/api.ts'\n" })
  assert.match(found.join('\n'), 'admin/api.ts:1 imports server/api.ts: the panel knows')
})

floors('lets nobody on the server import upstairs', async () => {
  const found = await breachesOf({
    'server/log.ts': "import type { Drain } from './drain.ts'\nexport type D = Drain\n",
    'server/drain.ts': 'export interface Drain {}\n',
  })
  assert.equal(found, [
    'server/log.ts:1 imports server/drain.ts: it stands on storey 4, above storey 0; a file imports its own storey and those below',
  ])
})

floors('asks for a storey when a new file on the server has none', async () => {
  const found = await breachesOf({ 'server/attic.ts': 'export {}\n' })
  assert.match(found.join('\n'), 'server/attic.ts:1 stands on no storey')
})

floors('names every file of a circle, also one of types', async () => {
  const found = await breachesOf({
    'workers/a.ts': "import { b } from './b.ts'\nexport const a = b\n",
    'workers/b.ts': "import { c } from './c.ts'\nexport const b = c\n",
    'workers/c.ts': "import type { a } from './a.ts'\nexport const c: typeof a = 1\n",
  })
  assert.equal(found, ['circle: workers/a.ts → workers/b.ts → workers/c.ts → workers/a.ts'])
})

floors('takes comments, strings and addresses of threads for what they are', async () => {
  const found = await breachesOf({
    'workers/unified.worker.ts': 'export {}\n',
    'server/ingest.ts': [
      "/* import { a } from '../workers/rules.ts' */",
      "const words = `import '../workers/rules.ts' from '../workers/rules.ts'`",
      "export const address = new URL('../workers/unified.worker.ts', import.meta.url)",
      '',
    ].join('\n'),
  })
  assert.equal(found, [])
})

floors('hold in this house', async () => {
  assert.equal(await checkFloors(ROOT), [])
})

floors.run()
