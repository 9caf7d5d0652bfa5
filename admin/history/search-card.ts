import { useSignal } from '@preact/signals'
import { Download, Search, SearchX } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { SearchHit } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { type Text, t, tn } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Icon } from '../parts/icon.ts'
import { Mark } from '../parts/mark.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import { hrefOf } from '../router.ts'
import { dayAndTime, machineTime } from '../state/format.ts'
import { HitPager, type Hits } from '../state/hits.ts'
import { marked } from '../state/marked.ts'
import type { Archived } from '../state/model.ts'
import type { Panel } from '../state/panel.ts'
import { titleOf } from '../state/stream-title.ts'
import { ExportDialog } from './export-dialog.ts'
import { SearchHelp } from './search-help.ts'
import { UnderstoodChips } from './understood-chips.ts'

/** Typing is let settle before the server is asked. */
const SETTLE_MS = 300

/** Searches the transcripts of all streams; `found` is told whether something is asked. */
export function SearchCard({ panel, asked }: { panel: Panel; asked: (some: boolean) => void }): View {
  const q = useSignal('')
  const pager = useMemo(() => new HitPager(panel.api.search), [])
  useEffect(() => {
    asked(q.value.trim() !== '')
    const timer = setTimeout(() => void pager.start(q.value), q.value.trim() === '' ? 0 : SETTLE_MS)
    return () => clearTimeout(timer)
  }, [q.value])
  const onInput = (event: InputEvent) => {
    q.value = (event.currentTarget as HTMLInputElement).value
  }
  return html`
    <section class="card" aria-label=${t('Search')}>
      <div class="feed-tools" role="search" aria-label=${t('All streams')}>
        <div class="filter-box">
          ${h(Icon, { icon: Search, size: 16 })}
          <input id="filter" type="search" aria-label=${t('Search all streams')} placeholder=${t('Search all streams')} autocomplete="off" spellcheck=${false} maxlength="200" value=${q.value} onInput=${onInput} />
          <kbd aria-hidden="true">/</kbd>
        </div>
        ${h(SearchHelp, {})}
      </div>
      ${h(UnderstoodChips, { q: q.value })}
      ${q.value.trim() !== '' && h(Found, { panel, pager })}
    </section>
  `
}

function Found({ panel, pager }: { panel: Panel; pager: HitPager }): View {
  const hits = pager.hits.value
  const error = pager.error.value
  if (error) return h(Failed, { what: t('The search failed.'), error, again: () => void pager.again() })
  if (hits === null) return h(Skeleton, { rows: 4 })
  return html`
    ${hits.items.length === 0 ? html`<div role="status" class="unseen">${hits.next === null ? t('Nothing found') : t('Nothing found so far')}</div>` : h(Count, { panel, hits })}
    ${hits.items.length === 0 && hits.next === null && h(Empty, { icon: SearchX, text: t('Nothing was said that fits “{q}”.', { q: hits.q }) })}
    <ul class="hits">${hits.items.map((hit) => h(HitLine, { panel, hit, q: hits.q }))}</ul>
    ${h(Further, { hits, pager })}
  `
}

function Count({ panel, hits }: { panel: Panel; hits: Hits }): View {
  const open = useSignal(false)
  const label = t('All that is found for “{q}”', { q: hits.q.trim() })
  const found = hits.items.length
  return html`
    <div class="hits-head">
      <div role="status" class="muted">${hits.next === null ? tn(found, '{n} found', '{n} found') : t('{n} found so far', { n: found })}</div>
      ${h(Button, { label: t('Export…'), icon: Download, onPress: () => (open.value = true) })}
      ${open.value && h(ExportDialog, { panel, choices: [{ label, stream: null, q: hits.q, platform: '' }], onClose: () => (open.value = false) })}
    </div>
  `
}

function Further({ hits, pager }: { hits: Hits; pager: HitPager }): View | null {
  if (hits.next === null) return null
  return html`<div class="more">${h(Button, { label: t('Search on'), off: pager.busy.value, onPress: () => void pager.more() })}</div>`
}

function HitLine({ panel, hit, q }: { panel: Panel; hit: SearchHit; q: string }): View | null {
  const { event, stream } = hit
  if (event.kind === 'gap') return null
  const href = hrefOf({ page: 'stream', id: stream.id, at: { cursor: hit.from, seq: event.seq } })
  return html`
    <li>
      <a class="hit" href=${href}>
        <span class="hit-where"><bdi>${titleOf(stream)}</bdi> <time datetime=${machineTime(event.at)}>${dayAndTime(event.at)}</time></span>
        ${near(hit.before)}
        <span class="hit-line">${h(Mark, { id: event.platform, about: panel.abouts.value.get(event.platform) })}${said(event, q)}</span>
        ${near(hit.after)}
      </a>
    </li>
  `
}

function near(entry: Archived | null): View | null {
  return entry === null ? null : html`<span class="hit-near">${said(entry, '')}</span>`
}

const OTHER: Readonly<Record<Exclude<Archived['kind'], 'message' | 'notice'>, Text>> = {
  clear: 'The chat was cleared',
  remove: 'A message was removed',
  restore: 'A message was shown again',
  gap: 'Messages are missing here',
}

/** The words alone: what a search shows is read, not watched. */
function said(entry: Archived, q: string): View | null {
  if (entry.kind !== 'message' && entry.kind !== 'notice')
    return html`<span class="muted">${t(OTHER[entry.kind])}</span>`
  const name = entry.author?.name
  return html`
    <span>${name !== undefined && html`<strong>${foundIn(name, q)}</strong>${' '}`}${foundIn(entry.text, q)}</span>
  `
}

/** A search looks into names, too. */
function foundIn(words: string, q: string): View {
  return html`<bdi>${marked(words, q).map(({ text, found }) => (found ? html`<mark>${text}</mark>` : text))}</bdi>`
}
