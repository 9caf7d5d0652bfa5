import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { speak } from '../../../admin/language/language.ts'
import { changesOf, isOn, keptWords, NO_DRAFT, type SourceField, textOf } from '../../../admin/state/source-draft.ts'

const test = suite('admin/state/source-draft')
const ROOM: SourceField = { name: 'room', kind: 'text', label: 'Room', hint: '' }
const KEY: SourceField = { name: 'key', kind: 'secret', label: 'Key', hint: '' }
const ALL: SourceField = { name: 'all', kind: 'switch', label: 'All', hint: '' }
const FIELDS = [ROOM, KEY, ALL]
const OPTIONS = { room: '4081', key: 'saved, ends in …9f3', all: 'yes' }

test('says how a secret is kept in the language of whoever reads it', async () => {
  const view = { document: { documentElement: {} }, navigator: { languages: [] } } as unknown as Window
  assert.equal(['saved', 'saved, ends in …9f3'].map(keptWords), ['saved', 'saved, ends in …9f3'])
  await speak('de', view)
  assert.equal(['saved', 'saved, ends in …9f3'].map(keptWords), ['gespeichert', 'gespeichert, endet auf …9f3'])
  await speak('en', view)
})

test('shows what is kept until something else is typed', () => {
  assert.is(textOf(ROOM, OPTIONS, NO_DRAFT), '4081')
  assert.is(textOf(ROOM, OPTIONS, { room: '' }), '')
  assert.is(textOf(ROOM, {}, NO_DRAFT), '')
  assert.is(isOn(ALL, OPTIONS, NO_DRAFT), true)
  assert.is(isOn(ALL, OPTIONS, { all: false }), false)
  assert.is(isOn(ALL, {}, NO_DRAFT), false)
})

test('never shows a secret that is kept, not even how it ends, as if it were typed', () => {
  assert.is(textOf(KEY, OPTIONS, NO_DRAFT), '')
  assert.is(textOf(KEY, OPTIONS, { key: null }), '')
  assert.is(textOf(KEY, OPTIONS, { key: 'new' }), 'new')
})

test('sends only what is another than before', () => {
  assert.equal(changesOf(FIELDS, OPTIONS, NO_DRAFT), {})
  assert.equal(changesOf(FIELDS, OPTIONS, { room: '4081', all: true }), {})
  assert.equal(changesOf(FIELDS, OPTIONS, { room: '17', all: false }), { room: '17', all: false })
  assert.equal(changesOf(FIELDS, {}, { room: '', all: false }), {})
})

test('takes an empty secret for one that nobody typed, and null for one to take away', () => {
  assert.equal(changesOf(FIELDS, OPTIONS, { key: '' }), {})
  assert.equal(changesOf(FIELDS, OPTIONS, { key: 'new' }), { key: 'new' })
  assert.equal(changesOf(FIELDS, OPTIONS, { key: null }), { key: null })
  assert.equal(changesOf(FIELDS, {}, { key: null }), {})
})

test.run()
