import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createLog } from '../../server/log.ts'
import { Quarantine } from '../../server/quarantine.ts'
import type { HookJob } from '../../workers/job.ts'
import { temporaryData } from '../help/server.ts'

const DELIVERY: HookJob = {
  type: 'hook',
  job: 7,
  channel: 1,
  receivedAt: 5,
  delivery: 'boot-7',
  platform: 'testtube',
  bytes: Buffer.from('{"a":1}'),
  headers: { 'content-type': 'application/json' },
  source: { name: 'cool_channel', options: { apiKey: 'a secret of the streamer' }, facts: {} },
}

const test = suite('quarantine')

test('keeps a signed delivery readable, without the secrets of the streamer it is for', async () => {
  const data = await temporaryData()
  new Quarantine(data.path, createLog('silent')).keep(DELIVERY)
  const folder = join(data.path, 'quarantine')
  while (!existsSync(folder) || (await readdir(folder)).length === 0) await new Promise(setImmediate)
  const file = join(folder, 'boot-7.json')
  let text = ''
  while (!text.endsWith('}')) text = await readFile(file, 'utf8')
  const { job } = JSON.parse(text)
  assert.is(Buffer.from(job.bytes, 'base64').toString(), '{"a":1}')
  assert.equal([job.platform, job.source], ['testtube', 'cool_channel'])
  assert.not.match(text, /secret of the streamer/)
  assert.is((await stat(file)).mode & 0o777, 0o600)
  await data.remove()
})

test.run()
