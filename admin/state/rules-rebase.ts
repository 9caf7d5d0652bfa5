import type { RulesView, WordRule } from '../../server/api.ts'
import { entriesOf } from './rules.ts'
import { draftOf, type RulesDraft } from './rules-draft.ts'

/** What is being written, put on top of what somebody else has saved meanwhile: whatever was not touched here is theirs. */
export function rebased(draft: RulesDraft, before: RulesView, after: RulesView): RulesDraft {
  const [old, theirs] = [draftOf(before), draftOf(after)]
  const next: RulesDraft = {
    ...theirs,
    newWords: draft.newWords,
    words: wordsOnTop(draft.words, old.words, theirs.words),
    users: usersOnTop(draft.users, old.users, theirs.users),
  }
  for (const name of WHOLE) if (!same(draft[name], old[name])) take(next, draft, name)
  return next
}

/** Fields that are not put together from both hands. */
const WHOLE = ['commands', 'bots', 'links', 'caps', 'repeats', 'emoteOnly', 'firstTimers', 'everything'] as const

function take<Name extends keyof RulesDraft>(to: RulesDraft, from: RulesDraft, name: Name): void {
  to[name] = from[name]
}

/** Added, changed and taken away here; the rest as they have it. */
function wordsOnTop(
  mine: readonly WordRule[],
  before: readonly WordRule[],
  theirs: readonly WordRule[],
): readonly WordRule[] {
  const old = new Map(before.map((word) => [word.text, word]))
  const kept = new Set(mine.map(({ text }) => text))
  const changed = mine.filter((word) => !same(word, old.get(word.text)))
  const settled = new Set([...changed.map(({ text }) => text), ...[...old.keys()].filter((text) => !kept.has(text))])
  return [...changed, ...theirs.filter(({ text }) => !settled.has(text))]
}

/** As it is typed, unless they have changed the list, too. */
function usersOnTop(mine: string, before: string, theirs: string): string {
  if (mine === before) return theirs
  if (theirs === before) return mine
  const [old, kept] = [entriesOf(before), entriesOf(mine)]
  const added = kept.filter((name) => !old.includes(name))
  const gone = old.filter((name) => !kept.includes(name))
  return [...entriesOf(theirs).filter((name) => !gone.includes(name)), ...added].join('\n')
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
