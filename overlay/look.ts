import type { OverlaySettings } from '../server/look.ts'

/**
 * Puts settings where the style sheet finds them: in a layer of their own, so that whatever a streamer writes into
 * OBS's custom CSS box wins without `!important`.
 */

const sheet = new CSSStyleSheet()

export function applyLook({ theme, fontSize }: OverlaySettings): void {
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets = [sheet]
  document.documentElement.dataset.theme = theme
  sheet.replaceSync(`@layer cc.settings { :root { --cc-size: ${fontSize}px } }`)
}

/** Lines that fit into the page, and so the most rows that can be seen; custom CSS may have changed their height. */
export function countLines(feed: Element | null): number {
  if (!feed) return MOST_LINES
  const { fontSize, lineHeight } = getComputedStyle(feed)
  const line = Number.parseFloat(lineHeight) || Number.parseFloat(fontSize)
  return line > 0 ? Math.ceil(innerHeight / line) + 1 : MOST_LINES
}

const MOST_LINES = 100
