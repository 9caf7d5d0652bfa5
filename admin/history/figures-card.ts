import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { FiguresView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { Mark } from '../parts/mark.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import { columnsOf } from '../state/columns.ts'
import { number, timeOfDay } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'

/** The chart has room for so many columns at least: a stream of a minute is a column, not a wall. */
const LEAST_COLUMNS = 30

/** How the stream went: a chart that is read with the pointer or the arrow keys, a table beside it, and who said most. */
export function FiguresCard({ panel, id }: { panel: Panel; id: string }): View {
  const figures = useMemo(() => new Resource<FiguresView>(() => panel.api.figures(id)), [id])
  useEffect(() => void figures.load(), [id])
  const loaded = figures.now.value
  return html`
    <section class="card" aria-labelledby="figures-title">
      <header class="card-head"><h2 id="figures-title">${t('How it went')}</h2></header>
      ${loaded.state === 'loading' && h(Skeleton, { rows: 4 })}
      ${loaded.state === 'failed' && h(Failed, { what: t('The figures could not be loaded.'), error: loaded.error, again: () => void figures.load() })}
      ${loaded.state === 'ready' && (loaded.value.messages === 0 ? html`<p class="muted course-none">${t('Nothing was said.')}</p>` : h(Course, { panel, figures: loaded.value }))}
    </section>
  `
}

function Course({ panel, figures }: { panel: Panel; figures: FiguresView }): View {
  return html`
    <div class="course">
      ${h(Chart, { panel, figures })}
      <details>
        <summary>${t('As a table')}</summary>
        ${h(Table, { panel, figures })}
      </details>
      <h3>${tn(figures.chatters, '{n} person wrote', '{n} people wrote')}</h3>
      <ol class="chatters">
        ${figures.top.map(
          (chatter) => html`
            <li class="chatter">${h(Mark, { id: chatter.platform, about: panel.abouts.value.get(chatter.platform) })} <bdi>${chatter.name}</bdi> <span class="muted">${number(chatter.messages)}</span></li>
          `,
        )}
      </ol>
    </div>
  `
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }

/** A chart of `across` places is read column by column, with the pointer or with keys. */
function useReading(columns: number, across: number) {
  const cursor = useSignal<number | null>(null)
  const move = (to: number) => {
    cursor.value = Math.min(columns - 1, Math.max(0, to))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Home') move(0)
    else if (event.key === 'End') move(columns - 1)
    else if (Object.hasOwn(STEPS, event.key)) move((cursor.value ?? -1) + (STEPS[event.key] ?? 0))
    else return
    event.preventDefault()
  }
  const onPointerMove = (event: PointerEvent) => {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect()
    move(Math.floor(((event.clientX - left) / Math.max(1, width)) * across))
  }
  const onPointerLeave = () => {
    cursor.value = null
  }
  return { cursor, onKeyDown, onPointerMove, onPointerLeave }
}

function Chart({ panel, figures }: { panel: Panel; figures: FiguresView }): View {
  const columns = columnsOf(figures)
  const across = Math.max(LEAST_COLUMNS, columns.length)
  const platforms = Object.keys(figures.counts)
  const highest = Math.max(1, ...columns.map(({ total }) => total))
  const { cursor, ...reading } = useReading(columns.length, across)
  const at = cursor.value === null ? null : (columns[Math.min(cursor.value, columns.length - 1)] ?? null)
  const label = (id: string) => panel.abouts.value.get(id)?.label ?? id
  const said =
    at === null
      ? tn(minutesOf(figures), '{most} at most in a minute', '{most} at most in {n} minutes', { most: highest })
      : `${timeOfDay(at.at)}: ${platforms.map((id) => `${label(id)} ${number(at.counts[id] ?? 0)}`).join(', ')}`
  return html`
    <svg
      class="course-chart"
      viewBox=${`0 0 ${across} 100`}
      preserveAspectRatio="none"
      role="slider"
      tabindex="0"
      aria-label=${tn(minutesOf(figures), 'Messages in a minute', 'Messages in {n} minutes')}
      aria-valuemin="1"
      aria-valuemax=${columns.length}
      aria-valuenow=${(cursor.value ?? 0) + 1}
      aria-valuetext=${said}
      ...${reading}
    >
      ${columns.map((column, nth) => {
        let below = 0
        return platforms.map((id) => {
          const height = ((column.counts[id] ?? 0) / highest) * 100
          below += height
          return height === 0
            ? null
            : html`<rect x=${nth} y=${100 - below} width="1" height=${height} fill=${panel.abouts.value.get(id)?.color} />`
        })
      })}
      ${cursor.value !== null && html`<rect class="course-cursor" x=${cursor.value} y="0" width="1" height="100" />`}
    </svg>
    <p class="muted course-said">${said}</p>
  `
}

function Table({ panel, figures }: { panel: Panel; figures: FiguresView }): View {
  const platforms = Object.keys(figures.counts)
  return html`
    <div class="course-table" tabindex="0" role="region" aria-label=${t('Messages as a table')}>
      <table>
        <thead><tr><th scope="col">${t('From|a time')}</th>${platforms.map((id) => html`<th scope="col">${panel.abouts.value.get(id)?.label ?? id}</th>`)}</tr></thead>
        <tbody>
          ${columnsOf(figures)
            .filter(({ total }) => total > 0)
            .map(
              (column) =>
                html`<tr><th scope="row">${timeOfDay(column.at)}</th>${platforms.map((id) => html`<td>${number(column.counts[id] ?? 0)}</td>`)}</tr>`,
            )}
        </tbody>
      </table>
    </div>
  `
}

function minutesOf({ column }: FiguresView): number {
  return Math.round(column / 60_000)
}
