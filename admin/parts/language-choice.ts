import { h } from 'preact'
import { asApiError } from '../api.ts'
import type { View } from '../html.ts'
import { LANGUAGES, type Language, speak } from '../language/language.ts'
import { t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { Segments } from './field.ts'

const NAMES = Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }))

/** Each language in its own words, for whoever cannot read the one that is spoken. `quiet`: at the foot of a page. */
export function LanguageChoice({ panel, quiet }: { panel: Panel; quiet?: boolean }): View {
  return h(Segments<Language>, {
    label: t('Language'),
    options: NAMES,
    value: panel.preferences.language.value,
    onPick: (language) => void change(panel, language),
    ...(quiet && { class: 'segments-quiet' }),
  })
}

/** What cannot be fetched is not chosen: the page goes on in the language it has. */
async function change({ preferences, toasts }: Panel, language: Language): Promise<void> {
  try {
    await speak(language, window)
    preferences.language.value = language
  } catch (thrown) {
    toasts.failed(asApiError(thrown))
  }
}
