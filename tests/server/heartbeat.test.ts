import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Heartbeat } from '../../server/heartbeat.ts'
import { createLog } from '../../server/log.ts'
import { temporaryData } from '../help/server.ts'

const NOTHING = { at: null, away: {} }
const log = createLog('silent')

const test = suite<{ path: string; remove(): Promise<void> }>('heartbeat')
test.before.each(async (context) => {
  Object.assign(context, await temporaryData())
})
test.after.each(({ remove }) => remove())

test('tells the next process when this one ended, and since when those were away that it did not hear', async ({
  path,
}) => {
  const before = Date.now()
  const first = new Heartbeat(path, log)
  first.away = () => ({ 'c.kick': before - 5_000, 'c.youtube': null })
  assert.equal(await first.last(), NOTHING)
  first.begin()
  await first.stop()
  const last = await new Heartbeat(path, log).last()
  assert.ok((last.at ?? 0) >= before && (last.at ?? 0) <= Date.now())
  assert.equal(last.away, { 'c.kick': before - 5_000, 'c.youtube': null })
  assert.is((await stat(join(path, 'heartbeat'))).mode & 0o777, 0o600)
  assert.equal(await readdir(path), ['heartbeat'])
})

test('leaves what stands when it never began', async ({ path }) => {
  await writeFile(join(path, 'heartbeat'), '{"at":5,"away":{}}')
  await new Heartbeat(path, log).stop()
  assert.is(await readFile(join(path, 'heartbeat'), 'utf8'), '{"at":5,"away":{}}')
})

test('tells nothing when the file is damaged, and that of the future as of now, so that a break is told', async ({
  path,
}) => {
  const future = Date.now() + 60_000
  for (const text of ['', '{', 'null', '5', '[]', '{"at":"5"}', '{"at":-1}', '{"at":1.5}']) {
    await writeFile(join(path, 'heartbeat'), text)
    assert.equal(await new Heartbeat(path, log).last(), NOTHING, text)
  }
  for (const away of ['null', '5', '"x"', '{"c.kick":"x"}']) {
    await writeFile(join(path, 'heartbeat'), `{"at":5,"away":${away}}`)
    const last = await new Heartbeat(path, log).last()
    assert.is(last.at, 5)
    assert.is(last.away['c.kick'] ?? null, null, away)
  }
  await writeFile(join(path, 'heartbeat'), `{"at":${future},"away":{"c.kick":${future}}}`)
  const before = Date.now()
  const { at, away } = await new Heartbeat(path, log).last()
  for (const each of [at, away['c.kick']]) assert.ok(Number(each) >= before && Number(each) <= Date.now())
})

test('goes on when its file cannot be written', async ({ path }) => {
  await mkdir(join(path, 'heartbeat'))
  const heartbeat = new Heartbeat(path, log)
  heartbeat.begin()
  await heartbeat.stop()
})

test.run()
