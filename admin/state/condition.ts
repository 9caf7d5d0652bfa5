import type { SourceView } from '../../server/protocol.ts'
import { type Text, t, told } from '../language/words.ts'
import { since, until } from './format.ts'

/** How a source is, in the words that stand beside its light. */
export interface Condition {
  light: SourceState
  word: string
  /** What counts up or down, and so is not read out each second. */
  counting: string | null
}
export type SourceState = SourceView['state']

/** After this long without a message a platform is called quiet. */
const QUIET_MS = 60_000

const WORDS: Record<SourceState, Text> = {
  off: 'Off',
  waiting: 'Waiting for stream',
  connecting: 'Connecting…',
  live: 'Connected',
  stale: 'Quiet',
  retry: 'Reconnecting',
  attention: 'Needs attention',
}

export function wordOf(state: SourceState): string {
  return t(WORDS[state])
}

export function conditionOf(view: SourceView, now: number): Condition {
  return { light: view.state, word: t(WORDS[view.state]), counting: countingOf(view, now) }
}

function countingOf({ state, since: from, lastEventAt, retryAt }: SourceView, now: number): string | null {
  if (state === 'retry') return retryAt === null || retryAt <= now ? null : until(retryAt - now)
  if (state !== 'stale') return null
  const heard = lastEventAt ?? from
  return heard === null ? null : since(now - heard)
}

/** What a chip says: how the source is, or, where nothing is followed, whether messages are pushed in. */
export function chipConditionOf(view: SourceView | undefined, lastAt: number | undefined, now: number): Condition {
  if (view !== undefined && view.state !== 'off') return conditionOf(view, now)
  return hearing(lastAt, now)
}

/** How a platform is from which messages come without being followed. */
export function hearing(lastAt: number | undefined, now: number): Condition {
  if (lastAt === undefined) return { light: 'off', word: t(WORDS.off), counting: null }
  const silence = now - lastAt
  if (silence < QUIET_MS) return { light: 'live', word: t('Receiving'), counting: null }
  return { light: 'stale', word: t(WORDS.stale), counting: since(silence) }
}

export function sentenceOf({ word, counting }: Condition): string {
  return counting === null ? word : `${word} ${counting}`
}

/** What is wrong, or what is being waited for; null where there is nothing to explain. */
export function troubleOf({ state, error }: SourceView): string | null {
  if (state === 'waiting') return saidOf(error, 'No broadcast is running right now.')
  if (state === 'stale') return saidOf(error, 'Connected, but silent for longer than usual.')
  if (state === 'retry') return saidOf(error, 'The connection was lost.')
  if (state === 'attention') return saidOf(error, 'This connection needs your help.')
  return null
}

/** The connector's own sentence, which comes from the server, goes before ours. */
const saidOf = (error: string | null, otherwise: Text) => (error === null ? t(otherwise) : told(error))

/** What trying at once is called; null where it would do nothing. */
export function retryWordOf(state: SourceState): string | null {
  if (state === 'retry' || state === 'stale') return t('Reconnect now')
  if (state === 'waiting') return t('Check now')
  return state === 'attention' ? t('Try again') : null
}
