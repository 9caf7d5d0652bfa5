import type { TrialVerdict } from '../../server/api.ts'

const WHY: Readonly<Record<string, string>> = {
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
  if (rule === null) return 'It would be shown.'
  const does = action === 'hold' ? 'It would wait for you' : 'It would be hidden'
  return `${does}: ${reason(rule, found)}.`
}

function reason(rule: string, found: string | null): string {
  if (rule === 'word') return `the word “${found ?? ''}”`
  if (rule === 'link') return `a link to ${found ?? 'another site'}`
  return WHY[rule] ?? `the rule ${rule}`
}
