import { h } from 'preact'
import { useMemo } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { clock } from '../state/format.ts'
import { moderating } from '../state/moderating.ts'
import type { Panel } from '../state/panel.ts'
import { Announcer } from './announcer.ts'
import { FeedList } from './feed-list.ts'
import { FeedTools } from './feed-tools.ts'

export function FeedCard({ panel }: { panel: Panel }): View {
  const { title, live, startedAt } = panel.feed.value.stream
  const hands = useMemo(() => moderating(panel), [])
  return html`
    <section class="card feed-card" aria-labelledby="feed-title">
      <header class="card-head">
        <h2 id="feed-title">Live chat</h2>
        ${live && html`<p class="feed-stream"><bdi>${title || 'Untitled stream'}</bdi> · ${clock(panel.now.value - (startedAt ?? panel.now.value))}</p>`}
      </header>
      ${h(FeedTools, { panel })}
      ${h(FeedList, { panel, hands: panel.works.may('moderator') ? hands : null })}
      ${h(Announcer, { panel })}
    </section>
  `
}
