import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Deed } from '../../../../server/stores/moderation.ts'
import { KEEP_DEEDS_MS, MAX_DEEDS } from '../../../../server/stores/moderation.ts'
import { openEmbedded } from '../../../../server/stores/nedb/index.ts'

const test = suite('stores/nedb: deeds')
const NOW = 1_900_000_000_000

async function logged(run: (dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'crosschat-deeds-'))
  await run(dataDir).finally(() => rm(dataDir, { recursive: true }))
}
const open = (dataDir: string, now: number) => openEmbedded({ dataDir, keepFree: 0, note: () => {}, now: () => now })

function deed(id: string, at: number, channelId = 'c'): Deed {
  const by = { kind: 'dock', id: 'd1', name: 'Side' } as const
  const bare = { target: null, author: null, text: null, undoes: null, undoneBy: null }
  return { id, channelId, at, by, what: 'clear', ...bare }
}

test('keeps only the newest of a channel, and leaves others alone', () =>
  logged(async (dataDir) => {
    const stores = await open(dataDir, NOW)
    await stores.deeds.add(deed('other', NOW - 1_000_000, 'd'))
    for (let nth = 0; nth <= MAX_DEEDS; nth++) await stores.deeds.add(deed(`n${nth}`, NOW - MAX_DEEDS + nth))
    const { items, next } = await stores.deeds.page('c', MAX_DEEDS + 5, null)
    assert.is(items.length, MAX_DEEDS)
    assert.equal([items[0]?.id, items.at(-1)?.id, next], [`n${MAX_DEEDS}`, 'n1', null])
    assert.is((await stores.deeds.page('d', 5, null)).items.length, 1)
    await stores.close()
  }))

test('leaves no words of a channel that is gone in its file', () =>
  logged(async (dataDir) => {
    const stores = await open(dataDir, NOW)
    await stores.deeds.add({ ...deed('theirs', NOW), text: 'a secret' })
    await stores.deeds.add(deed('other', NOW, 'd'))
    await stores.deeds.forget('c')
    assert.not.match(await readFile(join(dataDir, 'deeds.db'), 'utf8'), /secret/)
    assert.is((await stores.deeds.page('d', 5, null)).items.length, 1)
    await stores.close()
  }))

test('forgets after 90 days, whether or not anything happens meanwhile', () =>
  logged(async (dataDir) => {
    const before = await open(dataDir, NOW)
    await before.deeds.add(deed('old', NOW))
    await before.deeds.add(deed('young', NOW + 1_000))
    await before.close()
    const later = await open(dataDir, NOW + KEEP_DEEDS_MS + 500)
    const { items } = await later.deeds.page('c', 5, null)
    assert.equal(
      items.map(({ id }) => id),
      ['young'],
    )
    await later.close()
  }))

test.run()
