import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { addPage, MAX_TRANSCRIPT, NO_TRANSCRIPT } from '../../../admin/state/transcript.ts'
import { message, remove } from '../events.ts'

const test = suite('admin/state/transcript')

const gap = { kind: 'gap', count: 12, at: 1, reason: 'the disk was full' } as const

test('goes on through pages, with gaps and without removals', () => {
  const one = addPage(NO_TRANSCRIPT, { items: [message(1), gap], next: 'c2' })
  const two = addPage(one, { items: [remove(2, { id: 'red:1' }), message(3)], next: null })
  assert.equal(
    two.rows.map(({ n, item }) => [n, item.kind]),
    [
      [1, 'message'],
      [2, 'gap'],
      [3, 'message'],
    ],
  )
  assert.is(two.next, null)
  assert.is(two.cut, false)
})

test('lets go of the oldest rows and says so', () => {
  const page = { items: Array.from({ length: 1_500 }, (_, i) => message(i + 1)), next: 'more' }
  const full = addPage(addPage(NO_TRANSCRIPT, page), page)
  assert.is(full.rows.length, MAX_TRANSCRIPT)
  assert.is(full.cut, true)
  assert.is(full.rows.at(-1)?.n, 3_000)
})

test.run()
