import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { complaintsOf, draftOf, isChanged, rulesOf, withNew } from '../../../admin/state/rules-draft.ts'
import { NO_RULES, type Rules } from '../../../workers/ruled.ts'

const test = suite('admin/state/rules-draft')

const RULES: Rules = {
  ...NO_RULES,
  words: ['spoiler', { text: 'ass', match: 'whole', action: 'hold' }],
  users: ['somebody'],
  links: { action: 'hold', allow: ['example.org'] },
  caps: { action: 'hide', share: 80, least: 6 },
  repeats: { action: 'hold', within: 60 },
  emoteOnly: { action: 'hide' },
  firstTimers: true,
}

test('gives the rules back as they were', () => {
  for (const rules of [NO_RULES, RULES]) {
    assert.equal(rulesOf(draftOf(rules)), rules)
    assert.not(isChanged(draftOf(rules), rules))
  }
})

test('loses no word that was typed and not put on the list', () => {
  const draft = { ...draftOf(RULES), newWords: 'boo\n spoiler \n' }
  assert.ok(isChanged(draft, RULES))
  assert.equal(rulesOf(draft).words, ['boo', 'spoiler', { text: 'ass', match: 'whole', action: 'hold' }])
  const held = withNew(draft, { match: 'whole', action: 'hold' })
  assert.equal(held.slice(0, 2), [
    { text: 'boo', match: 'whole', action: 'hold' },
    { text: 'spoiler', match: 'whole', action: 'hold' },
  ])
  assert.is(held.length, 3)
})

test('remembers what a filter was set to while it is off, and does not save that', () => {
  const draft = draftOf(RULES)
  const off = { ...draft, links: { ...draft.links, on: false } }
  assert.is(rulesOf(off).links, null)
  assert.equal(rulesOf({ ...off, links: { ...off.links, on: true } }).links, RULES.links)
})

test('says what cannot be saved', () => {
  const draft = draftOf(NO_RULES)
  assert.equal(complaintsOf(draft), {})
  assert.match(complaintsOf({ ...draft, newWords: 'x'.repeat(101) }).words ?? '', /at most 100 characters/)
  const allow = Array.from({ length: 201 }, (_, nth) => `h${nth}.example`).join('\n')
  assert.match(complaintsOf({ ...draft, links: { on: true, action: 'hide', allow } }).allow ?? '', /At most 200/)
})

test.run()
