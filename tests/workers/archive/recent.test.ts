import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Archive } from '../../../workers/archive/archive.ts'
import type { Recent } from '../../../workers/archive/words.ts'
import { authorMark, fingerprint } from '../../../workers/fingerprint.ts'
import { KINDS } from '../../../workers/message.ts'
import { FLAG } from '../../../workers/queue/record.ts'
import { inFolder } from '../keeping/folder.ts'
import { batchOf, messageOf, messages, removeOf } from './events.ts'

const test = suite('newest events of a stream')
const S = 's1'
const BYTES = 1_000_000

const start = (folder: string) => Archive.start({ folder, remembered: 10, keepFree: 0 }, () => undefined)
const places = ({ heads }: Recent) => heads.map(({ epoch, seq }) => `${epoch} ${seq}`)

function texts({ bytes, ends }: Recent): unknown[] {
  const buffer = Buffer.from(bytes)
  return [...ends].map((end, nth) => JSON.parse(buffer.toString('utf8', nth === 0 ? 0 : ends[nth - 1], end)))
}

test('come oldest first over epochs that count on, with what their records in the ring said', () =>
  inFolder(async (folder) => {
    const before = await start(folder)
    const target = { authorId: 'u1' }
    const events = [
      ...messages(1, 3),
      removeOf({ seq: 4, target, by: 'panel' }),
      messageOf({ seq: 5, hidden: 'links' }),
    ]
    await before.append({ batch: batchOf(S, 'e1', events.slice(0, 3)) })
    await before.gap({ streamId: S, epoch: 'e1', gap: { kind: 'gap', count: 2, at: 1, reason: 'slow' } })
    await before.append({ batch: batchOf(S, 'e2', events.slice(3)) })
    await before.close()
    const house = await start(folder)
    const recent = await house.recent({ streamId: S, events: 4, bytes: BYTES })
    assert.equal(places(recent), ['e1 2', 'e1 3', 'e2 4', 'e2 5'])
    assert.equal(texts(recent), events.slice(1))
    const [first, , removal, hidden] = recent.heads
    const mark = authorMark('twitch', 'u1')
    assert.equal([first?.id, first?.author, first?.receivedAt], [fingerprint('twitch:m2'), mark, 2_002])
    assert.equal([removal?.kind, removal?.target], [KINDS.indexOf('remove'), mark])
    assert.equal([removal?.flags, hidden?.flags], [FLAG.byAuthor | FLAG.byPanel, FLAG.hidden])
    await house.close()
  }))

test('end where an earlier process began to count anew, and at so many bytes', () =>
  inFolder(async (folder) => {
    const house = await start(folder)
    await house.append({ batch: batchOf(S, 'e1', messages(1, 9)) })
    await house.append({ batch: batchOf(S, 'e2', messages(1, 3)) })
    const recent = await house.recent({ streamId: S, events: 500, bytes: BYTES })
    assert.equal(places(recent), ['e2 1', 'e2 2', 'e2 3'])
    const bytes = JSON.stringify(messageOf({ seq: 1 })).length
    assert.equal(places(await house.recent({ streamId: S, events: 500, bytes: 2 * bytes + 1 })), ['e2 2', 'e2 3'])
    await house.close()
  }))

test('are none of a stream that has none', () =>
  inFolder(async (folder) => {
    const house = await start(folder)
    await house.open({ streamId: S })
    assert.equal(places(await house.recent({ streamId: S, events: 500, bytes: BYTES })), [])
    await house.close()
  }))

test.run()
