import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { beginWith, changed, edit, MAX_STEPS, ONE_TOUCH_MS, redo, undo } from '../../../admin/state/look-history.ts'
import type { ChosenSettings } from '../../../server/look.ts'

const test = suite('admin/state/look-history')
const start: ChosenSettings = { theme: 'clean' }
const LATER = ONE_TOUCH_MS

test('takes back step by step and does again', () => {
  let history = edit(beginWith(start), { theme: 'neon' }, 'theme', 0)
  history = edit(history, { theme: 'neon', gap: 3 }, 'gap', LATER)
  history = undo(history)
  assert.equal(history.now, { theme: 'neon' })
  history = undo(undo(history))
  assert.equal(history.now, start)
  history = redo(redo(redo(history)))
  assert.equal(history.now, { theme: 'neon', gap: 3 })
})

test('makes one step of one drag, and another of the next', () => {
  let history = beginWith(start)
  for (let at = 0; at < 10; at++) history = edit(history, { ...start, gap: at }, 'gap', at * 100)
  history = edit(history, { ...start, gap: 30 }, 'gap', 900 + LATER)
  assert.equal(undo(history).now, { ...start, gap: 9 })
  assert.equal(undo(undo(history)).now, start)
})

test('does not go on with a step that undo came back to', () => {
  const history = undo(edit(edit(beginWith(start), { gap: 1 }, 'gap', 0), { gap: 2 }, 'edge', 1))
  assert.equal(undo(edit(history, { gap: 5 }, 'gap', 2)).now, { gap: 1 })
})

test('forgets what was undone when something else is done', () => {
  const history = edit(undo(edit(beginWith(start), { gap: 1 }, 'gap', 0)), { gap: 7 }, 'gap', 1)
  assert.equal(redo(history).now, { gap: 7 })
})

test('keeps the newest steps', () => {
  let history = beginWith({ gap: 0 })
  for (let step = 1; step <= MAX_STEPS + 5; step++) history = edit(history, { gap: step }, 'gap', step * LATER)
  assert.is(history.past.length, MAX_STEPS)
  assert.equal(history.past[0], { gap: 5 })
})

test('leaves a setting to the theme by null', () => {
  assert.equal(changed({ theme: 'neon', gap: 3 }, { gap: null, edge: 10 }), { theme: 'neon', edge: 10 })
})

test.run()
