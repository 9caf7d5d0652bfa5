import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PURGE_EVERY, TOMBSTONE_FOR } from '../../../../server/stores/accounts.ts'
import { makePlace } from '../../../../server/stores/nedb/place.ts'
import { openSessions } from '../../../../server/stores/nedb/sessions.ts'
import { Disk, inFolder } from '../../../workers/keeping/folder.ts'
import { refused } from '../contract/driver.ts'

const sessions = suite('sessions in NeDB')
const HOUR = 60 * 60 * 1_000

/** A clock that stands until it is set. */
function clock(): { now: () => number; at: number } {
  const time = { at: 1_000_000, now: () => time.at }
  return time
}

sessions('drops what has expired, tombstones too, when it opens and as time goes by', () =>
  inFolder(async (folder) => {
    const time = clock()
    const place = makePlace(folder, new Disk(folder), () => undefined, time.now)
    const store = await openSessions(place)
    const session = { id: 'a', data: { accountId: 'x' }, expiresAt: time.at + HOUR }
    await store.set(session)
    time.at += HOUR
    assert.is(await store.get('a'), null)
    await store.destroy('b')
    time.at += TOMBSTONE_FOR - 1
    await store.set({ ...session, id: 'c', expiresAt: time.at + 48 * HOUR })
    await store.set({ ...session, id: 'b', expiresAt: time.at + 48 * HOUR })
    assert.is(await store.get('b'), null)
    time.at += TOMBSTONE_FOR + PURGE_EVERY
    await store.close()
    const again = await openSessions(place)
    await again.close()
    const last = await openSessions(place)
    const lines = (await readFile(join(folder, 'sessions.db'), 'utf8'))
      .split('\n')
      .filter((line) => line.includes('"_id"'))
    assert.is(lines.length, 1)
    assert.match(lines[0] ?? '', '"_id":"c"')
    await last.close()
  }),
)

sessions('are still known on a full disk, and a change is refused', () =>
  inFolder(async (folder) => {
    const disk = new Disk(folder)
    const place = makePlace(folder, disk, () => undefined, Date.now)
    const store = await openSessions(place)
    const session = { id: 'a', data: { accountId: 'x' }, expiresAt: Date.now() + HOUR }
    await store.set(session)
    disk.full = true
    await refused('storage_failed', store.set({ ...session, id: 'b' }))
    await refused('storage_failed', store.destroy('a'))
    assert.equal(await store.get('a'), session)
    disk.full = false
    await store.destroy('a')
    assert.is(await store.get('a'), null)
    await store.close()
  }),
)

sessions('say after the end that the server stops, and not that the disk fails', () =>
  inFolder(async (folder) => {
    const store = await openSessions(makePlace(folder, new Disk(folder), () => undefined, Date.now))
    await store.close()
    await refused('stopping', store.get('a'))
    await refused('stopping', store.destroy('a'))
  }),
)

sessions('never takes an object for an id', () =>
  inFolder(async (folder) => {
    const store = await openSessions(makePlace(folder, new Disk(folder), () => undefined, Date.now))
    await store.set({ id: 'a', data: {}, expiresAt: Date.now() + HOUR })
    const anything: unknown = { $ne: null }
    await refused('storage_failed', store.get(anything as string))
    await store.close()
  }),
)

sessions.run()
