import type { RulesView, WordRule } from '../../server/api.ts'
import { t } from '../language/words.ts'
import { complaint, entriesOf } from './rules.ts'

/** The rules as they are being written: what is typed stays as typed until it is saved. */
export interface RulesDraft extends Omit<RulesView, 'words' | 'users' | 'links' | 'caps' | 'repeats' | 'emoteOnly'> {
  words: readonly WordRule[]
  /** Typed and not yet on the list. */
  newWords: string
  /** One a line. */
  users: string
  links: { on: boolean; action: Action; allow: string }
  caps: { on: boolean; action: Action; share: number; least: number }
  repeats: { on: boolean; action: Action; within: number }
  emoteOnly: { on: boolean; action: Action }
}
export type Action = WordRule['action']
export const MAX_WORDS = 1_000
export const MAX_HOSTS = 200

export function draftOf(rules: RulesView): RulesDraft {
  const { links, caps, repeats, emoteOnly } = rules
  return {
    words: rules.words.map(asRule),
    newWords: '',
    users: rules.users.join('\n'),
    commands: rules.commands,
    bots: rules.bots,
    links: { on: links !== null, action: links?.action ?? 'hide', allow: (links?.allow ?? []).join('\n') },
    caps: { action: 'hide', share: 70, least: 10, ...caps, on: caps !== null },
    repeats: { action: 'hide', within: 30, ...repeats, on: repeats !== null },
    emoteOnly: { on: emoteOnly !== null, action: emoteOnly?.action ?? 'hide' },
    firstTimers: rules.firstTimers,
    everything: rules.everything,
  }
}

/** Words that are typed and not yet on the list count as hidden wherever they stand. */
export function rulesOf(draft: RulesDraft): RulesView {
  const { links, caps, repeats, emoteOnly } = draft
  return {
    words: withNew(draft, { match: 'anywhere', action: 'hide' }).map(shortest),
    users: entriesOf(draft.users),
    commands: draft.commands,
    bots: draft.bots,
    links: links.on ? { action: links.action, allow: entriesOf(links.allow) } : null,
    caps: caps.on ? { action: caps.action, share: caps.share, least: caps.least } : null,
    repeats: repeats.on ? { action: repeats.action, within: repeats.within } : null,
    emoteOnly: emoteOnly.on ? { action: emoteOnly.action } : null,
    firstTimers: draft.firstTimers,
    everything: draft.everything,
  }
}

/** The list with what was typed, newest first; a word that stands there already is changed. */
export function withNew(
  draft: Pick<RulesDraft, 'words' | 'newWords'>,
  how: Pick<WordRule, 'match' | 'action'>,
): WordRule[] {
  const added = entriesOf(draft.newWords).map((text) => ({ text, ...how }))
  const names = new Set(added.map(({ text }) => text))
  return [...added, ...draft.words.filter(({ text }) => !names.has(text))]
}

export function isChanged(draft: RulesDraft, saved: RulesView): boolean {
  return JSON.stringify(rulesOf(draft)) !== JSON.stringify(rulesOf(draftOf(saved)))
}

export function complaintsOf(draft: RulesDraft): Record<string, string> {
  const complaints: Record<string, string> = {}
  const words = complaint(rulesOf(draft).words.map((word) => asRule(word).text))
  const users = complaint(entriesOf(draft.users))
  if (words !== null) complaints.words = words
  if (users !== null) complaints.users = users
  if (draft.links.on && entriesOf(draft.links.allow).length > MAX_HOSTS)
    complaints.allow = t('At most {n} hosts.', { n: MAX_HOSTS })
  return complaints
}

const asRule = (word: string | WordRule): WordRule =>
  typeof word === 'string' ? { text: word, match: 'anywhere', action: 'hide' } : word

const shortest = (word: WordRule): string | WordRule =>
  word.match === 'anywhere' && word.action === 'hide' ? word.text : word
