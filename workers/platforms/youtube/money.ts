import { filled, whole } from '../../foreign.ts'
import type { Money } from '../../message.ts'
import { cleanName } from '../../text.ts'
import { counted } from './events.ts'
import type { PaidDetails } from './payload.ts'

/** Amounts above this are taken for nonsense. */
const MOST = 1e12
const MICROS = 1e6

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['$', 'USD'],
  ['US$', 'USD'],
  ['A$', 'AUD'],
  ['AU$', 'AUD'],
  ['CA$', 'CAD'],
  ['HK$', 'HKD'],
  ['MX$', 'MXN'],
  ['NT$', 'TWD'],
  ['NZ$', 'NZD'],
  ['R$', 'BRL'],
  ['S$', 'SGD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['￥', 'JPY'],
  ['CN¥', 'CNY'],
  ['₩', 'KRW'],
  ['₹', 'INR'],
  ['₱', 'PHP'],
  ['₽', 'RUB'],
  ['₺', 'TRY'],
  ['₪', 'ILS'],
  ['₫', 'VND'],
  ['₴', 'UAH'],
  ['฿', 'THB'],
  ['zł', 'PLN'],
  ['Kč', 'CZK'],
  ['Ft', 'HUF'],
])

/** Currencies of a thousand parts, always written with all three digits; those of the others have at most two. */
const OF_A_THOUSAND = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'])
const HUNDREDTHS = /^(.*?)(?:[.,](\d{1,2}))?$/s
const THOUSANDTHS = /^(.*?)(?:[.,](\d{1,3}))?$/s

/** The tier that the official API would give, by the background (ARGB) of a Super Chat or of a sticker's price. */
const TIERS: ReadonlyMap<unknown, number> = new Map([
  [0xff1e88e5, 1],
  [0xff00e5ff, 2],
  [0xff1de9b6, 3],
  [0xffffca28, 4],
  [0xfff57c00, 5],
  [0xffe91e63, 6],
  [0xffe62117, 7],
])

/** Of the official API: millionths, a currency and a ready text. */
export function officialMoney(kind: Money['kind'], details: PaidDetails): Money {
  const shown = cleanName(filled(details.amountDisplayString) ?? '', '')
  const parsed = parseAmount(shown)
  const micros = whole(details.amountMicros)
  const amount = micros === undefined ? parsed.amount : micros / MICROS
  const currency = isoCode(details.currency) ?? parsed.currency
  return money(kind, amount, currency, shown || written(amount, currency), tierOf(details.tier))
}

/** For an amount that came without its text. */
function written(amount: number, currency: string | undefined): string {
  if (amount === 0) return '?'
  return currency === undefined ? amount.toFixed(2) : `${amount.toFixed(2)} ${currency}`
}

/** Of the web page: only a text in the reader's language, and colours. */
export function shownMoney(kind: Money['kind'], shown: string, color?: unknown): Money {
  const display = cleanName(shown)
  const { amount, currency } = parseAmount(display)
  return money(kind, amount, currency, display, TIERS.get(color))
}

export function jewelsMoney(amount: number): Money {
  return { kind: 'jewels', amount, display: counted(amount, 'Jewel') }
}

/**
 * Reads `¥6,000`, `CA$5.00`, `PHP 100.00`, `20,00 €`, `JOD 5.000`. One or two digits behind the last separator are decimals, or three
 * where the currency has so many; any other separator groups. The amount is 0 where there is no number; the currency is left out where it is not clear.
 */
export function parseAmount(display: string): { amount: number; currency?: string } {
  const digits = /\d[\d.,'’\s]*/.exec(display)?.[0].trim() ?? ''
  const symbol = display.replace(digits, '').trim()
  const currency = SYMBOLS.get(symbol) ?? isoCode(symbol)
  const form = OF_A_THOUSAND.has(currency ?? '') ? THOUSANDTHS : HUNDREDTHS
  const [, whole = '', decimals = ''] = form.exec(digits.replace(/[.,'’\s]+$/, '')) ?? []
  const amount = Number(`${whole.replace(/\D/g, '')}.${decimals}`)
  return { amount: amount > 0 && amount <= MOST ? amount : 0, ...(currency !== undefined && { currency }) }
}

function money(
  kind: Money['kind'],
  amount: number,
  currency: string | undefined,
  display: string,
  tier: number | undefined,
): Money {
  return { kind, amount, ...(currency !== undefined && { currency }), display, ...(tier !== undefined && { tier }) }
}

function isoCode(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? value : undefined
}

function tierOf(value: unknown): number | undefined {
  const tier = whole(value)
  return tier !== undefined && tier >= 1 && tier <= 20 ? tier : undefined
}
