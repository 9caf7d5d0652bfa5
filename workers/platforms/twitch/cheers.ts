import type { Part } from '../../message.ts'

/** Cheermotes that work in every channel, in lower case. A channel may have own ones besides. */
const GLOBAL = new Set(
  (
    'cheer cheerwhal corgo uni showlove party seemsgood pride kappa frankerz heyguys dansgame elegiggle trihard kreygasm ' +
    '4head swiftrage notlikethis failfish vohiyo pjsalt mrdestructoid bday ripcheer shamrock bitboss streamlabs muxy ' +
    'holidaycheer goal anon charity doodlecheer'
  ).split(' '),
)

/** Bits from which a cheermote has its next picture. */
const TIERS = [10_000, 5_000, 1_000, 100, 1]
const TOKEN = /^(4?[a-z]+)(\d{1,7})$/i

/**
 * Which words of a message are cheers. The platform gives only the total of bits, so words of known cheermotes count as
 * long as the total lasts; when all words of that form together are exactly the total, unknown ones (a channel's own) count too.
 */
export interface Cheers {
  take(word: string): { part: Part; length: number } | undefined
}

export function cheersOf(text: string, total: number): Cheers {
  const all = sumOf(text) === total
  let left = total
  return {
    take(word) {
      const token = readToken(word)
      if (token === undefined || token.bits > left) return undefined
      if (!all && !GLOBAL.has(token.prefix)) return undefined
      left -= token.bits
      return { part: cheerPart(word, token.prefix, token.bits), length: word.length }
    },
  }
}

/** A cheer's part; only global cheermotes have an address that can be known without asking Twitch. */
export function cheerPart(text: string, prefix: string, bits: number): Part {
  const name = prefix.toLowerCase()
  if (!GLOBAL.has(name)) return { type: 'cheer', text, bits }
  const tier = TIERS.find((from) => bits >= from) ?? 1
  const url = `https://d3aqoihi2n8ty8.cloudfront.net/actions/${name}/dark/animated/${tier}/2.gif`
  return { type: 'cheer', text, bits, url }
}

function readToken(word: string): { prefix: string; bits: number } | undefined {
  const match = TOKEN.exec(word)
  if (match === null) return undefined
  const bits = Number(match[2])
  return bits === 0 ? undefined : { prefix: (match[1] ?? '').toLowerCase(), bits }
}

function sumOf(text: string): number {
  let sum = 0
  for (const word of text.split(/\s+/)) sum += readToken(word)?.bits ?? 0
  return sum
}
