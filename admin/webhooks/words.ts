import type { DeliveryView, WebhookView } from '../../server/api.ts'
import type { WebhookEvent } from '../../server/protocol.ts'
import { type Text, t, tn, told } from '../language/words.ts'
import { timeOfDay } from '../state/format.ts'

export const EVENT_NAMES: Readonly<Record<WebhookEvent, Text>> = {
  message: 'Messages',
  notice: 'Subs, raids and other notices',
  remove: 'Removals',
  clear: 'Clears',
  stream: 'Stream start and end',
  moderation: 'What moderators do',
}

export interface Condition {
  tone: 'ok' | 'warn' | 'err' | 'off'
  word: string
  /** What it means and what helps; '' = nothing to say. */
  sentence: string
}

export function conditionOf(view: WebhookView): Condition {
  const { tone, word, sentences } = standingOf(view)
  const missed = missedOf(view)
  return { tone, word: t(word), sentence: [...sentences, ...missed].join(' ') }
}

interface Standing {
  tone: Condition['tone']
  word: Text
  sentences: string[]
}

function standingOf({ paused, failingSince, retryAt }: WebhookView): Standing {
  if (paused !== null) {
    return { tone: paused === 'hand' ? 'off' : 'err', word: 'Paused', sentences: [t(PAUSED[paused])] }
  }
  if (failingSince === null) return { tone: 'ok', word: 'Delivers', sentences: [] }
  const again =
    retryAt === null ? t('It is being tried again.') : t('Tried again at {time}.', { time: timeOfDay(retryAt) })
  return { tone: 'warn', word: 'Failing', sentences: [t('Since {time}.', { time: timeOfDay(failingSince) }), again] }
}

const PAUSED: Readonly<Record<NonNullable<WebhookView['paused']>, Text>> = {
  hand: 'Nothing is delivered.',
  gone: 'The address says that it is gone for good (410). Check it, then resume.',
  failures: 'Nothing was taken for six hours, so nothing more is tried. Mend the other side, then resume.',
}

function missedOf({ missed }: WebhookView): string[] {
  return missed === 0 ? [] : [tn(missed, '{n} event will be told as missed.', '{n} events will be told as missed.')]
}

/** How one delivery went. */
export function outcomeOf({ status, error, ms, attempt, events, test }: DeliveryView): string {
  const what = test ? t('Test') : tn(events, '{n} event', '{n} events')
  const said = error === null ? t('taken with {status}', { status: String(status) }) : told(error)
  if (attempt > 1) return t('{what}, try {n}: {said} ({ms} ms)', { what, n: attempt, said, ms })
  return t('{what}: {said} ({ms} ms)', { what, said, ms })
}
