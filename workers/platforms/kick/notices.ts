import { filled, whole } from '../../foreign.ts'
import type { Author } from '../../message.ts'
import { cleanName } from '../../text.ts'
import { parts } from './emotes.ts'
import { type Base, counted, kicks, notice, type Outcome } from './events.ts'

/** Sentences about what people did, the same whether a webhook or the socket told of it. */

/** Shown for a giver who does not want to be named. */
export const UNNAMED = 'An anonymous viewer'

export function follow(head: Base, author: Author): Outcome {
  return [notice(head, 'follow', `${author.name} followed.`, { author })]
}

export function subscription(head: Base, author: Author, again: boolean, duration: unknown): Outcome {
  const months = whole(duration)
  if (!again) return [notice(head, 'sub', `${author.name} subscribed.`, { author, months })]
  const time = months === undefined ? 'again' : `for ${counted(months, 'month')}`
  return [notice(head, 'resub', `${author.name} subscribed ${time}.`, { author, months })]
}

export function gift(head: Base, author: Author | undefined, recipients: string[], count: number): Outcome {
  const recipient = recipients.length === 1 && count === 1 ? recipients[0] : undefined
  const what = count === 1 ? 'a sub' : counted(count, 'sub')
  const text = `${author?.name ?? UNNAMED} gifted ${what}${recipient === undefined ? '' : ` to ${recipient}`}.`
  return [notice(head, 'gift', text, { author, count, recipient })]
}

export function kicksGift(
  head: Base,
  author: Author,
  gift: { amount?: unknown; name?: unknown },
  words: unknown,
): Outcome {
  const money = kicks(whole(gift.amount) ?? 0)
  const text = `${author.name} sent ${cleanName(filled(gift.name) ?? '', 'a gift')} (${money.display}).`
  return [notice(head, 'gift', text, { author, money, parts: parts(filled(words) ?? '') })]
}

export function redemption(head: Base, author: Author, title: unknown, words: unknown): Outcome {
  const text = `${author.name} redeemed ${cleanName(filled(title) ?? '', 'a reward')}.`
  return [notice(head, 'reward', text, { author, parts: parts(filled(words) ?? '') })]
}

export function raid(head: Base, author: Author, viewers: unknown, words: unknown): Outcome {
  const count = whole(viewers)
  const many = count === undefined ? '' : ` with ${counted(count, 'viewer')}`
  return [
    notice(head, 'raid', `${author.name} is hosting${many}.`, { author, count, parts: parts(filled(words) ?? '') }),
  ]
}
