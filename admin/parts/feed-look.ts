import { useSignal } from '@preact/signals'
import { ALargeSmall } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import type { Density, TextSize } from '../state/preferences.ts'
import { useAway } from './away.ts'
import { Button } from './button.ts'
import { Segments, Toggle } from './field.ts'

const DENSITY_LABELS: readonly { value: Density; label: Text }[] = [
  { value: 'roomy', label: 'Roomy' },
  { value: 'close', label: 'Close|together' },
]
const SIZE_LABELS: readonly { value: TextSize; label: string }[] = [
  { value: 'small', label: '13' },
  { value: 'normal', label: '14' },
  { value: 'large', label: '16' },
  { value: 'larger', label: '18' },
]

/** How the feed is to be read: how close, how large, and whether it is read out. */
export function FeedLook({ panel }: { panel: Panel }): View {
  const open = useSignal(false)
  const element = useAway<HTMLDivElement>(open.value, () => {
    open.value = false
  })
  const toggle = () => {
    open.value = !open.value
  }
  return html`
    <div class="menu" ref=${element}>
      ${h(Button, { label: t('How messages look'), icon: ALargeSmall, tone: 'ghost', bare: true, expanded: open.value, onPress: toggle })}
      ${open.value && h(Sheet, { panel })}
    </div>
  `
}

function Sheet({ panel }: { panel: Panel }): View {
  const { density, textSize, announce } = panel.preferences
  return html`
    <div class="sheet menu-sheet feed-look">
      <p class="label">${t('Rows')}</p>
      ${h(Segments<Density>, {
        label: t('Rows'),
        options: DENSITY_LABELS.map(({ value, label }) => ({ value, label: t(label) })),
        value: density.value,
        onPick: (value) => {
          density.value = value
        },
      })}
      <p class="label">${t('Text size, px')}</p>
      ${h(Segments<TextSize>, {
        label: t('Text size, px'),
        options: SIZE_LABELS,
        value: textSize.value,
        onPick: (value) => {
          textSize.value = value
        },
      })}
      ${h(Toggle, {
        label: t('Announce messages to screen readers'),
        on: announce.value,
        onSwitch: (on) => {
          announce.value = on
        },
      })}
    </div>
  `
}
