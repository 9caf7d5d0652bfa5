import { h } from 'preact'
import type { View } from '../html.ts'
import type { Panel } from '../state/panel.ts'
import { THEME_CHOICES, type ThemeChoice } from '../state/preferences.ts'
import { Segments } from './field.ts'

const LABELS: Record<ThemeChoice, string> = { dark: 'Dark', light: 'Light', system: 'System' }
const THEMES = THEME_CHOICES.map((value) => ({ value, label: LABELS[value] }))

export function ThemeChoices({ panel }: { panel: Panel }): View {
  const { theme } = panel.preferences
  return h(Segments<ThemeChoice>, {
    label: 'Theme',
    options: THEMES,
    value: theme.value,
    onPick: (choice) => {
      theme.value = choice
    },
  })
}
