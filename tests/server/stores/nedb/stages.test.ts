import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openEmbedded } from '../../../../server/stores/nedb/index.ts'

const test = suite('stores/nedb: stages')

test('reads records that are older than the slow display', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'crosschat-stages-'))
  const open = () => openEmbedded({ dataDir, keepFree: 0, note: () => {} })
  await (await open()).close()
  await appendFile(join(dataDir, 'stages.db'), '{"_id":"c","panic":true,"featured":null}\n')
  const stores = await open()
  const all = await stores.stages.all()
  await stores.close()
  await rm(dataDir, { recursive: true })
  assert.equal(all.get('c'), { panic: true, slow: false, featured: null })
})

test.run()
