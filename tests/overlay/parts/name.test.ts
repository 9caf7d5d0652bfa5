import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shortened } from '../../../overlay/parts/name.ts'

const test = suite('overlay/parts/name')

test('leaves names of 24 letters alone', () => {
  assert.is(shortened('a'.repeat(24), 24), 'a'.repeat(24))
  assert.is(shortened('👩‍👩‍👧‍👦'.repeat(24), 24), '👩‍👩‍👧‍👦'.repeat(24))
})

test('cuts longer ones to 24 with the sign for it', () => {
  assert.is(shortened('a'.repeat(25), 24), `${'a'.repeat(23)}…`)
  assert.is(shortened(`${'a'.repeat(22)} ${'b'.repeat(9)}`, 24), `${'a'.repeat(22)}…`)
})

test('cuts between graphemes, never inside one', () => {
  assert.is(shortened('🇳🇱'.repeat(30), 24), `${'🇳🇱'.repeat(23)}…`)
  assert.is(shortened('e\u0301'.repeat(30), 24), `${'e\u0301'.repeat(23)}…`)
})

test.run()
