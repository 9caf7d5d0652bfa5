import { useSignal } from '@preact/signals'
import { h } from 'preact'
import type { About } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { PACE_MINUTES } from '../state/feed.ts'
import { machineTime, minuteOfDay, number } from '../state/format.ts'
import { CHART_HEIGHT, CHART_WIDTH, linePath, MINUTE_MS, series } from '../state/pace.ts'
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
      <svg viewBox=${`0 0 ${CHART_WIDTH} ${CHART_HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${t('Messages a minute over {n} minutes; the numbers stand below', { n: PACE_MINUTES })}>
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
        <span class="faint">${t('in {n} min', { n: PACE_MINUTES })}</span>
      </figcaption>
      ${h(PaceTable, { lines, now: panel.now.value })}
    </figure>
  `
}

/** The newest first; minutes in which nobody wrote are left out. */
function PaceTable({ lines, now }: { lines: { about: About; values: number[] }[]; now: number }): View {
  const open = useSignal(false)
  const onToggle = (event: Event) => {
    open.value = (event.currentTarget as HTMLDetailsElement).open
  }
  return html`
    <details class="pace-table" onToggle=${onToggle}>
      <summary>${t('Show as table')}</summary>
      ${
        open.value &&
        html`
        <div tabindex="0" role="group" aria-label=${t('Messages a minute')}>
          <table>
            <thead><tr><th scope="col">${t('Minute')}</th>${lines.map(({ about }) => html`<th scope="col">${about.label}</th>`)}</tr></thead>
            <tbody>${minutes(lines, now).map(
              ({ at, counts }) =>
                html`<tr><th scope="row"><time datetime=${machineTime(at)}>${minuteOfDay(at)}</time></th>${counts.map((count) => html`<td>${number(count)}</td>`)}</tr>`,
            )}</tbody>
          </table>
        </div>
      `
      }
    </details>
  `
}

function minutes(lines: readonly { values: number[] }[], now: number): { at: number; counts: number[] }[] {
  const last = Math.floor(now / MINUTE_MS)
  return Array.from({ length: PACE_MINUTES }, (_, back) => ({
    at: (last - back) * MINUTE_MS,
    counts: lines.map(({ values }) => values[PACE_MINUTES - 1 - back] ?? 0),
  })).filter(({ counts }) => counts.some((count) => count > 0))
}
