import { MIN_PASSWORD, passwordComplaint } from '../../server/password-rule.ts'
import { type Text, t, told } from '../language/words.ts'

/** What a new account's fields must be, said in sentences before the server is asked. */
export interface NewAccount {
  username: string
  password: string
  channel: string
}

export function accountComplaints({ username, password }: NewAccount): Record<string, string> {
  const complaints: Record<string, string> = {}
  const name = username.trim()
  if (name.length < 3) complaints.username = t('At least {n} characters.', { n: 3 })
  else if (name.length > 32) complaints.username = t('At most {n} characters.', { n: 32 })
  else if (!/^[\p{L}\p{N}_.-]+$/u.test(name)) complaints.username = t('Letters, digits, dot, dash and underscore only.')
  const complaint = passwordComplaint(password)
  if (complaint !== null) complaints.password = told(complaint)
  return complaints
}

export type Strength = 'too short' | 'weak' | 'fair' | 'good' | 'strong'

const SAID: Record<Strength, Text> = {
  'too short': 'This password is too short.',
  weak: 'This password is weak.',
  fair: 'This password is fair.',
  good: 'This password is good.',
  strong: 'This password is strong.',
}

/** What stands below a field for a new password. */
export function passwordHint(password: string): string {
  return password === '' ? t('At least {n} characters.', { n: MIN_PASSWORD }) : t(SAID[strength(password)])
}

/** A word to go by, from length and variety; the server decides by length, and whether it is a common one. */
export function strength(password: string): Strength {
  if (password.length < MIN_PASSWORD) return 'too short'
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length
  const score = password.length + kinds * 2 + Math.min(new Set(password).size, 12) / 2
  if (passwordComplaint(password) !== null || new Set(password).size < 5 || score < 16) return 'weak'
  if (score < 21) return 'fair'
  return score < 27 ? 'good' : 'strong'
}
