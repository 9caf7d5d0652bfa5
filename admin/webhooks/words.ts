import type { DeliveryView, WebhookView } from '../../server/api.ts'
import type { WebhookEvent } from '../../server/protocol.ts'
import { counted, timeOfDay } from '../state/format.ts'

export const EVENT_NAMES: Readonly<Record<WebhookEvent, string>> = {
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

export function conditionOf({ paused, failingSince, retryAt, missed }: WebhookView): Condition {
  const missing = missed === 0 ? '' : ` ${counted(missed, 'event', 'events')} will be told as missed.`
  if (paused === 'hand') return { tone: 'off', word: 'Paused', sentence: `Nothing is delivered.${missing}` }
  if (paused === 'gone') {
    const sentence = `The address says that it is gone for good (410). Check it, then resume.${missing}`
    return { tone: 'err', word: 'Paused', sentence }
  }
  if (paused === 'failures') {
    const sentence = `Nothing was taken for six hours, so nothing more is tried. Mend the other side, then resume.${missing}`
    return { tone: 'err', word: 'Paused', sentence }
  }
  if (failingSince !== null) {
    const again = retryAt === null ? 'It is being tried again.' : `Tried again at ${timeOfDay(retryAt)}.`
    return { tone: 'warn', word: 'Failing', sentence: `Since ${timeOfDay(failingSince)}. ${again}${missing}` }
  }
  return { tone: 'ok', word: 'Delivers', sentence: missing.trim() }
}

export function outcomeOf({ status, error, ms, attempt, events, test }: DeliveryView): string {
  const what = test ? 'Test' : counted(events, 'event', 'events')
  const nth = attempt > 1 ? `, try ${attempt}` : ''
  return `${what}${nth}: ${error ?? `taken with ${status}`} (${ms} ms)`
}
