import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { clock, number } from '../state/format.ts'
import { perMinute } from '../state/pace.ts'
import type { Panel } from '../state/panel.ts'
import { titleOf } from '../state/stream-title.ts'
import { Card } from './card.ts'
import { PaceChart } from './pace-chart.ts'

export function StreamCard({ panel }: { panel: Panel }): View {
  const { stream, status, pace } = panel.feed.value
  const now = panel.now.value
  const title = stream.live ? titleOf(stream) : t('No stream running.')
  return h(
    Card,
    { id: 'stream', title: t('This stream'), class: 'stream-card' },
    html`
      <p class=${stream.live ? 'stream-title' : 'stream-title muted'}><bdi>${title}</bdi></p>
      <dl class="figures">
        <div><dt>${t('Clock')}</dt><dd>${stream.live ? clock(now - (stream.startedAt ?? now)) : '–'}</dd></div>
        <div><dt>${t('Messages')}</dt><dd>${stream.live ? number(status?.messages ?? 0) : '–'}</dd></div>
        <div><dt>${t('Per minute')}</dt><dd>${number(perMinute(pace, now))}</dd></div>
      </dl>
      ${h(PaceChart, { panel })}
    `,
  )
}
