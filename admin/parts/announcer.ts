import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { tn } from '../language/words.ts'
import type { FeedState } from '../state/feed.ts'
import type { Panel } from '../state/panel.ts'

/** Chat at speed is noise: a screen reader gets one summary in this time. */
const EVERY_MS = 5_000

export function Announcer({ panel }: { panel: Panel }): View {
  const said = useSignal('')
  const on = panel.preferences.announce.value
  useEffect(() => {
    if (!on) return
    let from = panel.feed.peek().n
    const timer = setInterval(() => {
      const state = panel.feed.peek()
      said.value = summary(state, from)
      from = state.n
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [on])
  return html`<p class="unseen" role="status">${on ? said.value : ''}</p>`
}

/** What came in since row number `from`; empty when nothing did. */
export function summary(state: FeedState, from: number): string {
  const fresh = state.rows.filter((row) => row.n >= from && row.event.kind !== 'clear')
  const last = fresh[fresh.length - 1]?.event
  if (!last || last.kind === 'clear') return ''
  const words = last.kind === 'message' ? `${last.author.name}: ${last.text}` : last.text
  return `${tn(fresh.length, '{n} new message', '{n} new messages')}. ${words}`
}
