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
  if (entries.length > MAX_ENTRIES) return `At most ${MAX_ENTRIES} entries; there are ${entries.length}.`
  const long = entries.find((entry) => entry.length > MAX_ENTRY)
  return long === undefined ? null : `An entry has at most ${MAX_ENTRY} characters: “${long.slice(0, 20)}…” is longer.`
}

/** Why a row is hidden, in words. `rule` is what the server names. */
export function hiddenBecause(rule: string): string {
  if (rule === ERASED) return 'Erased at the viewer’s wish'
  const held = rule.startsWith(HELD)
  const name = held ? rule.slice(HELD.length) : rule
  const why = RULES[name]
  if (held) return why === undefined ? 'Waits for a moderator' : `Waits for a moderator: ${why}`
  return why === undefined ? `Hidden by a rule (${name})` : `Hidden: ${why}`
}
const HELD = 'held:'
const ERASED = 'erased'
const RULES: Record<string, string> = {
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
