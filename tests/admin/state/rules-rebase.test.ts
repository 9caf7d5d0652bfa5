import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { draftOf, type RulesDraft, rulesOf } from '../../../admin/state/rules-draft.ts'
import { rebased } from '../../../admin/state/rules-rebase.ts'
import { NO_RULES, type Rules } from '../../../workers/ruled.ts'

const test = suite('admin/state/rules-rebase')

const BEFORE: Rules = { ...NO_RULES, words: ['old', 'older'], users: ['somebody'] }
const written = (change: Partial<RulesDraft>): RulesDraft => ({ ...draftOf(BEFORE), ...change })
const word = (text: string) => ({ text, match: 'anywhere' as const, action: 'hide' as const })

test('takes what somebody else saved where nothing was touched', () => {
  const after: Rules = { ...BEFORE, words: ['theirs', 'old'], commands: !BEFORE.commands, everything: true }
  assert.equal(rulesOf(rebased(draftOf(BEFORE), BEFORE, after)), after)
})

test('keeps what was written here, beside theirs', () => {
  const draft = written({
    words: [word('mine'), word('older')],
    users: 'somebody\nelse',
    newWords: 'half a wo',
    firstTimers: true,
  })
  const after: Rules = { ...BEFORE, words: ['theirs', 'old', 'older'], users: ['another', 'somebody'], bots: true }
  const next = rebased(draft, BEFORE, after)
  assert.equal(
    next.words.map(({ text }) => text),
    ['mine', 'theirs', 'older'],
    'old was taken away here',
  )
  assert.is(next.users, 'another\nsomebody\nelse')
  assert.is(next.newWords, 'half a wo')
  assert.equal([next.firstTimers, next.bots], [true, true])
})

test('changes nothing that is typed as long as their lists are the same', () => {
  const typed = 'somebody\n\n  half '
  assert.is(rebased(written({ users: typed }), BEFORE, { ...BEFORE, bots: true }).users, typed)
})

test('is at rest after what was written here was saved', () => {
  const draft = written({ words: [word('mine'), ...draftOf(BEFORE).words], users: 'else' })
  const saved = rulesOf(draft)
  assert.equal(rulesOf(rebased(draftOf(saved), BEFORE, saved)), saved)
})

test.run()
