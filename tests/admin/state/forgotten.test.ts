import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FORGOTTEN_MS, forgottenSince } from '../../../admin/state/forgotten.ts'

const test = suite('admin/state/forgotten')
const live = { live: true, startedAt: 1_000, title: null }

test('a stream is forgotten six hours after its newest event, or after its start where there is none', () => {
  assert.is(forgottenSince(live, { lastAt: 5_000 }, 5_000 + FORGOTTEN_MS), 5_000)
  assert.is(forgottenSince(live, { lastAt: 5_000 }, 4_999 + FORGOTTEN_MS), null)
  assert.is(forgottenSince(live, { lastAt: null }, 1_000 + FORGOTTEN_MS), 1_000)
})

test('nothing is asked before the server has said a word, and nothing where no stream runs', () => {
  assert.is(forgottenSince(live, null, 2 * FORGOTTEN_MS), null)
  assert.is(forgottenSince({ ...live, live: false }, { lastAt: 5_000 }, 2 * FORGOTTEN_MS), null)
})

test.run()
