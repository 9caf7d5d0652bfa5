import { type Signal, useSignal } from '@preact/signals'
import { ListFilter } from 'lucide'
import { h } from 'preact'
import { useEffect } from 'preact/hooks'
import type { StreamsAsk } from '../api.ts'
import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import { Icon } from '../parts/icon.ts'
import type { Panel } from '../state/panel.ts'

const ORDERS: readonly [StreamsAsk['order'], Text][] = [
  ['newest', 'Newest first'],
  ['oldest', 'Oldest first'],
  ['messages', 'Most messages first'],
]
export const EVERY_STREAM: StreamsAsk = { q: '', year: null, platform: '', order: 'newest' }

/** Which streams the list shows, and in what order. */
export function StreamsTools({ panel, ask }: { panel: Panel; ask: Signal<StreamsAsk> }): View {
  const years = useYears(panel)
  const { q, year, platform, order } = ask.value
  const set = (change: Partial<StreamsAsk>) => {
    ask.value = { ...ask.value, ...change }
  }
  const onInput = (event: InputEvent) => set({ q: (event.currentTarget as HTMLInputElement).value })
  const abouts = [...panel.abouts.value.values()]
  return html`
    <div class="feed-tools streams-tools" role="search" aria-label=${t('List of streams')}>
      <div class="filter-box">
        ${h(Icon, { icon: ListFilter, size: 16 })}
        <input id="streams-title" type="search" aria-label=${t('Filter by title')} placeholder=${t('Filter by title')} autocomplete="off" spellcheck=${false} maxlength="140" value=${q} onInput=${onInput} />
      </div>
      ${
        years.length > 1 &&
        select(
          t('Year'),
          String(year ?? ''),
          ['', t('All years')],
          years.map((each) => [String(each), String(each)]),
          (value) => set({ year: value === '' ? null : Number(value) }),
        )
      }
      ${select(
        t('Platform'),
        platform,
        ['', t('All platforms')],
        abouts.map(({ id, label }) => [id, label]),
        (value) => set({ platform: value }),
      )}
      ${select(
        t('Order'),
        order,
        null,
        ORDERS.map(([id, label]) => [id, t(label)]),
        (value) => set({ order: ORDERS.find(([id]) => id === value)?.[0] ?? 'newest' }),
      )}
    </div>
  `
}

function select(
  label: string,
  value: string,
  all: [string, string] | null,
  options: readonly (readonly [string, string])[],
  onPick: (value: string) => void,
): View {
  const onChange = (event: Event) => onPick((event.currentTarget as HTMLSelectElement).value)
  return html`
    <select aria-label=${label} value=${value} onChange=${onChange}>
      ${[...(all === null ? [] : [all]), ...options].map(([id, said]) => html`<option value=${id}>${said}</option>`)}
    </select>
  `
}

/** From the first stream's year to this one, newest first. */
function useYears({ api, now }: Panel): readonly number[] {
  const first = useSignal<number | null>(null)
  useEffect(() => {
    api
      .streams(null, { ...EVERY_STREAM, order: 'oldest' })
      .then(({ items: [oldest] }) => {
        first.value = oldest === undefined ? null : new Date(oldest.startedAt).getFullYear()
      })
      // Without it no year can be chosen, and the list is as it was.
      .catch(() => undefined)
  }, [])
  const last = new Date(now.peek()).getFullYear()
  return Array.from({ length: Math.max(0, last - (first.value ?? last) + 1) }, (_, nth) => last - nth)
}
