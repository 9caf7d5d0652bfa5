import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { marked } from '../../../admin/state/marked.ts'

const test = suite('marked words')
const shown = (text: string, q: string) =>
  marked(text, q)
    .map((each) => (each.found ? `[${each.text}]` : each.text))
    .join('')

test('marks the words of a search and neither its operators nor what it leaves out', () => {
  assert.is(shown('an Owl and an owl', 'owl -cat from:an'), 'an [Owl] and an [owl]')
  assert.is(shown('an owl was here', '"owl was" here'), 'an [owl was] [here]')
  assert.is(shown('(a+b) [x]', 'a+b [x]'), '([a+b]) [[x]]')
  assert.is(shown('nothing', ''), 'nothing')
  assert.is(shown('a -b', '-b'), 'a -b')
})

test.run()
