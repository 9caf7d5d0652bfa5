import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deedText, undoOf } from '../../../admin/state/deeds.ts'
import type { DeedView } from '../../../server/api/moderation.ts'

const test = suite('admin/state/deeds')

const ONE = { id: 'x:1' }
const PERSON = { platform: 'x', authorId: '7' }
function deed(what: DeedView['what'], change: Partial<DeedView> = {}): DeedView {
  const by = { kind: 'account' as const, name: 'Otter' }
  return { id: 'd', at: 1, by, what, target: ONE, author: 'Buyer', text: null, undoes: null, undoneBy: null, ...change }
}

function undone(made: DeedView): unknown[] | null {
  let called: unknown[] = []
  const call = (name: string) => async (target: unknown) => {
    called = [name, target]
    return undefined as never
  }
  const undo = undoOf(made, {
    hide: call('hide'),
    unhide: call('unhide'),
    showPerson: call('showPerson'),
    takeBackRules: call('takeBackRules'),
  })
  if (undo === null) return null
  void undo()
  return called
}

test('says what was done, with gaps for who did it and to whom', () => {
  assert.is(deedText(deed('hide')), '{who} hid a message by {author}')
  assert.is(deedText(deed('refuse')), '{who} kept a message by {author} hidden')
  assert.is(deedText(deed('hide', { target: PERSON })), '{who} hid all by {author}')
  assert.is(deedText(deed('hidePerson', { target: PERSON })), '{who} hid {author} from now on')
  assert.is(deedText(deed('panic')), '{who} emptied the overlays')
  assert.is(deedText(deed('rules', { undoes: 'c' })), '{who} took a change of the rules back')
})

test('knows the call that takes it back', () => {
  assert.equal(undone(deed('hide')), ['unhide', ONE])
  assert.equal(undone(deed('hide', { target: PERSON })), ['unhide', PERSON])
  assert.equal(undone(deed('refuse')), ['unhide', ONE])
  assert.equal(undone(deed('release')), ['hide', ONE])
  assert.equal(undone(deed('hidePerson', { target: PERSON })), ['showPerson', PERSON])
  assert.equal(undone(deed('rules', { target: null, restorable: true })), ['takeBackRules', 'd'])
})

test('takes nothing back twice, nor what cannot be', () => {
  assert.is(undone(deed('hide', { undoneBy: 'e' })), null)
  assert.is(undone(deed('rules', { target: null })), null)
  assert.is(undone(deed('hide', { target: { authorId: '7' } })), null)
  for (const what of ['unhide', 'panic', 'clear', 'showPerson'] as const) assert.is(undone(deed(what)), null)
})

test.run()
