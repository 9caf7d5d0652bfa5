import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { draftOf } from '../../../admin/state/rules-draft.ts'
import { KeptDraft } from '../../../admin/state/rules-kept.ts'
import { NO_RULES, type Rules } from '../../../workers/ruled.ts'

const test = suite('admin/state/rules-kept')

const RULES: Rules = { ...NO_RULES, words: ['spoiler'], users: ['somebody'] }

function storage(): Pick<Window, 'localStorage'> {
  const kept = new Map<string, string>()
  const localStorage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  }
  return { localStorage: localStorage as unknown as Storage }
}

test('keeps a draft for one channel until it is saved', () => {
  const view = storage()
  const draft = { ...draftOf(RULES), newWords: 'half a wor' }
  new KeptDraft(view, 'mine').write({ draft, base: RULES })
  assert.equal(new KeptDraft(view, 'mine').read(RULES), draft)
  assert.is(new KeptDraft(view, 'another').read(RULES), null)
  new KeptDraft(view, 'mine').write(null)
  assert.is(new KeptDraft(view, 'mine').read(RULES), null)
})

test('puts a draft that comes back on top of what was saved meanwhile', () => {
  const view = storage()
  const draft = { ...draftOf(RULES), newWords: 'half a wor' }
  new KeptDraft(view, 'mine').write({ draft, base: RULES })
  const saved = { ...RULES, words: ['added elsewhere', ...RULES.words], everything: !RULES.everything }
  assert.equal(new KeptDraft(view, 'mine').read(saved), { ...draftOf(saved), newWords: 'half a wor' })
})

test('takes nothing for a draft that is none, and needs no storage', () => {
  const view = storage()
  for (const odd of [
    '',
    '{',
    '[]',
    '{"words":1}',
    JSON.stringify({ ...draftOf(RULES), words: [1] }),
    '{"words":[],"caps":null}',
    // As earlier releases kept it: nobody knows what it stands on.
    JSON.stringify(draftOf(RULES)),
    JSON.stringify({ draft: draftOf(RULES), base: {} }),
    JSON.stringify({ draft: draftOf(RULES), base: null }),
    JSON.stringify({ draft: { ...draftOf(RULES), words: [1] }, base: RULES }),
  ]) {
    view.localStorage.setItem('crosschat.rules.mine', odd)
    assert.is(new KeptDraft(view, 'mine').read(RULES), null, odd)
  }
  const forbidden = {
    get localStorage(): Storage {
      throw new Error('forbidden')
    },
  }
  const kept = new KeptDraft(forbidden, 'mine')
  kept.write({ draft: draftOf(RULES), base: RULES })
  assert.is(kept.read(RULES), null)
})

test.run()
