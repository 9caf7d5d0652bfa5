import type { Api } from '../api.ts'

/** Distinct words of a text that a rule could be made of, as they were written. */
export function wordsIn(text: string): string[] {
  const found = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu) ?? []
  const distinct = new Map(found.map((word) => [word.toLowerCase(), word]))
  return [...distinct.values()].filter((word) => word.length > 1).slice(0, MAX_OFFERED)
}
const MAX_OFFERED = 16

/** Puts a word among the rules as they stand now; one that is there already changes nothing. */
export async function addWord(api: Pick<Api, 'rules' | 'saveRules'>, word: string): Promise<'added' | 'known'> {
  const rules = await api.rules()
  const wanted = word.toLowerCase()
  if (rules.words.some((each: string | { text: string }) => textOf(each).toLowerCase() === wanted)) return 'known'
  await api.saveRules({ ...rules, words: [...rules.words, word] })
  return 'added'
}

const textOf = (word: string | { text: string }) => (typeof word === 'string' ? word : word.text)
