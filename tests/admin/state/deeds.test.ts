import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { didWhat, undoOf } from '../../../admin/state/deeds.ts'
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
  const undo = undoOf(made, { hide: call('hide'), unhide: call('unhide'), showPerson: call('showPerson') })
  if (undo === null) return null
  void undo()
  return called
}

test('says what was done, with the name in its place', () => {
  assert.equal(didWhat(deed('hide')), ['hid a message by ', ''])
  assert.equal(didWhat(deed('refuse')), ['kept a message by ', ' hidden'])
  assert.equal(didWhat(deed('hide', { target: PERSON })), ['hid all by ', ''])
  assert.equal(didWhat(deed('hidePerson', { target: PERSON })), ['hid ', ' from now on'])
  assert.equal(didWhat(deed('hide', { author: null })), ['hid a message by somebody', ''])
  assert.equal(didWhat(deed('panic', { author: null })), ['emptied the overlays', ''])
})

test('knows the call that takes it back', () => {
  assert.equal(undone(deed('hide')), ['unhide', ONE])
  assert.equal(undone(deed('hide', { target: PERSON })), ['unhide', PERSON])
  assert.equal(undone(deed('refuse')), ['unhide', ONE])
  assert.equal(undone(deed('release')), ['hide', ONE])
  assert.equal(undone(deed('hidePerson', { target: PERSON })), ['showPerson', PERSON])
})

test('takes nothing back twice, nor what cannot be', () => {
  assert.is(undone(deed('hide', { undoneBy: 'e' })), null)
  assert.is(undone(deed('rules', { target: null })), null)
  assert.is(undone(deed('hide', { target: { authorId: '7' } })), null)
  for (const what of ['unhide', 'panic', 'clear', 'showPerson'] as const) assert.is(undone(deed(what)), null)
})

test.run()
