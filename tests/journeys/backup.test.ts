import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { InstanceView } from '../../server/api/instance.ts'
import type { ProducedView } from '../../server/api/sources.ts'
import { crosschat } from '../help/command.ts'
import { exports, furnished, lines, messageIds, shown } from '../help/furnished.ts'
import { Listener } from '../help/listener.ts'
import { NOWHERE } from '../help/outside.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** More than one segment of a transcript holds. */
const PAST_MESSAGES = 5_100

const test = suite<{ dataDir: string; file: string; elsewhere: string; remove(): Promise<void> }>('backup and restore')
test.before.each(async (context) => {
  const data = await temporaryData()
  context.dataDir = join(data.path, 'data')
  context.elsewhere = join(data.path, 'elsewhere')
  context.file = join(data.path, 'kept.tar.gz')
  context.remove = data.remove
})

const running = new Set<RunningServer>()
test.after.each(async ({ remove }) => {
  for (const server of running) await server.end('SIGKILL')
  running.clear()
  await remove()
})

async function start(dataDir: string): Promise<RunningServer> {
  const server = await startServer({ dataDir, env: NOWHERE })
  running.add(server)
  return server
}

/** Pushes without a pause until it is told to stop; `archived` grows by what was answered to be in the file. */
function feed(panel: Panel): { archived: string[]; enough(count: number): Promise<void>; stop(): Promise<void> } {
  const archived: string[] = []
  let on = true
  let heard: () => void = () => undefined
  const run = async () => {
    for (let nth = 0; on; nth += 5) {
      const { events, archived: kept }: ProducedView = await panel.pushLines(lines('live', nth, 5))
      if (kept) archived.push(...events.map(({ id }) => id))
      heard()
    }
  }
  const fed = run()
  return {
    archived,
    async enough(count) {
      while (archived.length < count) {
        const next = new Promise<void>((resolve) => {
          heard = resolve
        })
        await Promise.race([next, fed])
      }
    },
    async stop() {
      on = false
      await fed
    },
  }
}

test('bring a running server back somewhere else, with everything that was archived before', async (context) => {
  const { dataDir, elsewhere, file } = context
  const first = await start(dataDir)
  const { owner, past } = await furnished(first, PAST_MESSAGES)
  const { key } = await owner.overlay()
  const before = { shown: await shown(owner), exports: await exports(owner, past) }
  const live = await owner.startStream('A live stream')
  const feeding = feed(owner)
  await feeding.enough(50)
  const promised = [...feeding.archived]
  const saved = await crosschat(['backup', file], { DATA_DIR: dataDir })
  assert.is(saved.code, 0, saved.complained)
  assert.match(saved.complained, /password hashes and the secret/)
  const { backup } = await owner.json<InstanceView>('GET', '/api/instance')
  assert.ok(backup !== null && backup.bytes > 0, 'the server knows of the backup that another process made')
  assert.is((await stat(file)).mode & 0o777, 0o600)
  await feeding.enough(feeding.archived.length + 50)
  await feeding.stop()
  const overlay = await Listener.open(first.base, key)
  const seen = { epoch: overlay.epoch, seq: overlay.seq }
  overlay.close()
  await first.end('SIGKILL')

  const restored = await crosschat(['restore', file], { DATA_DIR: elsewhere })
  assert.is(restored.code, 0, restored.complained)
  const second = await start(elsewhere)
  assert.is((await owner.at(second.base).call('GET', '/api/auth/me')).status, 401, 'sessions do not come back')
  const again = await Panel.login(second.base, 'Mossy_Otter')
  assert.equal(await shown(again), before.shown)
  assert.equal(await exports(again, past), before.exports)
  const transcript = await messageIds(again, live.id)
  assert.equal(transcript.slice(0, promised.length), promised)
  assert.ok(feeding.archived.length > transcript.length, 'it is the backup, not the folder')

  // An overlay that saw more than the backup has starts anew, and the stream goes on.
  const returned = await Listener.open(second.base, key, seen)
  assert.is(returned.welcome?.recovered, false)
  assert.is(returned.welcome?.stream.live, true)
  const pushed = await again.pushLines([ircLine('after', 'back again')])
  assert.is(pushed.archived, true)
  await returned.until(() => returned.events.some(({ id }) => id === 'twitch:after'))
  assert.equal(await messageIds(again, live.id), [...transcript, 'twitch:after'])
  returned.close()
  await second.end('SIGKILL')
})

test('refuse a folder in use, a folder that is not empty, and a file that exists', async ({
  dataDir,
  elsewhere,
  file,
}) => {
  const env = { DATA_DIR: dataDir }
  const nothing = await crosschat(['backup', file], env)
  assert.is(nothing.code, 1)
  assert.match(nothing.complained, /holds nothing of CrossChat\. \(not_found\)/)
  const server = await start(dataDir)
  await Panel.register(server.base, 'Mossy_Otter')
  await writeFile(`${file}.any`, '')
  const inUse = await crosschat(['restore', `${file}.any`, '--replace'], env)
  assert.is(inUse.code, 1)
  assert.match(inUse.complained, /is in use by the process \d+/)
  assert.is((await new Panel(server.base).call('GET', '/readyz')).status, 200)
  await server.end()

  assert.is((await crosschat(['backup', file], env)).code, 0)
  const bytes = await readFile(file)
  assert.match((await crosschat(['backup', file], env)).complained, /exists already.*\(file_exists\)/)
  assert.equal(await readFile(file), bytes)
  const refused = await crosschat(['restore', file], env)
  assert.is(refused.code, 1)
  assert.match(refused.complained, /is not empty.*--replace.*\(folder_not_empty\)/)
  const nowhere = await crosschat(['backup', join(elsewhere, 'x')], env)
  assert.match(nowhere.complained, /No backup was made\. \(storage_failed\)/)
})

test('move aside what stood there with --replace, and change nothing when the backup is cut short', async (context) => {
  const { dataDir, file } = context
  const env = { DATA_DIR: dataDir }
  const server = await start(dataDir)
  await Panel.register(server.base, 'Mossy_Otter')
  assert.is((await crosschat(['backup', file], env)).code, 0)
  await Panel.register(server.base, 'Noodle_Knight')
  await server.end()
  await writeFile(join(dataDir, 'README.md'), 'a page of the repository')

  const torn = `${file}.torn`
  await writeFile(torn, (await readFile(file)).subarray(0, -20))
  const before = (await readdir(dataDir)).sort()
  const refused = await crosschat(['restore', torn, '--replace'], env)
  assert.is(refused.code, 1)
  assert.match(refused.complained, /Nothing was changed\. \(bad_backup\)/)
  assert.equal((await readdir(dataDir)).sort(), before)

  const { code, complained } = await crosschat(['restore', file, '--replace'], env)
  assert.is(code, 0, complained)
  const aside = /What stood there is in (\S+);/.exec(complained)?.[1] ?? ''
  assert.ok((await readdir(aside)).includes('accounts.db'))
  assert.ok((await readdir(dataDir)).includes('README.md'))
  const after = await start(dataDir)
  await Panel.login(after.base, 'Mossy_Otter')
  const gone = { username: 'Noodle_Knight', password: 'plain long password' }
  assert.is((await new Panel(after.base).call('POST', '/api/auth/login', gone)).status, 401)
})

test.run()
