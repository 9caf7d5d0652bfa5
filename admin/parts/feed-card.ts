import { h } from 'preact'
import { useCallback, useRef } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { clock } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Announcer } from './announcer.ts'
import { FeedList } from './feed-list.ts'
import { FeedTools } from './feed-tools.ts'

export function FeedCard({ panel }: { panel: Panel }): View {
  const { title, live, startedAt } = panel.feed.value.stream
  const hide = useHide(panel)
  return html`
    <section class="card feed-card" aria-labelledby="feed-title">
      <header class="card-head">
        <h2 id="feed-title">Live chat</h2>
        ${live && html`<p class="feed-stream"><bdi>${title || 'Untitled stream'}</bdi> · ${clock(panel.now.value - (startedAt ?? panel.now.value))}</p>`}
      </header>
      ${h(FeedTools, { panel })}
      ${h(FeedList, { panel, onHide: hide })}
      ${h(Announcer, { panel })}
    </section>
  `
}

/** The same function for as long as the card lives, so that rows need not be drawn again. One call a message at a time. */
function useHide(panel: Panel): (id: string) => void {
  const asked = useRef(new Set<string>()).current
  return useCallback((id: string) => {
    if (asked.has(id)) return
    asked.add(id)
    panel.api
      .hide(id)
      .catch((error: Error) => panel.toasts.failed(error))
      .finally(() => asked.delete(id))
  }, [])
}
