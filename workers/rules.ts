import type { Rules } from './control.ts'
import type { Draft, Role } from './message.ts'

/** A channel's rules, prepared for many events. */
export interface Ruling {
  words: string[]
  users: Set<string>
  commands: boolean
  bots: boolean
}

export const COMMAND_PREFIX = '!'

/** Accounts that are known to be bots wherever they write; they get the role, the rule decides whether they are hidden. */
const KNOWN_BOTS = new Set([
  'nightbot',
  'streamelements',
  'streamlabs',
  'moobot',
  'fossabot',
  'wizebot',
  'botrix',
  'botrixoficial',
  'kickbot',
  'sery_bot',
  'soundalerts',
  'stayhydratedbot',
  'pokemoncommunitygame',
  'restreambot',
  'mixitupbot',
  'phantombot',
  'cloudbot',
])

export function prepareRules(rules: Rules): Ruling {
  return {
    words: rules.words.map(forMatching).filter((word) => word !== ''),
    users: new Set(rules.users.map((user) => forMatching(user.replace(/^@/, '')))),
    commands: rules.commands,
    bots: rules.bots,
  }
}

/** Pure but for the role it adds: gives known bots the role `bot`, and says which rule hides the event, if any. */
export function judge(draft: Draft, ruling: Ruling): string | undefined {
  if (draft.kind !== 'message' && draft.kind !== 'notice') return undefined
  const { author } = draft
  const names = author === undefined ? [] : [author.name, author.login ?? '', author.id].map(forMatching)
  if (author !== undefined && names.some((name) => KNOWN_BOTS.has(name))) addRole(author.roles, 'bot')
  if (names.some((name) => name !== '' && ruling.users.has(name))) return 'user'
  if (ruling.bots && author?.roles.includes('bot')) return 'bot'
  if (ruling.commands && draft.kind === 'message' && draft.text.startsWith(COMMAND_PREFIX)) return 'command'
  return ruling.words.length > 0 && holdsWord(draft, ruling.words) ? 'word' : undefined
}

function addRole(roles: Role[], role: Role): void {
  if (!roles.includes(role)) roles.push(role)
}

function holdsWord(draft: Draft & { kind: 'message' | 'notice' }, words: string[]): boolean {
  const own = draft.kind === 'notice' ? (draft.parts ?? []).map((part) => part.text).join('') : ''
  const name = draft.author?.name ?? ''
  const shown = `${forMatching(name)}\n${forMatching(draft.text)}\n${forMatching(own)}`
  return words.some((word) => shown.includes(word))
}

// Zero-width and tag characters, soft hyphens, variation selectors: put between letters to dodge a word list.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu
const PLAIN = /^[\x20-\x7e]*$/

/** Text as words are compared: one form, one case, nothing invisible. For matching only, never shown. */
export function forMatching(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().trim()
  return text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase().trim()
}
