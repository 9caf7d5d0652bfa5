/** A stretch of a text, and whether it was looked for. */
export interface Stretch {
  text: string
  found: boolean
}

/** Terms of a search that stand for words: neither turned round nor an operator. */
const TERM = /(?<!\S)(?:"([^"]+)"?|([^\s"-]\S*))/g
const OPERATOR = /^[a-z]+:/i
const SPECIAL = /[.*+?^${}()|[\]\\]/g

/** The text cut where words of the search stand in it. */
export function marked(text: string, q: string): Stretch[] {
  const words = Array.from(q.matchAll(TERM), ([, quoted, bare = '']) => quoted ?? (OPERATOR.test(bare) ? '' : bare))
  const wanted = words.filter((word) => word !== '').map((word) => word.replace(SPECIAL, '\\$&'))
  if (wanted.length === 0) return [{ text, found: false }]
  const parts = text.split(new RegExp(`(${wanted.join('|')})`, 'gi'))
  return parts.map((part, nth) => ({ text: part, found: nth % 2 === 1 })).filter((part) => part.text !== '')
}
