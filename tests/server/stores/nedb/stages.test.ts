import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openEmbedded } from '../../../../server/stores/nedb/index.ts'
import { messageOf } from '../../../workers/archive/events.ts'

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

test('holds no words in its file of what was featured and is no longer', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'crosschat-stages-'))
  const stores = await openEmbedded({ dataDir, keepFree: 0, note: () => {} })
  const put = (channelId: string, text: string | null) => {
    const featured = text === null ? null : messageOf({ seq: 1, text })
    return stores.stages.put(channelId, { panic: true, slow: false, featured })
  }
  for (const text of ['first secret', 'second words', null]) await put('c', text)
  await put('d', 'other words')
  await stores.stages.put('e', { panic: false, slow: false, featured: messageOf({ seq: 2, text: 'third secret' }) })
  await stores.stages.put('e', { panic: false, slow: false, featured: null })
  const file = await readFile(join(dataDir, 'stages.db'), 'utf8')
  const all = await stores.stages.all()
  await stores.close()
  await rm(dataDir, { recursive: true })
  assert.not.match(file, /secret|second/)
  assert.equal([all.get('c')?.featured, all.get('d')?.featured?.text, all.has('e')], [null, 'other words', false])
})

test('opens what it keeps as text within a text although a fault has changed some of it', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'crosschat-stages-'))
  const open = () => openEmbedded({ dataDir, keepFree: 0, note: () => {} })
  await (await open()).close()
  const source = { platform: 'twitch', name: 'cool_channel', options: {}, secrets: {}, facts: {} }
  const sourceOf = (channelId: string) => JSON.stringify(JSON.stringify({ channelId, ...source }))
  const damaged = {
    stages: '{"_id":"bad","panic":true,"featured":"{\\"seq\\":1,"}\n',
    sources: `{"_id":"bad.twitch","channelId":"bad","source":"{\\"channelId\\":"}\n{"_id":"two.twitch","channelId":"two","source":${sourceOf('twn')}}\n`,
    waiting: '{"_id":"bad","texts":["{\\"kind\\":\\"gap\\",\\"coun"],"count":3}\n',
  }
  const sound = {
    stages: '{"_id":"good","panic":true,"featured":null}\n',
    sources: `{"_id":"good.twitch","channelId":"good","source":${sourceOf('good')}}\n`,
    waiting: '{"_id":"good","texts":["{}"],"count":1}\n',
  }
  const files = ['stages', 'sources', 'waiting'] as const
  for (const file of files) await appendFile(join(dataDir, `${file}.db`), damaged[file] + sound[file])
  const stores = await open()
  const [stages, sources, waiting] = [
    await stores.stages.all(),
    await stores.sources.all(),
    await stores.webhooks.waiting(),
  ]
  await stores.close()
  assert.equal(
    [[...stages.keys()], sources.map(({ channelId }) => channelId), waiting.map(({ id }) => id)],
    [['good'], ['good'], ['good']],
  )
  for (const file of files) assert.is(await readFile(join(dataDir, `${file}.db.aside`), 'utf8'), damaged[file])
  await rm(dataDir, { recursive: true })
})

test.run()
