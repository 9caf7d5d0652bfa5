import type { OverlaySettings } from '../../server/look.ts'

/** What the page does after rows were drawn, where style sheets alone cannot: no row is half cut, and a ticker slides. */

/** Rounding of the layout. */
const SLACK_PX = 0.5
const seen = new WeakSet<Element>()

/** @param ms how long a row takes to come; 0 = nothing moves */
export function settle(feed: HTMLElement, settings: OverlaySettings, ms: number): void {
  const rows = [...feed.children].filter((row): row is HTMLElement => row instanceof HTMLElement)
  if (settings.theme === 'ticker') slide(feed, rows, ms)
  else if (settings.fadeEdge === 0) hideCut(feed, rows)
  else for (const row of rows) row.removeAttribute('data-cut')
}

/** Everything moves by what the new rows take. */
function slide(feed: HTMLElement, rows: readonly HTMLElement[], ms: number): void {
  const fresh = rows.filter((row) => !seen.has(row))
  const moved = fresh.length > 0 && fresh.length < rows.length
  for (const row of fresh) seen.add(row)
  const { columnGap, direction } = getComputedStyle(feed)
  const gap = Number.parseFloat(columnGap) || 0
  const width = fresh.reduce((sum, row) => sum + row.offsetWidth + gap, 0)
  if (!moved || ms === 0 || !fresh.some((row) => 'enter' in row.dataset)) return
  const from = { transform: `translateX(${direction === 'rtl' ? -width : width}px)` }
  for (const row of rows)
    row.animate([from, { transform: 'none' }], { duration: ms, easing: 'cubic-bezier(.2,.8,.2,1)' })
}

/** Reads all before it writes, so that the page is laid out once. The newest row stays, however tall. */
function hideCut(feed: HTMLElement, rows: readonly HTMLElement[]): void {
  const { paddingTop, paddingBottom } = getComputedStyle(feed)
  const { top, bottom } = feed.getBoundingClientRect()
  const [first, last] = [top + Number.parseFloat(paddingTop), bottom - Number.parseFloat(paddingBottom)]
  const cut = rows.slice(0, -1).map((row) => {
    const box = row.getBoundingClientRect()
    return feed.dataset.dir === 'down' ? box.bottom > last + SLACK_PX : box.top < first - SLACK_PX
  })
  for (const [i, row] of rows.entries()) row.toggleAttribute('data-cut', cut[i] === true)
}
