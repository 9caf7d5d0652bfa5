import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Archive } from '../../../workers/archive/archive.ts'
import { BadRequest } from '../../../workers/archive/bad-request.ts'
import { SEGMENT_EVENTS } from '../../../workers/archive/segment.ts'
import { SCAN_ROWS } from '../../../workers/archive/transcript.ts'
import type { Archived, Filter } from '../../../workers/archive/words.ts'
import type { ChatEvent, Part } from '../../../workers/message.ts'
import { inFolder } from '../keeping/folder.ts'
import { authorOf, batchOf, clearOf, messageOf, messages, noticeOf, removeOf, restoreOf } from './events.ts'

const archive = suite('archive')
const S = 's1'

async function start(folder: string, notes: string[] = []): Promise<Archive> {
  return Archive.start({ folder, remembered: 10_000, keepFree: 0 }, (_, text) => void notes.push(text))
}

/** Appends to a fresh archive, closes it, and leaves its files. */
async function written(folder: string, ...batches: [epoch: string, events: ChatEvent[]][]): Promise<void> {
  const house = await start(folder)
  for (const [epoch, events] of batches) await house.append({ batch: batchOf(S, epoch, events) })
  await house.close()
}

async function all(house: Archive, filter: Filter = {}, limit = 700): Promise<Archived[]> {
  const items: Archived[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<Archive['page']>> = await house.page({ streamId: S, limit, cursor, filter })
    items.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return items
}

async function read(folder: string, filter: Filter = {}): Promise<Archived[]> {
  const house = await start(folder)
  const items = await all(house, filter)
  await house.close()
  return items
}

const seqs = (items: Archived[]) => items.map((item) => (item.kind === 'gap' ? `gap ${item.count}` : item.seq))
const removedSeqs = (items: Archived[]) =>
  items.flatMap((item) => (item.kind !== 'gap' && item.removed !== undefined ? [item.seq] : []))

archive('pages in order across segments and epochs', () =>
  inFolder(async (folder) => {
    const events = messages(1, 12_000)
    const house = await start(folder)
    for (let at = 0; at < events.length; at += 500) {
      await house.append({ batch: batchOf(S, 'e1', events.slice(at, at + 500)) })
    }
    const later = messages(1, 300)
    await house.append({ batch: batchOf(S, 'e2', later) })
    assert.equal(await all(house), [...events, ...later])
    await house.close()
    assert.equal(await read(folder), [...events, ...later])
    const files = (await readdir(join(folder, S))).filter((name) => /^\d+\.db$/.test(name))
    assert.equal(files.sort(), ['0001.db', '0002.db', '0003.db', '0004.db'])
    for (const name of files) {
      const lines = (await readFile(join(folder, S, name), 'utf8')).trimEnd().split('\n').length
      assert.ok(lines <= SEGMENT_EVENTS + 1)
    }
  }),
)

archive('keeps an event once, also when it comes again after its segment was closed', () =>
  inFolder(async (folder) => {
    const house = await start(folder)
    const events = messages(1, 6_000)
    await house.append({ batch: batchOf(S, 'e1', events.slice(0, 4_000)) })
    await house.append({ batch: batchOf(S, 'e1', events.slice(3_900, 5_900)) })
    const answer = await house.append({ batch: batchOf(S, 'e1', events.slice(2_000)) })
    assert.is(answer.messages, 6_000)
    assert.equal(await all(house), events)
    await house.close()
  }),
)

archive('ends a page where its stream is removed while it is read', () =>
  inFolder(async (folder) => {
    for (let round = 0; round < 5; round += 1) {
      await written(
        folder,
        ...Array.from({ length: 20 }, (_, epoch): [string, ChatEvent[]] => [`e${epoch}`, messages(1, 200)]),
      )
      const house = await start(folder)
      const filter = { q: 'nowhere to be found' }
      const [page] = await Promise.all([
        house.page({ streamId: S, limit: 100, cursor: null, filter }),
        house.remove({ streamId: S }),
      ])
      assert.equal(page.items, [])
      await house.close()
    }
  }),
)

archive('takes all of a batch or nothing', () =>
  inFolder(async (folder) => {
    const house = await start(folder)
    const batch = batchOf(S, 'e1', messages(1, 10))
    batch.seqs[9] = 11
    assert.instance(await house.append({ batch }).catch((error: unknown) => error), BadRequest)
    assert.equal(await all(house), [])
    for (const streamId of ['../x', '', 'a/b', 'x'.repeat(65)]) {
      assert.instance(await house.open({ streamId }).catch((error: unknown) => error), BadRequest)
    }
    const cursor = await house
      .page({ streamId: S, limit: 1, cursor: 'zzz', filter: {} })
      .catch((error: unknown) => error)
    assert.instance(cursor, BadRequest)
    await house.close()
  }),
)

archive('marks what a later removal took away, and nothing else', () =>
  inFolder(async (folder) => {
    const ana = authorOf('7', 'Ana')
    const events: ChatEvent[] = [
      messageOf({ seq: 1 }),
      messageOf({ seq: 2, author: ana }),
      messageOf({ seq: 3, author: ana, platform: 'kick', id: 'kick:3' }),
      noticeOf({ seq: 4, author: ana }),
      removeOf({ seq: 5, target: { authorId: '7' } }),
      messageOf({ seq: 6, author: ana }),
      removeOf({ seq: 7, target: { id: 'twitch:m1' }, by: 'panel' }),
      clearOf({ seq: 8, by: 'stream' }),
      messageOf({ seq: 9 }),
      clearOf({ seq: 10, by: 'platform', platform: 'kick' }),
      messageOf({ seq: 11, platform: 'kick', id: 'kick:11' }),
    ]
    const house = await start(folder)
    await house.append({ batch: batchOf(S, 'e1', events) })
    const live = await all(house)
    assert.equal(removedSeqs(live), [1, 2, 3, 4])
    assert.equal(
      live.flatMap((item) => (item.kind !== 'gap' && item.removed !== undefined ? [item.removed.by] : [])),
      ['panel', 'platform', 'platform', 'platform'],
    )
    await house.append({
      batch: batchOf(S, 'e2', [clearOf({ seq: 1, by: 'panel' }), messageOf({ seq: 2, id: 'twitch:n' })]),
    })
    assert.equal(removedSeqs(await all(house)), [1, 2, 3, 4])
    await house.end({ streamId: S })
    assert.equal(removedSeqs(await all(house)), [1, 2, 3, 4])
    await house.close()
    await writeFile(join(folder, S, '0001.marks.db'), 'not what was written')
    assert.equal(removedSeqs(await read(folder)), [1, 2, 3, 4])
  }),
)

archive('takes back what the panel took away, and nothing that the platform did', () =>
  inFolder(async (folder) => {
    const mallow = authorOf('8', 'Mallow')
    const events: ChatEvent[] = [
      messageOf({ seq: 1, author: mallow }),
      messageOf({ seq: 2, author: mallow }),
      messageOf({ seq: 3, author: mallow }),
      messageOf({ seq: 4 }),
      removeOf({ seq: 5, target: { id: 'twitch:m1' }, by: 'panel' }),
      removeOf({ seq: 6, target: { id: 'twitch:m4' }, by: 'panel' }),
      removeOf({ seq: 7, target: { id: 'twitch:m4' } }),
      removeOf({ seq: 8, target: { authorId: '8' }, by: 'panel' }),
      restoreOf({ seq: 9, target: { id: 'twitch:m2' } }),
    ]
    const house = await start(folder)
    await house.append({ batch: batchOf(S, 'e1', events) })
    assert.equal(removedSeqs(await all(house)), [1, 3, 4])
    const more = [
      restoreOf({ seq: 10, target: { authorId: '8' } }),
      restoreOf({ seq: 11, target: { id: 'twitch:m4' } }),
      messageOf({ seq: 12, author: mallow }),
    ]
    await house.append({ batch: batchOf(S, 'e1', more) })
    assert.equal(removedSeqs(await all(house)), [1, 4], 'hidden one by one, or by the platform, stays away')
    await house.append({
      batch: batchOf(S, 'e1', [
        restoreOf({ seq: 13, target: { id: 'twitch:m1' } }),
        removeOf({ seq: 14, target: { authorId: '8' }, by: 'panel' }),
      ]),
    })
    assert.equal(removedSeqs(await all(house)), [1, 2, 3, 4, 12], 'hidden again')
    await house.end({ streamId: S })
    assert.equal(removedSeqs(await all(house)), [1, 2, 3, 4, 12])
    await house.close()
    await writeFile(join(folder, S, '0001.marks.db'), 'not what was written')
    assert.equal(removedSeqs(await read(folder)), [1, 2, 3, 4, 12])
  }),
)

archive('finds by word, author, platform, kind, and leaves simulated events out', () =>
  inFolder(async (folder) => {
    const events: ChatEvent[] = [
      messageOf({ seq: 1, text: 'Grüße an ALLE' }),
      messageOf({ seq: 2, author: authorOf('42', 'Zoë', 'zoe_tv'), platform: 'kick' }),
      noticeOf({ seq: 3, text: 'A gift', parts: [{ type: 'text', text: 'für alle' }], simulated: true }),
      removeOf({ seq: 4, target: { id: 'twitch:none' } }),
    ]
    await written(folder, ['e1', events])
    const house = await start(folder)
    await house.gap({ streamId: S, epoch: 'e1', gap: { kind: 'gap', count: 2, at: 1, reason: 'slow' } })
    const found = async (filter: Filter) => seqs(await all(house, filter))
    assert.equal(await found({ q: 'alle' }), [1, 3])
    assert.equal(await found({ q: 'GRÜSSE' }), [])
    assert.equal(await found({ q: 'zoë' }), [2])
    assert.equal(await found({ author: 'ZOE_tv' }), [2])
    assert.equal(await found({ author: '42' }), [2])
    assert.equal(await found({ author: 'zo' }), [])
    assert.equal(await found({ platform: 'kick' }), [2])
    assert.equal(await found({ kind: 'remove' }), [4])
    assert.equal(await found({ kind: 'gap' }), ['gap 2'])
    assert.equal(await found({ simulated: false }), [1, 2, 4, 'gap 2'])
    assert.equal(await found({}), [1, 2, 3, 4, 'gap 2'])
    await house.close()
  }),
)

archive('gives a cursor when a search has looked at enough', () =>
  inFolder(async (folder) => {
    const needle = messageOf({ seq: SCAN_ROWS + 100, text: 'needle' })
    const house = await start(folder)
    for (let from = 1; from < SCAN_ROWS + 100; from += 1_000) {
      await house.append({ batch: batchOf(S, 'e1', messages(from, Math.min(1_000, SCAN_ROWS + 100 - from))) })
    }
    await house.append({ batch: batchOf(S, 'e1', [needle]) })
    const first = await house.page({ streamId: S, limit: 10, cursor: null, filter: { q: '-line' } })
    assert.equal(first.items, [])
    const second = await house.page({ streamId: S, limit: 10, cursor: first.next, filter: { q: '-line' } })
    assert.equal(second, { items: [needle], next: null })
    await house.close()
  }),
)

archive('passes by what cannot hold a word, and finds it in whatever letters and pieces it was said', () =>
  inFolder(async (folder) => {
    const said = ['LANTERN', 'lanterns', 'T\u0130NY', '30 \u212aelv\u0130n', 'a "quoted\\" lantern', 'nothing']
    const parts: Part[] = ['lan', 'tern'].map((text) => ({ type: 'text', text }))
    const all = [...said.map((text, nth) => messageOf({ seq: nth + 1, text })), noticeOf({ seq: 7, parts })]
    const house = await start(folder)
    await house.append({ batch: batchOf(S, 'e1', all) })
    const found = async (q: string) => {
      const ask = { streamId: S, limit: 10, cursor: null, filter: { q }, budget: SCAN_ROWS }
      return (await house.search(ask)).hits.map(({ event }) => ('seq' in event ? event.seq : 0))
    }
    for (const closed of [false, true]) {
      if (closed) await house.end({ streamId: S })
      const answers = await Promise.all(['lantern', 'kelv', 'ti', '"quoted\\', 'nothing', 'wisp'].map(found))
      assert.equal(answers, [[1, 2, 5, 7], [4], [3], [5], [6], []], closed ? 'closed' : 'open')
    }
    await house.close()
  }),
)

archive('searches as far as its budget and goes on from there, however small that is', () =>
  inFolder(async (folder) => {
    const house = await start(folder)
    await house.append({ batch: batchOf(S, 'e1', messages(1, 300)) })
    await house.end({ streamId: S })
    for (const q of ['line', '-xyz']) {
      const found: number[] = []
      let calls = 0
      for (let cursor: string | null = null; calls === 0 || cursor !== null; calls += 1) {
        const ask = { streamId: S, limit: 500, cursor, filter: { q }, budget: 100 }
        const { hits, next, spent } = await house.search(ask)
        assert.ok(spent >= 100 || next === null, q)
        found.push(...hits.flatMap(({ event }) => ('seq' in event ? [event.seq] : [])))
        cursor = next
      }
      assert.equal(
        found,
        messages(1, 300).map(({ seq }) => seq),
        q,
      )
      assert.ok(calls >= 3 && calls <= 5, `${q}: ${calls}`)
    }
    await house.close()
  }),
)

archive('shows a damaged record as a gap in its place, whichever bit of it flips', () =>
  inFolder(async (folder) => {
    await written(folder, ['e1', messages(1, 5)])
    const path = join(folder, S, '0001.db')
    const bytes = await readFile(path)
    const third = bytes.indexOf('{"_id":"0000000000000003"')
    const fourth = bytes.indexOf('{"_id":"0000000000000004"')
    for (let at = third; at < fourth - 1; at += 1) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
      await writeFile(path, flipped)
      assert.equal(seqs(await read(folder)), [1, 2, 'gap 1', 4, 5], `byte ${at - third}`)
    }
    // The newline itself: nothing is lost.
    const glued = Buffer.from(bytes)
    glued[fourth - 1] = 0x20
    await writeFile(path, glued)
    assert.equal(seqs(await read(folder)), [1, 2, 3, 4, 5])
  }),
)

archive('shows what was released, and tells at the opening what was held', () =>
  inFolder(async (folder) => {
    const held = (seq: number) => messageOf({ seq, hidden: 'held:link', receivedAt: Date.now() })
    const release = restoreOf({ seq: 3, target: { id: 'twitch:m1' }, at: 77, released: true })
    await written(folder, ['e1', [held(1), held(2), release]])
    const house = await start(folder)
    const { held: before } = await house.open({ streamId: S })
    assert.equal(
      before.map(({ seq }) => seq),
      [1, 2, 3],
    )
    const shown = (await all(house)).map((item) => item.kind === 'message' && [item.hidden, item.releasedAt])
    assert.equal(shown.slice(0, 2), [
      [undefined, 77],
      ['held:link', undefined],
    ])
    await house.append({ batch: batchOf(S, 'e1', [removeOf({ seq: 4, target: { id: 'twitch:m1' }, by: 'panel' })]) })
    const [first] = await all(house)
    assert.is(first?.kind === 'message' && first.removed?.by, 'panel', 'and hidden again like any other')
  }),
)

archive('keeps the place of a damaged record when its segment is opened for writing', () =>
  inFolder(async (folder) => {
    await written(folder, ['e1', messages(1, 5)])
    await rm(join(folder, S, 'index.db'))
    const path = join(folder, S, '0001.db')
    const bytes = await readFile(path, 'utf8')
    await writeFile(path, bytes.replace('line 3', 'lime 3'))
    const house = await start(folder)
    assert.equal(await house.open({ streamId: S }), {
      messages: 4,
      ids: [1, 2, 4, 5].map((seq) => `twitch:m${seq}`),
      held: [],
    })
    await house.append({ batch: batchOf(S, 'e1', messages(6, 1)) })
    const items = await all(house)
    assert.equal(seqs(items), [1, 2, 'gap 1', 4, 5, 6])
    assert.equal(items[2], { kind: 'gap', count: 1, at: 2_002, reason: 'damaged' })
    await house.close()
    assert.equal(seqs(await read(folder)), [1, 2, 'gap 1', 4, 5, 6])
    assert.match(await readFile(`${path}.aside`, 'utf8'), 'lime 3')
  }),
)

archive('repairs a tail torn at any byte of the last record, and goes on in the same segment', () =>
  inFolder(async (folder) => {
    await written(folder, ['e1', messages(1, 4)])
    const path = join(folder, S, '0001.db')
    const bytes = await readFile(path)
    const last = bytes.indexOf('{"_id":"0000000000000004"')
    for (let length = last; length <= bytes.length; length += 7) {
      await rm(join(folder, S, 'index.db'), { force: true })
      await rm(join(folder, S, '0002.db'), { force: true })
      await writeFile(path, bytes.subarray(0, length))
      const house = await start(folder)
      assert.equal(seqs(await all(house)), [1, 2, 3])
      await house.append({ batch: batchOf(S, 'e1', messages(4, 2)) })
      assert.equal(seqs(await all(house)), [1, 2, 3, 4, 5], `cut at ${length - last}`)
      await house.close()
    }
  }),
)

archive('reads a stream whose index is gone, and makes it anew', () =>
  inFolder(async (folder) => {
    const events = messages(1, 11_000)
    const removal = removeOf({ seq: 11_001, target: { id: 'twitch:m1' } })
    const batches = [0, 3_000, 6_000, 9_000].map((at) => events.slice(at, at + 3_000))
    await written(folder, ...batches.map((batch): [string, ChatEvent[]] => ['e1', batch]), ['e1', [removal]])
    await rm(join(folder, S, 'index.db'))
    const unopened = await read(folder)
    assert.equal(seqs(unopened), seqs([...events, removal]))
    assert.equal(removedSeqs(unopened), [1])
    const house = await start(folder)
    const { messages: count, ids } = await house.open({ streamId: S })
    assert.is(count, 11_000)
    assert.equal([ids.length, ids[0], ids.at(-1)], [10_000, 'twitch:m1002', 'twitch:m11001'])
    assert.equal(removedSeqs(await all(house)), [1])
    await house.close()
  }),
)

archive('changes nothing on the disk by reading', () =>
  inFolder(async (folder) => {
    await written(folder, ['e1', [...messages(1, 20), removeOf({ seq: 21, target: { id: 'twitch:m1' } })]])
    const state = async () =>
      Promise.all((await readdir(join(folder, S))).map(async (name) => [name, await readFile(join(folder, S, name))]))
    const before = await state()
    await read(folder, { q: 'line' })
    assert.equal(await state(), before)
  }),
)

archive('opens a long stream by its last segment, and gives its first page', () =>
  inFolder(async (folder) => {
    const batches = Array.from({ length: 100 }, (_, nth): [string, ChatEvent[]] => ['e1', messages(1 + nth * 500, 500)])
    await written(folder, ...batches)
    const house = await start(folder)
    assert.is((await house.open({ streamId: S })).messages, 50_000)
    const page = await house.page({ streamId: S, limit: 100, cursor: null, filter: {} })
    assert.equal(page.items, messages(1, 100))
    await house.append({ batch: batchOf(S, 'e2', messages(1, 1)) })
    assert.is((await house.end({ streamId: S })).messages, 50_001)
    await house.close()
  }),
)

archive('finishes a removal that was cut short', () =>
  inFolder(async (folder) => {
    await written(folder, ['e1', messages(1, 3)])
    const house = await start(folder)
    await house.remove({ streamId: S })
    assert.equal(await readdir(folder), [])
    await house.close()
  }),
)

archive('refuses what a full disk cannot take, and takes it when there is room', () =>
  inFolder(async (folder) => {
    await written(folder, ['e1', messages(1, 3)])
    const full = await Archive.start({ folder, remembered: 10, keepFree: Number.MAX_SAFE_INTEGER }, () => undefined)
    const opened = await full.open({ streamId: S })
    assert.is(opened.messages, 3)
    const refusal = await full.append({ batch: batchOf(S, 'e1', messages(4, 1)) }).catch((error: unknown) => error)
    assert.is(refusal instanceof Error && refusal.name, 'StorageError')
    assert.equal(seqs(await all(full)), [1, 2, 3])
    await full.close()
    const house = await start(folder)
    await house.append({ batch: batchOf(S, 'e1', messages(4, 1)) })
    assert.equal(seqs(await all(house)), [1, 2, 3, 4])
    await house.close()
  }),
)

archive.run()
