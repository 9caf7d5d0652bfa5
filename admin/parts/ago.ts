import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { dayAndTime, machineTime, since } from '../state/format.ts'

/** How long ago something was, `12 s ago`; null = never. */
export function Ago({ at, now }: { at: number | null; now: number }): View {
  if (at === null) return html`<span class="faint">${t('None yet')}</span>`
  return html`<time datetime=${machineTime(at)} title=${dayAndTime(at)}>${t('{time} ago', { time: since(now - at) })}</time>`
}
