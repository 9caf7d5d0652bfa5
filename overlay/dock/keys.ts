import type { Desk } from './desk.ts'
import { decide, feature, hide, may, panic, slow, undo } from './desk.ts'
import type { DockRow } from './state.ts'

/** The keyboard: arrows choose a message, letters act on it. Nothing happens while somebody types. */

const DOWN = ['ArrowDown', 'j']
const UP = ['ArrowUp', 'k']

export function listenToKeys(page: Document, desk: () => Desk): void {
  page.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) return
    if (press(page, desk(), event)) event.preventDefault()
  })
}

/** Whether the key meant something. */
function press(page: Document, desk: Desk, { key, target }: KeyboardEvent): boolean {
  const { state, hands } = desk
  if (key === 'H' && may(state, 'moderate')) panic(hands, !state.panic)
  else if (key === 'S' && may(state, 'moderate')) slow(hands, !state.slow)
  else if (desk.query.view !== 'chat') return false
  else if (key === ' ' && !isButton(target)) hands.pause(state.pausedAt === null)
  else if (DOWN.includes(key)) step(page, 1)
  else if (UP.includes(key)) step(page, -1)
  else if (key === 'ArrowRight') return reach(page, 1)
  else if (key === 'ArrowLeft') return reach(page, -1)
  else return letter(page, desk, key)
  return true
}

function letter(page: Document, desk: Desk, key: string): boolean {
  const { state, hands } = desk
  const waits = page.activeElement?.closest<HTMLElement>('.held')?.dataset.id
  if (waits !== undefined) return answer(desk, waits, key)
  const row = chosen(page, state.rows)
  if (!row || !may(state, 'moderate')) return false
  if (key === 'h' && row.hidden === null) hide(hands, row)
  else if (key === 'u' && row.hidden !== null) undo(hands, row)
  else if (key === 'f' && row.hidden === null) feature(hands, state.featured?.id === row.event.id ? null : row.event.id)
  else return false
  return true
}

/** To a message that waits: A puts it on air, H keeps it hidden. */
function answer({ hands, busy, state }: Desk, id: string, key: string): boolean {
  if (busy.has(id)) return false
  if (key === 'a' && !state.panic) decide(hands, id, 'release')
  else if (key === 'h') decide(hands, id, 'refuse')
  else return false
  return true
}

const rowAt = (page: Document) => page.activeElement?.closest<HTMLElement>('.row') ?? null

function chosen(page: Document, rows: readonly DockRow[]): DockRow | undefined {
  const id = rowAt(page)?.dataset.id
  return id === undefined ? undefined : rows.find(({ event }) => event.id === id)
}

/** From the newest message, where none is chosen. */
function step(page: Document, by: 1 | -1): void {
  const rows = [...page.querySelectorAll<HTMLElement>('.row')]
  const now = rowAt(page)
  const next = now ? rows.indexOf(now) + by : rows.length - 1
  rows[Math.min(rows.length - 1, Math.max(0, next))]?.focus()
}

/** Along the buttons of the chosen message; before the first one is the message itself. */
function reach(page: Document, by: 1 | -1): boolean {
  const row = rowAt(page)
  if (!row) return false
  const buttons = [...row.querySelectorAll('button')]
  const next = buttons.findIndex((button) => button.matches(':focus')) + by
  if (next < 0) row.focus()
  else buttons[Math.min(buttons.length - 1, next)]?.focus()
  return true
}

const isField = (target: EventTarget | null) => target instanceof HTMLInputElement
const isButton = (target: EventTarget | null) => target instanceof HTMLButtonElement
