import type { TrialVerdict } from '../../server/api.ts'
import { type Text, t } from '../language/words.ts'

const WHY: Readonly<Record<string, Text>> = {
  user: 'this person is hidden',
  bot: 'it is a known bot',
  command: 'it is a command',
  caps: 'too many capitals',
  repeat: 'it was said before',
  emotes: 'nothing but emotes',
  first: 'it is a first message',
  everything: 'everything is held',
}

/** What the rules would do, as a sentence. */
export function verdictOf({ rule, action, found }: TrialVerdict): string {
  if (rule === null) return t('It would be shown.')
  const why = reason(rule, found)
  return action === 'hold' ? t('It would wait for you: {why}.', { why }) : t('It would be hidden: {why}.', { why })
}

function reason(rule: string, found: string | null): string {
  if (rule === 'word') return t('the word “{word}”', { word: found ?? '' })
  if (rule === 'link') return found === null ? t('a link to another site') : t('a link to {site}', { site: found })
  const why = WHY[rule]
  return why === undefined ? t('the rule {rule}', { rule }) : t(why)
}
