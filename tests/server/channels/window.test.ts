import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WINDOW_BYTES, WINDOW_EVENTS, WINDOW_MS, Window } from '../../../server/channels/window.ts'
import { blankFrame, type Frame } from '../../../server/frame.ts'
import type { Slice, SliceEvent } from '../../../server/slice.ts'
import { KINDS, type Kind } from '../../../workers/message.ts'
import { FLAG } from '../../../workers/queue/record.ts'

const test = suite('replay window')

interface Made {
  kind?: Kind
  id?: number
  author?: number
  target?: number
  platform?: number
  flags?: number
}

/** A slice of events whose text is their seq. */
function slice(from: number, ...made: Made[]): Slice {
  const texts = made.map((_, index) => JSON.stringify({ seq: from + index }))
  const frame = blankFrame(texts.join('').length)
  frame.text.write(texts.join(''))
  let at = 0
  const events = made.map(
    ({ kind = 'message', id = from, author = 1, target = 0, platform = 1, flags = 0 }, index): SliceEvent => {
      const start = at
      at += texts[index]?.length ?? 0
      return {
        seq: from + index,
        id,
        author,
        target,
        kind: KINDS.indexOf(kind),
        flags,
        platform,
        at: 0,
        start,
        end: at,
      }
    },
  )
  return { channelId: 'c', epoch: 'e', frame, events }
}

const seqs = (frames: Frame[] | null) =>
  frames?.flatMap(({ text }) =>
    (JSON.parse(String(text)) as { events: { seq: number }[] }).events.map(({ seq }) => seq),
  ) ?? null
const plain = (count: number): Made[] => Array.from({ length: count }, () => ({}))

test('gives a moderator what was taken away, too, and what took it', () => {
  const window = new Window()
  window.add(slice(1, { id: 11 }, { id: 12 }, { kind: 'remove', id: 13, target: 11, flags: FLAG.byPanel }), 0)
  assert.equal(seqs(window.snapshot(100, 0)), [2])
  assert.equal(seqs(window.whole(100, 0)), [1, 2, 3])
  assert.equal(seqs(window.whole(2, 0)), [2, 3])
  assert.equal(window.whole(1, 0), [], 'nothing that is taken away is there')
})

test('tells whoever may still show it what was taken away meanwhile, unless it was given back', () => {
  const window = new Window()
  const taken: Made = { kind: 'remove', id: 13, target: 11, flags: FLAG.byPanel }
  window.add(slice(1, { id: 11 }, { id: 12 }, taken, { kind: 'remove', id: 14, target: 99 }), 0)
  assert.equal(seqs(window.snapshot(100, 0)), [2], 'somebody new has nothing to take away')
  assert.equal(seqs(window.snapshot(100, 0, true)), [2, 3, 4])
  assert.equal(seqs(window.snapshot(1, 0, true)), [2, 3, 4], 'none of it counts as shown')
  window.add(slice(5, { kind: 'restore', id: 15, target: 11 }), 0)
  assert.equal(seqs(window.snapshot(100, 0, true)), [1, 2, 4])
  window.add(slice(6, { kind: 'clear', id: 16, platform: 0 }), 0)
  assert.equal(seqs(window.snapshot(100, 0, true)), [4, 6])
})

test('tells of no removal of a message that was given back, also where it is gone with its author by now', () => {
  const window = new Window()
  const taken: Made = { kind: 'remove', id: 13, target: 11, flags: FLAG.byPanel }
  const banned: Made = { kind: 'remove', id: 15, target: 1, flags: FLAG.byPanel | FLAG.byAuthor }
  window.add(slice(1, { id: 11 }, taken, { kind: 'restore', id: 14, target: 11 }, banned), 0)
  assert.equal(seqs(window.snapshot(100, 0, true)), [4])
  window.add(slice(5, taken), 0)
  assert.equal(seqs(window.snapshot(100, 0, true)), [2, 4, 5])
})

test('tells that an author was taken away, also where something was given back of theirs, and not once all of it was', () => {
  const window = new Window()
  const byAuthor = FLAG.byPanel | FLAG.byAuthor
  const banned: Made = { kind: 'remove', id: 13, target: 1, flags: byAuthor }
  window.add(slice(1, { id: 11 }, { id: 12 }, banned, { kind: 'restore', id: 14, target: 11 }), 0)
  assert.equal(seqs(window.snapshot(100, 0, true)), [1, 3], 'others of theirs may stand on a page')
  window.add(slice(5, { kind: 'restore', id: 15, target: 1, flags: byAuthor }), 0)
  assert.equal(seqs(window.snapshot(100, 0, true)), [1, 2])
  window.add(slice(6, { ...banned, id: 16 }), 0)
  assert.equal(seqs(window.snapshot(100, 0, true)), [6])
  window.add(slice(7, { kind: 'remove', id: 17, target: 1, flags: FLAG.byAuthor }, { id: 18 }), 0)
  window.add(slice(9, { kind: 'restore', id: 19, target: 1, flags: byAuthor }), 0)
  assert.equal(seqs(window.snapshot(100, 0, true)), [7, 8], 'what a platform took away stays away')
})

test('gives exactly what came after a seq', () => {
  const window = new Window()
  window.add(slice(1, ...plain(3)), 0)
  window.add(slice(4, ...plain(2)), 0)
  assert.equal(seqs(window.since(2, 5, 0)), [3, 4, 5])
  assert.equal(seqs(window.since(0, 5, 0)), [1, 2, 3, 4, 5])
  assert.equal(seqs(window.since(5, 5, 0)), [])
})

test('says so when it no longer has all of it, and for a seq that was never given', () => {
  const window = new Window()
  window.add(slice(1, ...plain(WINDOW_EVENTS + 1)), 0)
  assert.is(window.since(0, WINDOW_EVENTS + 1, 0), null)
  assert.is(seqs(window.since(1, WINDOW_EVENTS + 1, 0))?.length, WINDOW_EVENTS)
  assert.is(window.since(WINDOW_EVENTS + 2, WINDOW_EVENTS + 1, 0), null)
})

test('lets go of what is too old and of what is too much', () => {
  const window = new Window()
  window.add(slice(1, {}), 0)
  assert.is(window.empty(WINDOW_MS), false)
  assert.is(window.empty(WINDOW_MS + 1), true)
  const large = slice(1, {})
  large.frame = blankFrame(WINDOW_BYTES)
  large.events[0] = { ...(large.events[0] as SliceEvent), end: WINDOW_BYTES }
  const heavy = new Window()
  heavy.add(large, 0)
  heavy.add(slice(2, {}), 0)
  assert.is(heavy.since(0, 2, 0), null, 'the large one is gone')
  assert.equal(seqs(heavy.since(1, 2, 0)), [2])
})

test('leaves out of a snapshot what was removed by id, by author or by a clear, and the removals themselves', () => {
  const window = new Window()
  window.add(
    slice(
      1,
      { id: 11, author: 1 },
      { id: 12, author: 2 },
      { id: 13, author: 3, platform: 2 },
      { id: 14, author: 3, platform: 2 },
    ),
    0,
  )
  window.add(slice(5, { kind: 'remove', target: 11 }), 0)
  assert.equal(seqs(window.snapshot(100, 0)), [2, 3, 4])
  window.add(slice(6, { kind: 'remove', target: 2, flags: FLAG.byAuthor }), 0)
  assert.equal(seqs(window.snapshot(100, 0)), [3, 4])
  window.add(slice(7, { kind: 'clear', platform: 1 }), 0)
  assert.equal(seqs(window.snapshot(100, 0)), [3, 4], 'a platform clears its own')
  window.add(slice(8, { kind: 'clear', platform: 0 }), 0)
  assert.equal(window.snapshot(100, 0), [])
  assert.is(seqs(window.since(0, 8, 0))?.length, 8, 'a resume still gets everything in order')
})

test('gives only the newest of a snapshot', () => {
  const window = new Window()
  window.add(slice(1, ...plain(10)), 0)
  assert.equal(seqs(window.snapshot(3, 0)), [8, 9, 10])
})

test.run()
