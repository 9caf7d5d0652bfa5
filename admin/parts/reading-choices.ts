import { h } from 'preact'
import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import type { Density, TextSize } from '../state/preferences.ts'
import { BoundSegments, BoundToggle } from './bound.ts'

const DENSITIES: readonly { value: Density; label: Text }[] = [
  { value: 'roomy', label: 'Roomy' },
  { value: 'close', label: 'Close|together' },
]
const SIZES: readonly { value: TextSize; label: string }[] = [
  { value: 'small', label: '13' },
  { value: 'normal', label: '14' },
  { value: 'large', label: '16' },
  { value: 'larger', label: '18' },
]

/** How messages are to be read: how close, how large, and whether they are read out. */
export function ReadingChoices({ panel }: { panel: Panel }): View {
  const { density, textSize, announce } = panel.preferences
  return html`
    <div class="field">
      <p class="label">${t('Rows')}</p>
      ${h(BoundSegments<Density>, {
        to: density,
        label: t('Rows'),
        options: DENSITIES.map(({ value, label }) => ({ value, label: t(label) })),
      })}
    </div>
    <div class="field">
      <p class="label">${t('Text size, px')}</p>
      ${h(BoundSegments<TextSize>, { to: textSize, label: t('Text size, px'), options: SIZES })}
    </div>
    ${h(BoundToggle, { to: announce, label: t('Announce messages to screen readers') })}
  `
}
