import type { PersonView } from '../../server/api.ts'
import { type Text, t } from '../language/words.ts'
import { duration, until } from './format.ts'

/** For how long a person is hidden: seconds, as long as the stream runs, or until somebody shows them again. */
export type Lasts = number | 'stream'

export const LASTS = [
  { id: 'ever', label: 'For good', lasts: undefined },
  { id: 'minutes', label: '10 minutes', lasts: 600 },
  { id: 'hour', label: '1 hour', lasts: 3_600 },
  { id: 'stream', label: 'Until this stream ends', lasts: 'stream' },
] as const satisfies readonly { id: string; label: Text; lasts: Lasts | undefined }[]
export type LastsId = (typeof LASTS)[number]['id']

const HOUR_MS = 3_600_000

/** When somebody who is hidden is shown again by themselves; null = never. */
export function leftOf({ until: end }: Pick<PersonView, 'until'>, now: number): string | null {
  if (end === null) return null
  if (end === 'stream') return t('until the stream ends')
  const left = Math.max(0, end - now)
  return t('for another {time}', { time: left < HOUR_MS ? until(left) : duration(left) })
}
