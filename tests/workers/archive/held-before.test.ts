import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HeldBefore } from '../../../workers/archive/held-before.ts'
import { type ChatEvent, KEEP_HELD_MS, MAX_HELD, type Message } from '../../../workers/message.ts'
import { authorOf, clearOf, messageOf, removeOf, restoreOf } from './events.ts'

const test = suite('held before')

/** Events are received at about this time. */
const NOW = 2_000
const heldOf = (seq: number, change: Partial<Message> = {}) => messageOf({ seq, hidden: 'held:first', ...change })
const one = (seq: number) => ({ id: `twitch:m${seq}` })

function found(events: ChatEvent[], now = NOW): ChatEvent[] {
  const before = new HeldBefore(now)
  for (const event of events.toReversed()) before.look(event)
  return before.events
}
const seqs = (events: ChatEvent[], now = NOW) => found(events, now).map(({ seq }) => seq)

test('finds what is held, oldest first, and neither what is shown nor what is hidden', () => {
  assert.equal(seqs([heldOf(1), messageOf({ seq: 2 }), messageOf({ seq: 3, hidden: 'word' }), heldOf(4)]), [1, 4])
})

test('finds what was done to it, by its id, to its author and to all of its platform, and nothing that was done to others', () => {
  const done = [
    removeOf({ seq: 2, target: one(1), by: 'panel' }),
    restoreOf({ seq: 3, target: one(1) }),
    removeOf({ seq: 4, target: { authorId: 'u1' } }),
    clearOf({ seq: 5, by: 'platform' }),
  ]
  const toOthers = [
    removeOf({ seq: 6, target: one(9) }),
    removeOf({ seq: 7, target: { authorId: 'u2' } }),
    removeOf({ seq: 8, target: { authorId: 'u1' }, platform: 'kick' }),
    clearOf({ seq: 9, by: 'panel', platform: 'crosschat' }),
  ]
  assert.equal(seqs([heldOf(1), ...done, ...toOthers]), [1, 2, 3, 4, 5])
  assert.equal(seqs([messageOf({ seq: 1 }), ...done]), [])
})

test('leaves out what restores bring along', () => {
  const released = restoreOf({ seq: 2, target: one(1), released: true, events: [messageOf({ seq: 2 })] })
  assert.equal(found([heldOf(1), released])[1], { ...released, events: [] })
})

test('finds neither more nor older than the queue keeps, whatever became of it', () => {
  const many = Array.from({ length: MAX_HELD + 5 }, (_, nth) => heldOf(nth + 1))
  const last = removeOf({ seq: MAX_HELD + 6, target: one(MAX_HELD + 5) })
  assert.equal([found([...many, last]).length, found([...many, last])[0]?.seq], [MAX_HELD + 1, 6])
  const late = heldOf(2, { author: authorOf('u2', 'Owl') })
  assert.equal(seqs([heldOf(1), late, removeOf({ seq: 3, target: one(1) })], NOW + KEEP_HELD_MS + 2), [2])
})

test.run()
