import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DEFAULT_SETTINGS } from '../../../../server/look-defaults.ts'
import { openEmbedded } from '../../../../server/stores/nedb/index.ts'
import { openPostgres } from '../../../../server/stores/postgres/index.ts'
import { NO_RULES } from '../../../../workers/ruled.ts'
import { crosschat } from '../../../help/command.ts'
import { postgresBin, startPostgres } from '../../../help/postgres.ts'
import { temporaryData } from '../../../help/server.ts'
import { torment } from '../../../soak/move/torment.ts'
import { batchOf, messageOf, messages, removeOf } from '../../../workers/archive/events.ts'
import { transcript } from '../contract/driver.ts'

const bin = postgresBin('moving into PostgreSQL')
const test = suite('moving into PostgreSQL')
const ENTRY = fileURLToPath(new URL('../../../../dist/server/index.js', import.meta.url))
const STREAMS = 5
const channelId = randomUUID()
/** Somebody about whom others wrote. */
const GONE = 'Gone Goose'
const HAND = { kind: 'account', id: 'a', name: 'Mira' } as const
/** Platforms have no such ids; the API takes them. */
const ODD_IDS = ['a\u0000b', '\ud800', '\uf8ff0000']

/** Some of what an installation has, with what a database might stumble over. */
async function furnish(dataDir: string): Promise<string[]> {
  const stores = await openEmbedded({ dataDir, keepFree: 0, note: () => undefined })
  const account = { id: 'a', username: 'Mira', handle: 'mira', passwordHash: 'h', owner: true, sessionEpoch: 1 }
  await stores.accounts.insert({ ...account, createdAt: 1 })
  await stores.channels.insert({ id: channelId, accountId: 'a', name: 'O\'Mira "$1"', rules: NO_RULES, createdAt: 1 })
  await stores.overlays.insert({
    id: 'o',
    channelId,
    name: 'Zoë 💚',
    settings: DEFAULT_SETTINGS,
    keyVersion: 1,
    createdAt: 1,
  })
  await stores.stages.put(channelId, {
    panic: false,
    slow: true,
    featured: messageOf({ seq: 1, text: '\u0000 \ud800' }),
  })
  for (const authorId of ODD_IDS)
    await stores.people.add({ channelId, platform: 'twitch', authorId, name: '', note: 'odd', at: 1, by: HAND })
  await stores.sessions.set({ id: 's', data: { accountId: 'a', 'a.b': 1 }, expiresAt: Date.now() + 60_000 })
  await stores.sessions.destroy('gone')
  const ids = Array.from({ length: STREAMS }, () => randomUUID())
  for (const [nth, id] of ids.entries()) {
    const endedAt = nth === STREAMS - 1 ? null : nth + 1
    await stores.streams.insert({ id, channelId, title: `${nth}`, startedAt: nth, endedAt, messages: 2_000 })
    await stores.archive.append(batchOf(id, 'e1', messages(1, 2_000)))
    await stores.archive.gap(id, 'e1', { kind: 'gap', count: 3, at: 5, reason: 'slow' })
    // Files take a message again under another number, where the line has not kept it from them.
    const odd = [
      messageOf({ seq: 2_001, id: 'twitch:m7', text: '"\\\u2028💚' }),
      removeOf({ seq: 2_002, target: { id: 'twitch:m5' } }),
      ...[2_003, 2_004].map((seq) =>
        messageOf({ seq, id: 'twitch:twice', reply: { id: 'twitch:m1', author: GONE, text: 'hoot' } }),
      ),
    ]
    await stores.archive.append(batchOf(id, 'e2', odd))
    await stores.archive.end(id)
  }
  await stores.archive.erase(ids[0] ?? '', { platform: 'twitch', authorId: 'u1', names: [] })
  await stores.close()
  return ids
}

/** Runs `crosschat move` and kills it when it says this. */
async function killedAt(said: RegExp, env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [ENTRY, 'move'], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  for await (const line of createInterface(child.stderr)) if (said.test(line)) child.kill('SIGKILL')
  const [, signal] = await ended
  assert.is(signal, 'SIGKILL')
}

test('goes on where it was killed, starts nowhere half done, and ends with the same in both', async () => {
  const data = await temporaryData()
  const dataDir = join(data.path, 'data')
  const ids = await furnish(dataDir)
  const url = await (await startPostgres(bin ?? '')).database()
  const env = { DATA_DIR: dataDir, DATABASE_URL: url }
  await killedAt(/are over\. Transcripts follow/, env)
  await killedAt(/^Transcript 3 of 5/, env)
  const half = await crosschat(['start'], env)
  assert.is(half.code, 1)
  assert.match(half.complained, /A move into this database is not finished\. Run crosschat move again first\./)
  const whole = await crosschat(['move'], env)
  assert.is(whole.code, 0, whole.complained)
  assert.match(whole.complained, /Transcript 2 of 5: 2005 events, there already\./)
  assert.match(whole.complained, /10025 events of 5 transcripts are in the database; every count and sum agrees/)
  const [before, after] = [
    await openEmbedded({ dataDir, keepFree: 0, note: () => undefined }),
    await openPostgres({ url, note: () => undefined }),
  ]
  for (const id of ids) assert.equal(await transcript(after, id), await transcript(before, id))
  assert.equal(await after.stages.all(), await before.stages.all())
  assert.equal(await after.streams.live(), await before.streams.live())
  assert.equal((await after.archive.open(ids[4] ?? '')).ids, (await before.archive.open(ids[4] ?? '')).ids)
  for (const authorId of ODD_IDS)
    assert.is((await after.people.note(channelId, 'twitch', authorId, 'known'))?.note, 'known')
  const gone = { platform: 'twitch', authorId: 'u9', names: [GONE] }
  for (const { archive } of [before, after]) await archive.erase(ids[0] ?? '', gone)
  assert.equal(await transcript(after, ids[0] ?? ''), await transcript(before, ids[0] ?? ''))
  await Promise.all([before.close(), after.close()])
  await data.remove()
})

test('leaves the same in the database after a server in its way, a kill while it compares and an end of PostgreSQL', async () => {
  const order = { events: 2_000, kills: 1, seed: 7, undisturbed: false, bin: bin ?? '', tell: () => undefined }
  const { faults, compared, installation } = await torment(order)
  assert.equal(faults, [])
  assert.ok(compared.events > order.events && compared.events === installation.records)
})

test('says where there is nothing to move', async () => {
  const data = await temporaryData()
  const nothing = await crosschat(['move', '--to', 'postgres://x@127.0.0.1:1/chat'], { DATA_DIR: data.path })
  assert.match(nothing.complained, /There is no installation in /)
  const nowhere = await crosschat(['move'], { DATA_DIR: data.path })
  assert.match(nowhere.complained, /Say where to: crosschat move --to postgres/)
  const wrong = await crosschat(['move', '--to', 'mysql://x@y/z'], { DATA_DIR: data.path })
  assert.match(wrong.complained, /--to must be an address as postgres:.*Nothing was changed/)
  await data.remove()
})

if (bin !== null) test.run()
