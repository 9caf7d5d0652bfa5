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
  return HIDDEN[rule] ?? `Hidden by a rule (${rule})`
}
const HIDDEN: Record<string, string> = {
  erased: 'Erased at the viewer’s wish',
  word: 'Hidden: blocked word',
  words: 'Hidden: blocked word',
  user: 'Hidden: blocked user',
  users: 'Hidden: blocked user',
  command: 'Hidden: command',
  commands: 'Hidden: command',
  bot: 'Hidden: bot',
  bots: 'Hidden: bot',
}
