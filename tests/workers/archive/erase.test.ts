import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Archive } from '../../../workers/archive/archive.ts'
import type { Archived } from '../../../workers/archive/words.ts'
import type { ChatEvent } from '../../../workers/message.ts'
import { inFolder } from '../keeping/folder.ts'
import { authorOf, batchOf, messageOf, noticeOf, removeOf, restoreOf } from './events.ts'

const test = suite('erasing a person')
const S = 's1'
const WHO = { platform: 'twitch', authorId: 'u-77' }
const owl = { ...authorOf('u-77', 'Night_Owl', 'night_owl'), color: '#1e90ff', avatar: 'https://example.org/owl.png' }
const reply = { id: 'twitch:m2', author: 'Night_Owl', text: 'owls are quiet' }

const EVENTS: ChatEvent[] = [
  messageOf({ seq: 1, text: 'good evening' }),
  messageOf({ seq: 2, text: 'owls are quiet', author: owl }),
  messageOf({ seq: 3, text: 'so they are', reply }),
  messageOf({
    ...{ seq: 4, text: '@night_owl hello' },
    parts: [
      { type: 'mention', text: '@night_owl' },
      { type: 'text', text: ' hello' },
    ],
  }),
  noticeOf({ seq: 5, what: 'gift', text: 'Mira gifts a sub to Night_Owl.', recipient: 'Night_Owl' }),
  removeOf({ seq: 6, target: { authorId: 'u-77' }, by: 'panel' }),
  removeOf({ seq: 7, target: { id: 'twitch:m1' } }),
  messageOf({ seq: 8, text: 'another u-77', platform: 'kick', author: authorOf('u-77', 'Somebody') }),
  noticeOf({ seq: 9, what: 'sub', text: 'Night_Owl subscribes.', author: owl }),
  restoreOf({
    seq: 10,
    target: { authorId: 'u-77' },
    events: [messageOf({ seq: 2, text: 'owls', author: owl }) as never],
  }),
]

const start = (folder: string) => Archive.start({ folder, remembered: 100, keepFree: 0 }, () => undefined)

async function written(folder: string): Promise<void> {
  const house = await start(folder)
  await house.append({ batch: batchOf(S, 'e1', EVENTS.slice(0, 5)) })
  await house.append({ batch: batchOf(S, 'e2', EVENTS.slice(5)) })
  await house.close()
}

const page = async (house: Archive) => (await house.page({ streamId: S, limit: 100, cursor: null, filter: {} })).items
/** As the server does it: for what is theirs, and once more for what others wrote about them. */
async function erase(house: Archive): Promise<{ events: number; names: string[] }> {
  const first = await house.erase({ streamId: S, ...WHO, names: [] })
  await house.erase({ streamId: S, ...WHO, names: first.names })
  return first
}

/** Everything that stands in the stream's files. */
async function onDisk(folder: string): Promise<string> {
  const names = await readdir(join(folder, S))
  return (await Promise.all(names.map((name) => readFile(join(folder, S, name), 'utf8')))).join('\n')
}

function checkErased(items: Archived[]): void {
  assert.is(items.length, EVENTS.length, 'every row keeps its place')
  const text = JSON.stringify(items).replace(JSON.stringify(EVENTS[7]).slice(1, -1), '')
  for (const trace of ['night_owl', 'Night_Owl', 'owls', 'owl.png', '1e90ff', 'u-77', 'twitch:m2"']) {
    assert.not.ok(text.includes(trace), trace)
  }
  const [first, own, answer, mention, gift, , , other, sub] = items
  assert.equal(first, { ...EVENTS[0], removed: { at: 1_007, by: 'platform' } }, 'other removals stand')
  assert.ok(own?.kind === 'message' && own.hidden === 'erased' && own.text === '' && own.seq === 2)
  assert.ok(answer?.kind === 'message' && answer.text === 'so they are' && answer.reply === undefined)
  assert.ok(mention?.kind === 'message' && mention.text === '@erased hello')
  assert.is(mention.parts.map(({ text: each }) => each).join(''), mention.text)
  assert.ok(gift?.kind === 'notice' && gift.hidden === 'erased')
  assert.equal(other, EVENTS[7], 'the same id on another platform is somebody else')
  assert.ok(sub?.kind === 'notice' && sub.hidden === 'erased' && sub.author === undefined)
}

test('leaves their rows as empty places, and nothing of them in any file', () =>
  inFolder(async (folder) => {
    await written(folder)
    const house = await start(folder)
    const before = await page(house)
    assert.equal(await erase(house), { events: 2, names: ['Night_Owl', 'night_owl'] })
    checkErased(await page(house))
    assert.is(before.length, EVENTS.length)
    assert.is((await house.open({ streamId: S })).messages, 7, 'they still count')
    await house.close()
    const files = await onDisk(folder)
    for (const trace of ['ight_owl', 'ight_Owl', 'owls', 'owl.png']) assert.not.ok(files.includes(trace), trace)
    assert.is(files.match(/u-77/g)?.length, 3, 'only the other one: as an author, in parts and in words')
    const again = await start(folder)
    checkErased(await page(again))
    assert.equal(await erase(again), { events: 0, names: [] }, 'nothing is left to do')
    await again.close()
  }))

test('reaches the stream that runs, which goes on behind it', () =>
  inFolder(async (folder) => {
    const house = await start(folder)
    await house.append({ batch: batchOf(S, 'e1', EVENTS) })
    const at = await house.page({ streamId: S, limit: 3, cursor: null, filter: {} })
    await erase(house)
    checkErased(await page(house))
    await house.append({ batch: batchOf(S, 'e1', [messageOf({ seq: 11, text: 'and on' })]) })
    const rest = await house.page({ streamId: S, limit: 100, cursor: at.next, filter: {} })
    assert.equal(
      rest.items.map((item) => (item.kind === 'gap' ? 0 : item.seq)),
      [4, 5, 6, 7, 8, 9, 10, 11],
      'a cursor from before is still true',
    )
    await house.close()
  }))

test('goes on where a kill left it: between a segment and its marks, and with half a file beside it', () =>
  inFolder(async (folder) => {
    await written(folder)
    const segment = join(folder, S, '0002.db')
    const marks = join(folder, S, '0002.marks.db')
    const before = await readFile(marks)
    const first = await start(folder)
    await erase(first)
    await first.close()
    await writeFile(marks, before)
    await writeFile(`${segment}.erasing`, 'half of')
    const house = await start(folder)
    await erase(house)
    checkErased(await page(house))
    await house.close()
    assert.not.ok((await readFile(marks, 'utf8').catch(() => '')).includes('u-77'))
  }))

test('makes no folder for a stream that is none', () =>
  inFolder(async (folder) => {
    const house = await start(folder)
    assert.equal(await house.erase({ streamId: 'nothing', ...WHO, names: [] }), { events: 0, names: [] })
    assert.equal(await readdir(folder), [])
    await house.close()
  }))

test.run()
