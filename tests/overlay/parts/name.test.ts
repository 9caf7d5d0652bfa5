import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shortName } from '../../../overlay/parts/name.ts'

const test = suite('overlay/parts/name')

test('leaves names of 24 letters alone', () => {
  assert.is(shortName('a'.repeat(24)), 'a'.repeat(24))
  assert.is(shortName('👩‍👩‍👧‍👦'.repeat(24)), '👩‍👩‍👧‍👦'.repeat(24))
})

test('cuts longer ones to 24 with the sign for it', () => {
  assert.is(shortName('a'.repeat(25)), `${'a'.repeat(23)}…`)
  assert.is(shortName(`${'a'.repeat(22)} ${'b'.repeat(9)}`), `${'a'.repeat(22)}…`)
})

test('cuts between graphemes, never inside one', () => {
  assert.is(shortName('🇳🇱'.repeat(30)), `${'🇳🇱'.repeat(23)}…`)
  assert.is(shortName('e\u0301'.repeat(30)), `${'e\u0301'.repeat(23)}…`)
})

test.run()
