import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { officialMoney, parseAmount, shownMoney } from '../../../../workers/platforms/youtube/money.ts'

const test = suite('youtube money')

const AMOUNTS: [display: string, amount: number, currency?: string][] = [
  ['¥6,000', 6_000, 'JPY'],
  ['￥800', 800, 'JPY'],
  ['￥10,000', 10_000, 'JPY'],
  ['$10.00', 10, 'USD'],
  ['$1,234.56', 1_234.56, 'USD'],
  ['€5,00', 5, 'EUR'],
  ['€2', 2, 'EUR'],
  ['1.234,56 €', 1_234.56, 'EUR'],
  ['20,00\u00a0€', 20, 'EUR'],
  ['CA$5.00', 5, 'CAD'],
  ['R$ 20,00', 20, 'BRL'],
  ['PHP 100.00', 100, 'PHP'],
  ['CZK 20.00', 20, 'CZK'],
  ['₩50,000', 50_000, 'KRW'],
  ['₹1,00,000.00', 100_000, 'INR'],
  ["CHF 5'000.50", 5_000.5, 'CHF'],
  ['10 000,00 zł', 10_000, 'PLN'],
  ['JOD 5.000', 5, 'JOD'],
  ['KWD 1,234.500', 1_234.5, 'KWD'],
  ['20,500 TND', 20.5, 'TND'],
  ['OMR 2', 2, 'OMR'],
  ['CZK 5.000', 5_000, 'CZK'],
  ['[?]10,800', 10_800],
  ['kr 50.', 50],
  ['free', 0],
  ['', 0],
  [`$${'9'.repeat(40)}`, 0, 'USD'],
]

test('reads amounts as they are written around the world', () => {
  for (const [display, amount, currency] of AMOUNTS) {
    assert.equal(parseAmount(display), { amount, ...(currency && { currency }) }, display)
  }
})

test('takes the official amount in millionths, and the written one where that is broken', () => {
  const details = { amountMicros: '1990000', currency: 'USD', amountDisplayString: '$1.99', tier: 1 }
  const known = { kind: 'superchat', amount: 1.99, currency: 'USD', display: '$1.99', tier: 1 } as const
  assert.equal(officialMoney('superchat', details), known)
  const { tier: _, ...untiered } = known
  assert.equal(officialMoney('superchat', { ...details, amountMicros: '-5', currency: 'dollars', tier: 99 }), untiered)
  const { amountDisplayString: _shown, ...unwritten } = details
  assert.is(officialMoney('superchat', unwritten).display, '1.99 USD')
  assert.is(officialMoney('superchat', { amountMicros: '5000000' }).display, '5.00')
  assert.equal(officialMoney('sticker', {}), { kind: 'sticker', amount: 0, display: '?' })
})

test('knows the tier by the colour', () => {
  assert.is(shownMoney('superchat', '￥10,000', 4_293_271_831).tier, 7)
  assert.is(shownMoney('superchat', '￥10,000', '4293271831').tier, undefined)
})

test.run()
