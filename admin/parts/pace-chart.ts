import { h } from 'preact'
import { html, type View } from '../html.ts'
import { PACE_MINUTES } from '../state/feed.ts'
import { number } from '../state/format.ts'
import { CHART_HEIGHT, CHART_WIDTH, linePath, series } from '../state/pace.ts'
import type { Panel } from '../state/panel.ts'
import { Mark } from './mark.ts'

/** Messages a minute over half an hour, one line a platform: told apart by colour and by dash. */
export function PaceChart({ panel }: { panel: Panel }): View | null {
  const abouts = [...panel.abouts.value.values()]
  const { pace } = panel.feed.value
  if (abouts.length === 0 || pace.length === 0) return null
  const lines = abouts.map((about) => ({ about, values: series(pace, about.id, panel.now.value) }))
  const top = Math.max(1, ...lines.flatMap(({ values }) => values))
  return html`
    <figure class="pace">
      <svg viewBox=${`0 0 ${CHART_WIDTH} ${CHART_HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${`Messages a minute over ${PACE_MINUTES} minutes; the numbers stand below`}>
        ${lines.map(
          ({ about, values }, i) => html`
            <path d=${linePath(values, top)} data-dash=${i % 3} style=${{ '--line-dark': about.ink.dark, '--line-light': about.ink.light }} />
          `,
        )}
      </svg>
      <figcaption>
        ${lines.map(
          ({ about, values }) => html`
            <span>${h(Mark, { id: about.id, about })} ${number(values.reduce((sum, value) => sum + value, 0))}</span>
          `,
        )}
        <span class="faint">in ${PACE_MINUTES} min</span>
      </figcaption>
    </figure>
  `
}
