import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { StillHeld } from '../../../workers/archive/still-held.ts'
import { type ChatEvent, KEEP_HELD_MS, MAX_HELD, type Message } from '../../../workers/message.ts'
import { clearOf, messageOf, removeOf, restoreOf } from './events.ts'

const test = suite('still held')

/** Events are received at about this time. */
const NOW = 2_000
const heldOf = (seq: number, change: Partial<Message> = {}) => messageOf({ seq, hidden: 'held:first', ...change })
const one = (seq: number) => ({ id: `twitch:m${seq}` })

function found(events: ChatEvent[], now = NOW): number[] {
  const still = new StillHeld(now)
  for (const event of events.toReversed()) still.look(event)
  return still.events.map(({ seq }) => seq)
}

test('finds what is held, oldest first, and neither what is shown nor what is hidden', () => {
  assert.equal(found([heldOf(1), messageOf({ seq: 2 }), messageOf({ seq: 3, hidden: 'word' }), heldOf(4)]), [1, 4])
})

test('leaves out what was released, refused or taken away', () => {
  const released = restoreOf({ seq: 9, target: one(1), released: true })
  const refused = removeOf({ seq: 10, target: one(2), by: 'panel' })
  const deleted = removeOf({ seq: 11, target: one(3) })
  assert.equal(found([heldOf(1), heldOf(2), heldOf(3), heldOf(4), released, refused, deleted]), [4])
  assert.equal(found([heldOf(1), removeOf({ seq: 2, target: { authorId: 'u1' } }), heldOf(3)]), [3])
  assert.equal(
    found([heldOf(1), clearOf({ seq: 2, by: 'platform' }), heldOf(3), clearOf({ seq: 4, by: 'panel' })]),
    [3],
  )
})

test('brings back what was refused and given back, and not what the platform removed', () => {
  const by = (who: 'panel' | 'platform') => removeOf({ seq: 2, target: one(1), by: who })
  const back = restoreOf({ seq: 3, target: one(1) })
  assert.equal(found([heldOf(1), by('panel'), back]), [1])
  assert.equal(found([heldOf(1), by('platform'), back]), [])
  assert.equal(found([heldOf(1), by('panel'), back, { ...by('panel'), seq: 4 }]), [])
})

test('finds neither more nor older than the queue keeps', () => {
  const many = Array.from({ length: MAX_HELD + 5 }, (_, nth) => heldOf(nth + 1))
  assert.is(found(many).length, MAX_HELD)
  assert.is(found(many)[0], 6)
  assert.equal(found([heldOf(1), heldOf(2)], NOW + KEEP_HELD_MS + 2), [2])
})

test.run()
