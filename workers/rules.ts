import { forMatching } from './matching.ts'
import { type Draft, HELD, type Role } from './message.ts'
import type { Repeats } from './repeats.ts'
import type { Action, Ruled } from './ruled.ts'
import { capitals, hostsIn, isAllowed, isEmoteOnly, ownParts, type Said } from './traits.ts'
import { WordList } from './word-list.ts'

/** A channel's rules, prepared for many events. */
export interface Ruling {
  rules: Ruled
  words: WordList
  users: Set<string>
  people: Set<string>
}

/** The rule that caught an event, and what in it. */
export interface Verdict {
  rule: RuleName
  action: Action
  /** The word or the host. */
  found?: string
}
export type RuleName =
  | 'user'
  | 'bot'
  | 'command'
  | 'word'
  | 'link'
  | 'caps'
  | 'repeat'
  | 'emotes'
  | 'first'
  | 'everything'

export const COMMAND_PREFIX = '!'
const SECOND_MS = 1_000

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
/** Whoever may release what is held is not held. */
const TRUSTED: readonly Role[] = ['owner', 'mod']

export function prepareRules(rules: Ruled): Ruling {
  return new Prepared(rules).ruling
}

/** Prepared when they are first needed: of many changes at once, only the last one costs anything. */
export class Prepared {
  readonly #making: Generator<void, Ruling, void>
  #ruling: Ruling | null = null

  constructor(rules: Ruled) {
    this.#making = making(rules)
  }

  get ready(): boolean {
    return this.#ruling !== null
  }

  /** Whatever is not done yet is done now. */
  get ruling(): Ruling {
    for (;;) {
      if (this.#ruling !== null) return this.#ruling
      this.step()
    }
  }

  /** One piece of it: the longest list of words takes 30 ms in all, and other channels need not wait for that. */
  step(): void {
    if (this.#ruling !== null) return
    const { done, value } = this.#making.next()
    if (done) this.#ruling = value
  }
}

function* making(rules: Ruled): Generator<void, Ruling, void> {
  const words = yield* WordList.making(rules.words)
  const users = new Set(rules.users.map((user) => forMatching(user.replace(/^@/, ''))).filter(Boolean))
  return { rules, words, users, people: new Set(rules.people.map(personKey)) }
}

/**
 * Gives known bots the role `bot`, and says which rule catches the event, if any: one that hides before one that holds. `repeats`
 * remembers what was written; without it nothing is a repetition.
 */
export function judge(draft: Draft, ruling: Ruling, repeats?: Repeats): Verdict | undefined {
  if (draft.kind !== 'message' && draft.kind !== 'notice') return undefined
  const found: Verdict[] = []
  catchByAuthor(draft, ruling, found)
  catchByText(draft, ruling, repeats, found)
  if (found.length === 0) return undefined
  const hiding = found.find(({ action }) => action === 'hide')
  if (hiding !== undefined || draft.author?.roles.some((role) => TRUSTED.includes(role))) return hiding
  return found[0]
}

/** What stands in `hidden`. */
export function hiddenBy({ rule, action }: Verdict): string {
  return action === 'hold' ? `${HELD}${rule}` : rule
}

function catchByAuthor({ author, platform }: Said, { rules, users, people }: Ruling, found: Verdict[]): void {
  if (author === undefined) return
  const [name, login, id] = [forMatching(author.name), forMatching(author.login ?? ''), forMatching(author.id)]
  const isIn = (names: ReadonlySet<string>) => names.has(name) || names.has(login) || names.has(id)
  if (isIn(KNOWN_BOTS)) addRole(author.roles, 'bot')
  if (isIn(users) || (people.size > 0 && people.has(personKey({ platform, authorId: author.id }))))
    found.push({ rule: 'user', action: 'hide' })
  else if (rules.bots && author.roles.includes('bot')) found.push({ rule: 'bot', action: 'hide' })
}

function catchByText(said: Said, ruling: Ruling, repeats: Repeats | undefined, found: Verdict[]): void {
  const { rules } = ruling
  // Made once for the two rules that ask for it.
  const text = ruling.words.empty && rules.repeats === null ? '' : forMatching(said.text)
  const note = (rule: RuleName, action: Action, what?: string) =>
    found.push({ rule, action, ...(what !== undefined && { found: what }) })

  const word = wordIn(said, text, ruling.words)
  if (word !== null) note('word', word.action, word.text)
  if (said.kind === 'message' && rules.commands && said.text.startsWith(COMMAND_PREFIX)) note('command', 'hide')
  if (rules.links !== null) {
    const { action, allow } = rules.links
    const host = hostsIn(said).find((each) => !isAllowed(each, allow))
    if (host !== undefined) note('link', action, host)
  }
  if (rules.caps !== null && isShouted(said, rules.caps)) note('caps', rules.caps.action)
  if (rules.repeats !== null && isRepeated(said, text, rules.repeats.within, repeats))
    note('repeat', rules.repeats.action)
  if (rules.emoteOnly !== null && said.kind === 'message' && !said.money && isEmoteOnly(said))
    note('emotes', rules.emoteOnly.action)
  if (rules.firstTimers && said.kind === 'message' && said.first) note('first', 'hold')
  if (rules.everything && ownParts(said).length > 0) note('everything', 'hold')
}

function addRole(roles: Role[], role: Role): void {
  if (!roles.includes(role)) roles.push(role)
}

function wordIn(said: Said, text: string, words: WordList) {
  if (words.empty) return null
  const own = said.kind === 'notice' ? ownParts(said) : []
  const added = own.length > 0 ? `\n${forMatching(own.map((part) => part.text).join(''))}` : ''
  return words.find(`${forMatching(said.author?.name ?? '')}\n${text}${added}`)
}

function isShouted(said: Said, { share, least }: { share: number; least: number }): boolean {
  const found = capitals(said)
  return found.letters >= least && found.share >= share
}

/** Only messages: a notice is the platform's and may well come twice. */
function isRepeated(said: Said, text: string, within: number, repeats: Repeats | undefined): boolean {
  if (said.kind !== 'message' || repeats === undefined) return false
  const person = personKey({ platform: said.platform, authorId: said.author.id })
  const before = repeats.note(person, text.replace(/\s+/g, ' '), said.receivedAt)
  return before !== null && before <= within * SECOND_MS
}

function personKey({ platform, authorId }: { platform: string; authorId: string }): string {
  return `${platform}\n${authorId}`
}
