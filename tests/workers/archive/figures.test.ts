import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Archive } from '../../../workers/archive/archive.ts'
import { MAX_COLUMNS, MINUTE_MS } from '../../../workers/archive/figures.ts'
import type { Figures } from '../../../workers/archive/words.ts'
import type { ChatEvent } from '../../../workers/message.ts'
import { inFolder } from '../keeping/folder.ts'
import { authorOf, batchOf, messageOf, noticeOf, removeOf } from './events.ts'

const test = suite('figures of a stream')
const T0 = 1_000 * MINUTE_MS

function figuresOf(...batches: ChatEvent[][]): Promise<Figures> {
  return inFolder(async (folder) => {
    const house = await Archive.start({ folder, remembered: 10, keepFree: 0 }, () => undefined)
    for (const [nth, events] of batches.entries()) {
      await house.append({ batch: batchOf('s1', `e${nth}`, events) })
    }
    const figures = await house.figures({ streamId: 's1' })
    await house.close()
    return figures
  })
}

const at = (minute: number) => T0 + minute * MINUTE_MS + 5_000
const said = (seq: number, minute: number, who: string, platform = 'twitch') =>
  messageOf({ seq, receivedAt: at(minute), author: authorOf(who, who.toUpperCase()), platform })

test('count by minute and platform, over segments, and who said most', async () => {
  const figures = await figuresOf(
    [said(1, 0, 'a'), said(2, 0, 'b', 'kick'), removeOf({ seq: 3, target: { id: 'x' } })],
    [said(1, 2, 'a'), noticeOf({ seq: 2, receivedAt: at(2) }), said(3, 2, 'a', 'kick')],
  )
  assert.equal(figures, {
    messages: 5,
    chatters: 3,
    top: [
      { platform: 'twitch', id: 'a', name: 'A', messages: 2 },
      { platform: 'kick', id: 'a', name: 'A', messages: 1 },
      { platform: 'kick', id: 'b', name: 'B', messages: 1 },
    ],
    from: T0,
    column: MINUTE_MS,
    counts: { twitch: [1, 0, 2], kick: [1, 0, 1] },
  })
})

test('keep to so many columns, however long the stream', async () => {
  const figures = await figuresOf([said(1, 0, 'a'), said(2, 3 * MAX_COLUMNS - 1, 'a')])
  assert.is(figures.column, 3 * MINUTE_MS)
  assert.is(figures.counts.twitch?.length, MAX_COLUMNS)
  assert.equal([figures.counts.twitch?.[0], figures.counts.twitch?.at(-1)], [1, 1])
})

test('are empty where nothing was said', async () => {
  assert.equal(await figuresOf(), { messages: 0, chatters: 0, top: [], from: 0, column: MINUTE_MS, counts: {} })
})

test.run()
