import type { OverlaySettings } from '../server/look.ts'
import { channelsOf } from './parts/color.ts'

/**
 * Puts settings where the style sheets find them, in a layer of their own, so that whatever a streamer writes into OBS's
 * custom CSS box wins without `!important`: each as an attribute of the root (`data-font-size="28"`), and numbers and
 * colours as properties too (`--s-fontSize: 28`, `--s-textColor: 255,255,255`). Stored CSS stands in the layer above, in
 * a constructed sheet: it imports nothing, and the page's policy lets it load pictures as chat may.
 */

const sheet = new CSSStyleSheet()
const custom = new CSSStyleSheet()

export function applyLook(settings: OverlaySettings, safe: boolean): void {
  const properties: string[] = []
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value === 'object' || name === 'customCss') continue
    document.documentElement.dataset[name] = String(value)
    properties.push(`--s-${name}:${typeof value === 'string' ? channelsOf(value) : value}`)
  }
  sheet.replaceSync(`@layer cc.settings{:root{${properties.join(';')}}}`)
  wear(safe ? '' : settings.customCss)
  document.adoptedStyleSheets = [sheet, custom]
  // Fetched before there are words to draw; where it fails, they come in the next face.
  const { fontFamily, fontWeight } = settings
  void document.fonts.load(`${fontWeight} 1em "CC ${fontFamily}"`).catch(() => [])
}

/** Stays in its layer: a sheet with a } too many, which would end it, goes in rule by rule, as the browser reads it alone. */
function wear(css: string): void {
  custom.replaceSync(layered(css))
  if (custom.cssRules.length < 2) return
  custom.replaceSync(css)
  custom.replaceSync(layered(Array.from(custom.cssRules, ({ cssText }) => cssText).join('')))
}

const layered = (css: string) => `@layer cc.custom{${css}}`

/** Rows that can be seen at once; custom CSS may have changed their size. */
export function countFitting(feed: Element | null): number {
  if (!feed) return MOST_ROWS
  const { fontSize, lineHeight, flexDirection } = getComputedStyle(feed)
  if (flexDirection === 'row') return Math.ceil(innerWidth / NARROWEST_PX) + 1
  const line = Number.parseFloat(lineHeight) || Number.parseFloat(fontSize)
  return line > 0 ? Math.ceil(innerHeight / line) + 1 : MOST_ROWS
}

const MOST_ROWS = 100
/** No message in a row of messages is narrower. */
const NARROWEST_PX = 60
