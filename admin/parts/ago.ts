import { html, type View } from '../html.ts'
import { dayAndTime, machineTime, since } from '../state/format.ts'

/** How long ago something was, `12 s ago`; null = never. */
export function Ago({ at, now }: { at: number | null; now: number }): View {
  if (at === null) return html`<span class="faint">None yet</span>`
  return html`<time datetime=${machineTime(at)} title=${dayAndTime(at)}>${since(now - at)} ago</time>`
}
