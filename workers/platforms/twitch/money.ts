import type { Money } from '../../message.ts'
import { wholeNumber } from './json.ts'

export function bitsMoney(bits: number): Money {
  return { kind: 'bits', amount: bits, display: bits === 1 ? '1 bit' : `${bits} bits` }
}

/** An amount in the currency's smallest unit, as Twitch gives it: 1400 with exponent 2 is 14.00. */
export interface MinorAmount {
  amount: string | undefined
  exponent: string | undefined
  currency: string | undefined
}

/** Nothing when amount or exponent are not what they should be; a wrong sum is worse than none. */
export function minorMoney(kind: 'paid-pin' | 'donation', minor: MinorAmount): Money | undefined {
  const units = wholeNumber(minor.amount)
  if (units === undefined || units === 0 || !/^[0-8]$/.test(minor.exponent ?? '')) return undefined
  const exponent = Number(minor.exponent)
  const amount = units / 10 ** exponent
  const figures = amount.toFixed(exponent)
  const currency = /^[A-Z]{3}$/.test(minor.currency ?? '') ? minor.currency : undefined
  return currency === undefined
    ? { kind, amount, display: figures }
    : { kind, amount, currency, display: `${figures} ${currency}` }
}

const LEVELS = ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE', 'TEN']

/** The money of a message by its tags: bits, or a paid pin ("Hype Chat"). */
export function moneyOf(tags: ReadonlyMap<string, string>): Money | undefined {
  const bits = wholeNumber(tags.get('bits')) ?? 0
  if (bits > 0) return bitsMoney(bits)
  if (!tags.has('pinned-chat-paid-amount')) return undefined
  const money = minorMoney('paid-pin', {
    amount: tags.get('pinned-chat-paid-amount'),
    exponent: tags.get('pinned-chat-paid-exponent'),
    currency: tags.get('pinned-chat-paid-currency'),
  })
  const level = LEVELS.indexOf(tags.get('pinned-chat-paid-level') ?? '') + 1
  if (money !== undefined && level > 0) money.tier = level
  return money
}
