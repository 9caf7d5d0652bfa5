import { h } from 'preact'
import { type ChosenSettings, SETTINGS, type Theme, themes } from '../../server/look.ts'
import { html, type View } from '../html.ts'
import { stillAddress } from '../state/look-address.ts'
import { lookWord } from '../state/look-words.ts'

/** What fits into a picture as small as that. */
const SMALL: ChosenSettings = { maxMessages: 4, events: [], edge: 12, fadeEdge: 0 }

/** Each theme as the overlay's own page draws it, so that no picture of it can be out of date. */
export function Gallery({ value, onValue }: { value: Theme; onValue: (theme: Theme) => void }): View {
  return html`
    <div class="gallery" role="radiogroup" aria-labelledby="set-theme-label">
      ${themes().map((theme) => h(One, { key: theme, theme, on: theme === value, onPick: () => onValue(theme) }))}
    </div>
  `
}

function One({ theme, on, onPick }: { theme: Theme; on: boolean; onPick: () => void; key?: string }): View {
  const name = lookWord(SETTINGS.theme.values[theme])
  return html`
    <label class="theme-choice">
      <input type="radio" name="theme" value=${theme} checked=${on} onChange=${onPick} />
      ${h(Miniature, { settings: { theme, ...SMALL }, title: name })}
      <span class="theme-name">${name}</span>
    </label>
  `
}

/** Decoration: a still of the demo that nobody can enter. */
export function Miniature({ settings, title }: { settings: ChosenSettings; title: string }): View {
  return html`
    <span class="miniature" aria-hidden="true">
      <iframe title=${title} tabindex="-1" loading="lazy" sandbox="allow-scripts" src=${stillAddress(settings)}></iframe>
    </span>
  `
}
