import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { verdictOf } from '../../../admin/state/verdict.ts'

const test = suite('admin/state/verdict')

test('says what the rules would do, and why', () => {
  assert.is(verdictOf({ rule: null, action: 'show', found: null }), 'It would be shown.')
  assert.is(verdictOf({ rule: 'word', action: 'hide', found: 'ass' }), 'It would be hidden: the word “ass”.')
  assert.is(
    verdictOf({ rule: 'link', action: 'hold', found: 'x.example' }),
    'It would wait for you: a link to x.example.',
  )
  assert.is(verdictOf({ rule: 'new', action: 'hide', found: null }), 'It would be hidden: the rule new.')
})

test.run()
