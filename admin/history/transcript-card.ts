import { useSignal } from '@preact/signals'
import { Download, ListChecks, ScrollText, Search, SearchX } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { TranscriptAsk } from '../api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Toggle } from '../parts/field.ts'
import { GapRow } from '../parts/gap-row.ts'
import { Icon } from '../parts/icon.ts'
import { Mark } from '../parts/mark.ts'
import { Row } from '../parts/row.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import { TranscriptPager } from '../state/pager.ts'
import type { Panel } from '../state/panel.ts'
import { isPicked } from '../state/picked.ts'
import type { TranscriptRow } from '../state/transcript.ts'
import { type ExportChoice, ExportDialog } from './export-dialog.ts'
import { JumpTo } from './jump-to.ts'
import { PickBar, PickBox, type Picking, usePicking } from './picking.ts'
import { SearchHelp } from './search-help.ts'
import { UnderstoodChips } from './understood-chips.ts'

/** Typing is let settle before the server is asked. */
const SETTLE_MS = 250
/** The next page is fetched when this little is left below the screen. */
const AHEAD = '600px'

type Wanted = Omit<TranscriptAsk, 'cursor'>
const ALL: Wanted = { q: '', platform: '', withoutSimulated: false, from: null }

/** Where in the stream somebody wants to be, and what they look for there. */
export interface TranscriptPlace {
  cursor: string
  seq: number
}

export interface TranscriptCardProps {
  panel: Panel
  id: string
  title: string
  startedAt: number
  at: TranscriptPlace | undefined
}

export function TranscriptCard({ panel, id, title, startedAt, at }: TranscriptCardProps): View {
  const wanted = useSignal<Wanted>(ALL)
  const pager = useMemo(() => new TranscriptPager((ask) => panel.api.transcript(id, ask)), [id])
  useEffect(() => {
    const from = wanted.value === ALL ? (at?.cursor ?? null) : null
    const timer = setTimeout(() => void pager.start(wanted.value, from), pager.started ? SETTLE_MS : 0)
    return () => clearTimeout(timer)
  }, [pager, wanted.value])
  const { rows, loaded } = pager.transcript.value
  useEffect(() => {
    const row = rows.find(({ item }) => item.kind !== 'gap' && item.seq === at?.seq)
    if (row !== undefined) show(row.n)
  }, [loaded])
  const clear = () => {
    wanted.value = ALL
  }
  const set = (change: Partial<Wanted>) => {
    wanted.value = { ...wanted.value, ...change }
  }
  const back = () => {
    if (wanted.value.from === null) void pager.restart()
    else set({ from: null })
  }
  const choosing = usePicking(panel)
  const filtered = wanted.value !== ALL
  return html`
    <section class="card transcript-card" aria-labelledby="transcript-title">
      <header class="card-head card-head-row"><h2 id="transcript-title">${t('Transcript')}</h2>
        <div class="button-row">
          ${h(Button, { id: 'choose-lines', label: t('Choose lines'), icon: ListChecks, pressed: choosing.now.value !== null, onPress: choosing.toggle })}
          ${h(ExportButton, { panel, id, title, wanted: wanted.value })}
        </div>
      </header>
      ${h(Tools, { panel, startedAt, wanted: wanted.value, set })}
      ${h(UnderstoodChips, { q: wanted.value.q })}
      ${h(Rows, { panel, pager, filtered, picking: choosing.of(rows, filtered), clear, back })}
      ${h(PickBar, { panel, id, title, rows, state: choosing })}
    </section>
  `
}

/** What is looked for is offered first: whoever narrowed it down wants that. */
function ExportButton({
  panel,
  id,
  title,
  wanted,
}: Pick<TranscriptCardProps, 'panel' | 'id' | 'title'> & { wanted: Wanted }): View {
  const open = useSignal(false)
  const { q, platform, withoutSimulated } = wanted
  const whole: ExportChoice = { label: t('All of “{title}”', { title }), stream: id, q: '', platform: '' }
  const narrow = q.trim() !== '' || platform !== ''
  const fits = [q.trim() !== '' && `“${q.trim()}”`, panel.abouts.value.get(platform)?.label].filter(Boolean).join(', ')
  const choices: [ExportChoice, ...ExportChoice[]] = narrow
    ? [{ label: t('Only what fits: {what}', { what: fits }), stream: id, q, platform, withoutSimulated }, whole]
    : [{ ...whole, withoutSimulated }]
  return html`
    ${h(Button, { id: 'export-transcript', label: t('Export…'), icon: Download, onPress: () => (open.value = true) })}
    ${open.value && h(ExportDialog, { panel, choices, onClose: () => (open.value = false) })}
  `
}

function show(n: number): void {
  const row = document.getElementById(`row-${n}`)
  row?.setAttribute('data-found', '')
  row?.scrollIntoView({ block: 'center' })
  row?.focus({ preventScroll: true })
}

interface ToolsProps {
  panel: Panel
  startedAt: number
  wanted: Wanted
  set: (change: Partial<Wanted>) => void
}

function Tools({ panel, startedAt, wanted, set }: ToolsProps): View {
  const onInput = (event: InputEvent) => set({ q: (event.currentTarget as HTMLInputElement).value })
  return html`
    <div class="feed-tools" role="search" aria-label=${t('Transcript')}>
      <div class="filter-box">
        ${h(Icon, { icon: Search, size: 16 })}
        <input id="filter" type="search" aria-label=${t('Search this stream')} placeholder=${t('Search this stream')} autocomplete="off" spellcheck=${false} maxlength="200" value=${wanted.q} onInput=${onInput} />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <div class="platform-toggles" role="group" aria-label=${t('Only one platform')}>
        ${[...panel.abouts.value.values()].map(
          (about) => html`
            <button type="button" class="platform-toggle" title=${t('Only {platform}', { platform: about.label })} aria-label=${t('Only {platform}', { platform: about.label })} aria-pressed=${wanted.platform === about.id ? 'true' : 'false'} onClick=${() => set({ platform: wanted.platform === about.id ? '' : about.id })}>
              ${h(Mark, { id: about.id, about, quiet: true })}
            </button>
          `,
        )}
      </div>
      ${h(JumpTo, { startedAt, from: wanted.from ?? null, onJump: (from) => set({ from }) })}
      ${h(Toggle, { label: t('Leave out simulated'), on: wanted.withoutSimulated, onSwitch: (on) => set({ withoutSimulated: on }) })}
      ${h(SearchHelp, {})}
    </div>
  `
}

interface RowsProps {
  panel: Panel
  pager: TranscriptPager
  filtered: boolean
  picking: Picking | null
  clear: () => void
  /** To the stream's first row. */
  back: () => void
}

function Rows({ panel, pager, filtered, picking, clear, back }: RowsProps): View {
  const { rows, next, cut, loaded } = pager.transcript.value
  const error = pager.error.value
  const more = () => void pager.more()
  return html`
    <div class="transcript" data-picking=${picking === null ? undefined : ''} onKeyDown=${picking?.onKeyDown}>
      ${
        cut &&
        html`
        <div class="more"><p class="muted">${t('Earlier rows are not shown.')}</p>${h(Button, { label: t('Back to the start'), onPress: back })}</div>
      `
      }
      ${rows.map((row) => h(TranscriptLine, { key: row.n, panel, row, picking }))}
      ${error && h(Failed, { what: t('The messages could not be loaded.'), error, again: () => void pager.again() })}
      ${!loaded && !error && h(Skeleton, { rows: 10 })}
      ${loaded && rows.length === 0 && next === null && h(Nothing, { filtered, clear })}
      ${next !== null && !error && h(More, { key: next, more })}
    </div>
  `
}

function Nothing({ filtered, clear }: { filtered: boolean; clear: () => void }): View {
  if (!filtered) return h(Empty, { icon: ScrollText, text: t('No messages were archived in this stream.') })
  return h(
    Empty,
    { icon: SearchX, text: t('No message matches these filters.') },
    h(Button, { label: t('Clear filters'), onPress: clear }),
  )
}

/** Loads by itself shortly before it comes into view; the button is there for whoever gets here first. */
function More({ more }: { more: () => void; key?: string }): View {
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = end.current
    if (!element) return
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && more(), {
      rootMargin: AHEAD,
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return html`<div class="more" ref=${end}>${h(Button, { label: t('Load more'), onPress: more })}</div>`
}

interface TranscriptLineProps {
  panel: Panel
  row: TranscriptRow
  picking: Picking | null
  key?: number
}

function TranscriptLine({ panel, row, picking }: TranscriptLineProps): View {
  const { n, item } = row
  const { platform } = item
  const about = platform === undefined ? undefined : panel.abouts.value.get(platform)
  const isChosen = picking !== null && item.kind !== 'gap' && isPicked(picking.picked, item.seq)
  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element) || event.target.closest('a, button, input')) return
    picking?.pick(row, event.shiftKey)
  }
  return html`
    <div class="transcript-line" data-picked=${isChosen ? '' : undefined} onClick=${picking === null ? undefined : onClick}>
      ${picking !== null && h(PickBox, { picking, row })}
      ${item.kind === 'gap' ? h(GapRow, { n, gap: item, about }) : h(Row, { n, event: item, removedBy: item.removed?.by, about, ink: panel.ink })}
    </div>
  `
}
