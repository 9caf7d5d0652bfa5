/** What a search is taken for, term by term, as the server reads it (`workers/archive/query.ts`). */

export interface UnderstoodTerm {
  /** As it was typed, without the minus. */
  text: string
  /** An operator with a value, or words to be said. */
  kind: 'operator' | 'words'
  without: boolean
}

const TERM = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/giu
const DAY = /^\d{4}-\d\d-\d\d(t\d\d:\d\d(:\d\d)?z?)?$/
const any = () => true
const VALUES = new Map<string, (value: string) => boolean>([
  ['from', any],
  ['platform', any],
  ['kind', any],
  ['role', any],
  ['has', (value) => ['link', 'emote', 'money'].includes(value)],
  ['is', (value) => ['hidden', 'simulated', 'reply'].includes(value)],
  ['before', (value) => DAY.test(value)],
  ['after', (value) => DAY.test(value)],
])

export function understood(q: string): UnderstoodTerm[] {
  return Array.from(q.matchAll(TERM), ([, minus = '', name = '', quoted, bare]) => {
    const value = quoted ?? bare ?? ''
    const known = name !== '' && value !== '' && VALUES.get(name.toLowerCase())?.(value.toLowerCase()) === true
    const text = name === '' ? value : `${name}:${value}`
    return { text, kind: known ? ('operator' as const) : ('words' as const), without: minus === '-' }
  }).filter(({ text }) => text !== '')
}
