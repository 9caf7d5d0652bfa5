import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { addWord, wordsIn } from '../../../admin/state/add-word.ts'
import type { RulesView } from '../../../server/api/rules.ts'
import { NO_RULES } from '../../../workers/ruled.ts'

const test = suite('admin/state/add-word')

test('offers the words of a text, each once, as they were written', () => {
  assert.equal(wordsIn('Buy buy FOLLOWERS — at naïve-shop’s! x'), ['buy', 'FOLLOWERS', 'at', 'naïve-shop’s'])
  assert.equal(wordsIn('🎉 !!!'), [])
  assert.ok(wordsIn(Array.from({ length: 99 }, (_, nth) => `word${nth}`).join(' ')).length <= 16)
})

test('puts a word beside the rules there are, and changes nothing when it is there', async () => {
  const saved: RulesView[] = []
  const rules: RulesView = {
    ...NO_RULES,
    words: ['spoiler', { text: 'ass', match: 'whole', action: 'hold' }],
    bots: true,
  }
  const api = {
    rules: async () => rules,
    saveRules: async (next: RulesView) => {
      saved.push(next)
      return next
    },
  }
  assert.is(await addWord(api, 'ASS'), 'known')
  assert.is(await addWord(api, 'viewers'), 'added')
  assert.equal(saved, [{ ...rules, words: [...rules.words, 'viewers'] }])
})

test.run()
