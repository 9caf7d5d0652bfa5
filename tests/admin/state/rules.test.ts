import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { complaint, entriesOf, hiddenBecause, MAX_ENTRIES } from '../../../admin/state/rules.ts'

const test = suite('admin/state/rules')

test('reads one entry a line, each once', () => {
  assert.equal(entriesOf(' cheap viewers \n\n\tbuy now\ncheap viewers\n'), ['cheap viewers', 'buy now'])
})

test('says what cannot be saved, and nothing when all can', () => {
  assert.is(complaint(['a']), null)
  const many = Array.from({ length: MAX_ENTRIES + 1 }, (_, i) => `w${i}`)
  assert.match(String(complaint(many)), /At most 1,000 entries/)
  assert.match(String(complaint(['x'.repeat(101)])), /at most 100 characters/)
})

test('has words for the rules it knows and shows the name of others', () => {
  assert.is(hiddenBecause('word'), 'Hidden: blocked word')
  assert.is(hiddenBecause('other'), 'Hidden by a rule (other)')
  assert.is(hiddenBecause('held:link'), 'Waits for a moderator: link')
  assert.is(hiddenBecause('held:everything'), 'Waits for a moderator')
})

test.run()
