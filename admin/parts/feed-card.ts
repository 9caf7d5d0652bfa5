import { h } from 'preact'
import { useMemo } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { clock } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { titleOf } from '../state/stream-title.ts'
import { Announcer } from './announcer.ts'
import { FeedList } from './feed-list.ts'
import { FeedTools } from './feed-tools.ts'
import type { RowDesk } from './row-actions.ts'
import { openMenu, openPerson } from './row-openers.ts'

export function FeedCard({ panel }: { panel: Panel }): View {
  const { title, live, startedAt } = panel.feed.value.stream
  const { density, textSize } = panel.preferences
  const moderates = panel.works.may('moderator')
  const desk = useMemo(() => rowDesk(panel, moderates), [moderates])
  return html`
    <section class="card feed-card" aria-labelledby="feed-title" data-density=${density.value} data-text=${textSize.value}>
      <header class="card-head">
        <h2 id="feed-title">${t('Live chat')}</h2>
        ${live && html`<p class="feed-stream"><bdi>${titleOf({ title })}</bdi> · ${clock(panel.now.value - (startedAt ?? panel.now.value))}</p>`}
      </header>
      ${h(FeedTools, { panel })}
      ${h(FeedList, { panel, desk })}
      ${h(Announcer, { panel })}
    </section>
  `
}

function rowDesk(panel: Panel, moderates: boolean): RowDesk {
  const rowOf = (n: number) => panel.feed.peek().rows.find((row) => row.n === n)
  return {
    hands: moderates ? panel.desk.hands : null,
    person: (n) => {
      const row = rowOf(n)
      if (row) openPerson(panel, row)
    },
    menu: (n, button) => {
      const row = rowOf(n)
      if (row) openMenu(panel, row, button)
    },
  }
}
