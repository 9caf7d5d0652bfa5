import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { spoken } from '../../../admin/language/language.ts'
import { typedNumber } from '../../../admin/state/typed-number.ts'

const test = suite('admin/state/typed-number')
const english = spoken.peek()
test.after.each(() => {
  spoken.value = english
})

const read = (locale: string, texts: readonly string[]) => {
  spoken.value = { ...english, locale }
  return texts.map(typedNumber)
}

test('reads a point and a comma', () => {
  for (const locale of ['en', 'de-DE'])
    assert.equal(read(locale, ['12', ' 0.5 ', '0,25', '−12.5', '.5', '7,']), [12, 0.5, 0.25, -12.5, 0.5, 7])
})

test('reads thousands as the language groups them', () => {
  assert.equal(read('en', ['1,000', '12,345.5', '1,000,000', '1.000']), [1_000, 12_345.5, 1_000_000, 1])
  assert.equal(read('de-DE', ['10.000', '12.345,5', '1.000.000', '1,000']), [10_000, 12_345.5, 1_000_000, 1])
})

test('takes nothing else for a number', () => {
  for (const odd of ['', ' ', 'ten', '1,00,0', '1.2.3', '0x10', '1e3', 'Infinity', '--1', '1 000 000 000x'])
    assert.is(typedNumber(odd), null, odd)
})

test.run()
