import type { SourceView } from '../../server/protocol.ts'
import { t } from '../language/words.ts'
import { dayAndTime, minuteOfDay } from './format.ts'

/** What may still be asked of a platform's API, as numbers and words. */
export interface Meter {
  used: number
  limit: number
  /** From here on it becomes scarce. */
  scarce: number
  spent: boolean
  words: string
  again: string
}

const SCARCE = 0.8
const DAY_MS = 24 * 60 * 60_000

export function meterOf({ used, limit, resetsAt }: NonNullable<SourceView['quota']>, now: number): Meter {
  const when = resetsAt - now < DAY_MS ? minuteOfDay(resetsAt) : dayAndTime(resetsAt)
  return {
    used: Math.min(used, limit),
    limit,
    scarce: limit * SCARCE,
    spent: used >= limit,
    words: t('{n} of {most}', { n: used, most: limit }),
    again: t('Begins anew at {time}.', { time: when }),
  }
}
