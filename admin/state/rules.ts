import { type Text, t } from '../language/words.ts'

/** A rules box holds one entry a line. */
export const MAX_ENTRIES = 1_000
export const MAX_ENTRY = 100

export function entriesOf(text: string): string[] {
  const entries = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return [...new Set(entries)]
}

/** A sentence when the box cannot be saved, else null. */
export function complaint(entries: readonly string[]): string | null {
  if (entries.length > MAX_ENTRIES)
    return t('At most {most} entries; there are {n}.', { most: MAX_ENTRIES, n: entries.length })
  const long = entries.find((entry) => entry.length > MAX_ENTRY)
  if (long === undefined) return null
  return t('An entry has at most {most} characters: “{start}…” is longer.', {
    most: MAX_ENTRY,
    start: long.slice(0, 20),
  })
}

/** Why a row is hidden, in words. `rule` is what the server names. */
export function hiddenBecause(rule: string): string {
  if (rule === ERASED) return t('Erased at the viewer’s wish')
  const held = rule.startsWith(HELD)
  const name = held ? rule.slice(HELD.length) : rule
  const why = RULES[name]
  if (held) return why === undefined ? t('Waits for a moderator') : t('Waits for a moderator: {why}', { why: t(why) })
  return why === undefined ? t('Hidden by a rule ({rule})', { rule: name }) : t('Hidden: {why}', { why: t(why) })
}
const HELD = 'held:'
const ERASED = 'erased'
const RULES: Readonly<Record<string, Text>> = {
  word: 'blocked word',
  user: 'hidden user',
  command: 'command',
  bot: 'bot',
  link: 'link',
  caps: 'capitals',
  repeat: 'repeated',
  emotes: 'emotes only',
  first: 'first message',
}
