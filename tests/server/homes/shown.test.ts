import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Before } from '../../../server/channels/kept.ts'
import { actsIn, shownAfter } from '../../../server/homes/shown.ts'
import { message, remove, restore, sliceOf } from '../channels/events.ts'

const test = suite('homes/shown')

const HOME = { channelId: 'c', epoch: 'second' }

/** Each in a frame of its own, as an archive gives them. */
function shown(...seqs: number[]) {
  const events = seqs.flatMap((seq) => {
    const { frame, events: heads } = sliceOf([message(seq)])
    return heads.map((head): Before => ({ ...head, frame, arrived: 0 }))
  })
  return { events, ends: new Map<string, number>() }
}

function read(after: number, ...seqs: number[]) {
  return shownAfter(after, shown(...seqs), HOME).map(({ channelId, epoch, frame, events }) => {
    assert.equal([channelId, epoch], ['c', 'second'])
    const { text } = frame
    assert.equal(
      JSON.parse(text.toString()).events.map(({ seq }: { seq: number }) => seq),
      events.map(({ seq }) => seq),
    )
    return events.map(({ start, end }) => JSON.parse(text.toString('utf8', start, end)).seq)
  })
}

test('gives what comes behind a number as slices of the new home, each event where it says', () => {
  assert.equal(read(3, 1, 2, 3, 4, 5), [[4, 5]])
  assert.equal(read(5, 1, 2, 3, 4, 5), [])
  const many = Array.from({ length: 70 }, (_, nth) => nth + 1)
  assert.equal(read(0, ...many), [many.slice(0, 64), many.slice(64)])
})

test('gives only what follows without a hole up to the end', () => {
  assert.equal(read(1, 1, 2, 4, 5), [[4, 5]])
})

test('knows what took something away, in its order, whichever of transcript and stream has it', () => {
  const target = { id: 'twitch:m9' }
  const kept = [message(1), remove(2, target), restore(5, target)].flatMap((event) => sliceOf([event]).events)
  const slices = [{ slice: sliceOf([message(3), remove(4, target)]), arrived: 0 }]
  const acts = actsIn({ epoch: 'e', seq: 4, slices, ends: new Map(), state: null }, kept)
  assert.equal(
    acts.map(({ seq }) => seq),
    [2, 4, 5],
  )
})

test.run()
