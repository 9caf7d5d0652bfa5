import { type Signal, useSignal } from '@preact/signals'
import { Download } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { timeOfDay } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import {
  drawnTo,
  isPicked,
  linesOf,
  MAX_STRETCHES,
  NOTHING_PICKED,
  type Picked,
  type Place,
  toggled,
} from '../state/picked.ts'
import type { TranscriptRow } from '../state/transcript.ts'
import { CopyLines } from './copy-lines.ts'
import { ExportDialog } from './export-dialog.ts'

/** Lines being chosen, and what choosing looks like from a row. */
export interface Picking {
  picked: Picked
  /** The row that the Tab key comes to. */
  tabbed: number
  /** `drawn`: all from the last one chosen to this one. */
  pick: (row: TranscriptRow, drawn: boolean) => void
  onKeyDown: (event: KeyboardEvent) => void
}

export interface PickingState {
  now: Signal<Picked | null>
  toggle: () => void
  /** Null while no lines are chosen. */
  of: (rows: readonly TranscriptRow[], filtered: boolean) => Picking | null
}

export function usePicking(panel: Panel): PickingState {
  const now = useSignal<Picked | null>(null)
  const tabbed = useSignal(0)
  const toggle = () => {
    now.value = now.value === null ? NOTHING_PICKED : null
    if (now.value === null) document.getElementById('choose-lines')?.focus()
  }
  const of = (rows: readonly TranscriptRow[], filtered: boolean): Picking | null => {
    const picked = now.value
    if (picked === null) return null
    const lines = rows.filter(({ item }) => item.kind !== 'gap')
    const pick = (row: TranscriptRow, drawn: boolean) => {
      tabbed.value = row.n
      const next = afterPick(picked, row, drawn, filtered ? lines : null)
      if (next.stretches.length <= MAX_STRETCHES) now.value = next
      else panel.toasts.failed(new Error(t('At most {n} single lines or stretches of them.', { n: MAX_STRETCHES })))
    }
    const isHere = lines.some(({ n }) => n === tabbed.value)
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') toggle()
      else step(event, lines, pick, tabbed)
    }
    return { picked, tabbed: isHere ? tabbed.value : (lines[0]?.n ?? 0), pick, onKeyDown }
  }
  return { now, toggle, of }
}

/** `shown`: what is drawn over takes in nothing else; null = everything. */
function afterPick(picked: Picked, row: TranscriptRow, drawn: boolean, shown: readonly TranscriptRow[] | null): Picked {
  const place = placeOf(row)
  if (place === null) return picked
  return drawn ? drawnTo(picked, place, shown?.flatMap(placed) ?? null) : toggled(picked, place)
}

/** Arrow keys go from line to line; with Shift they draw. */
function step(
  event: KeyboardEvent,
  lines: readonly TranscriptRow[],
  pick: Picking['pick'],
  tabbed: Signal<number>,
): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  const at = lines.findIndex(({ n }) => boxOf(n) === event.target)
  const row = lines[at + by]
  if (by === 0 || at < 0 || row === undefined) return
  event.preventDefault()
  tabbed.value = row.n
  boxOf(row.n)?.focus()
  if (event.shiftKey) pick(row, true)
}

/** Before a row while lines are chosen. */
export function PickBox({ picking, row }: { picking: Picking; row: TranscriptRow }): View | null {
  const place = placeOf(row)
  if (place === null) return null
  const onClick = (event: MouseEvent) => picking.pick(row, event.shiftKey)
  return html`<input type="checkbox" class="pick" id=${`pick-${row.n}`} aria-label=${labelOf(row)} tabindex=${row.n === picking.tabbed ? 0 : -1} checked=${isPicked(picking.picked, place.seq)} onClick=${onClick} />`
}

export interface PickBarProps {
  panel: Panel
  id: string
  title: string
  rows: readonly TranscriptRow[]
  state: PickingState
}

/** What is chosen, and what can be done with it. */
export function PickBar({ panel, id, title, rows, state }: PickBarProps): View | null {
  const open = useSignal(false)
  const picked = state.now.value
  if (picked === null) return null
  const nothing = picked.stretches.length === 0
  const whole = { label: t('All of “{title}”', { title }), stream: id, q: '', platform: '' }
  const chosen = { ...whole, label: countOf(picked, rows), lines: linesOf(picked) }
  return html`
    <div class="save-bar pick-bar" role="region" aria-label=${t('Chosen lines')}>
      <div class="save-bar-line">
        <p role="status">${nothing ? t('Press a line to choose it, and another with Shift held for all between them.') : chosen.label}</p>
        ${h(Button, { label: t('Done'), tone: 'ghost', onPress: state.toggle })}
        ${h(CopyLines, { panel, id, lines: linesOf(picked) })}
        ${h(Button, { label: t('Export…'), icon: Download, tone: 'primary', off: nothing, onPress: () => (open.value = true) })}
      </div>
    </div>
    ${open.value && h(ExportDialog, { panel, choices: [chosen, whole], onClose: () => (open.value = false) })}
  `
}

/** How many lines are chosen; where not all of them are in the page, from when to when. */
function countOf({ stretches }: Picked, rows: readonly TranscriptRow[]): string {
  const here = new Set(rows.flatMap(placed).map(({ seq }) => seq))
  const away = stretches.find(({ from, to }) => !here.has(from.seq) || !here.has(to.seq))
  if (away !== undefined) {
    return t('Lines of {from} to {to}', { from: timeOfDay(away.from.at), to: timeOfDay(away.to.at) })
  }
  const isIn = (seq: number) => stretches.some(({ from, to }) => from.seq <= seq && seq <= to.seq)
  return tn([...here].filter(isIn).length, '{n} chosen line', '{n} chosen lines')
}

function labelOf({ item }: TranscriptRow): string {
  const name = item.kind === 'message' ? item.author.name : undefined
  const time = timeOfDay(item.at)
  return name === undefined
    ? t('Choose the line of {time}', { time })
    : t('Choose the line of {time} by {name}', { time, name })
}

function placeOf({ item }: TranscriptRow): Place | null {
  return item.kind === 'gap' ? null : { seq: item.seq, at: item.at }
}

function placed(row: TranscriptRow): Place[] {
  const place = placeOf(row)
  return place === null ? [] : [place]
}

function boxOf(n: number): HTMLElement | null {
  return document.getElementById(`pick-${n}`)
}
