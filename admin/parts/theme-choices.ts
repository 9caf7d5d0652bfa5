import { h } from 'preact'
import type { View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { THEME_CHOICES, type ThemeChoice } from '../state/preferences.ts'
import { Segments } from './field.ts'

const LABELS: Record<ThemeChoice, Text> = { dark: 'Dark', light: 'Light', system: 'System' }

export function ThemeChoices({ panel }: { panel: Panel }): View {
  const { theme } = panel.preferences
  return h(Segments<ThemeChoice>, {
    label: t('Theme'),
    options: THEME_CHOICES.map((value) => ({ value, label: t(LABELS[value]) })),
    value: theme.value,
    onPick: (choice) => {
      theme.value = choice
    },
  })
}
