import { type Signal, signal } from '@preact/signals'
import type { Catalogue, Tongue } from './catalogue.ts'

/**
 * The panel's languages. English stands in the sources, where it is used, and costs nothing; any other is fetched when
 * somebody wants it. A text that a language lacks does not compile: its catalogue is what `t` takes.
 */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof LANGUAGES

const TONGUES: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Tongue>>> = {
  de: async () => {
    const { german, sentences } = await import('./de/index.ts')
    return { texts: german, sentences }
  },
}
const ENGLISH: Tongue = { texts: {}, sentences: {} }

interface Spoken {
  language: Language
  catalogue: Catalogue
  sentences: Tongue['sentences']
  /** For numbers, dates and lists: the browser's own kind of the language where it has one (`en-GB`, `de-AT`). */
  locale: string
}

/** One for the page. Whatever reads it is drawn anew when it changes. */
export const spoken: Signal<Spoken> = signal({ language: 'en', catalogue: {}, sentences: {}, locale: 'en' })

/** Fetches what the language needs, then speaks it. @throws when its catalogue cannot be fetched; the old one stays. */
export async function speak(language: Language, view: Window): Promise<void> {
  const { texts, sentences } = language === 'en' ? ENGLISH : await TONGUES[language]()
  spoken.value = { language, catalogue: texts, sentences, locale: localeOf(language, view.navigator.languages) }
  view.document.documentElement.lang = language
}

/** What somebody chose before, otherwise the first of the browser's languages that the panel speaks. */
export function languageOf(stored: string | null, wished: readonly string[]): Language {
  return known(stored ?? '') ?? wished.map((tag) => known(tag.slice(0, 2).toLowerCase())).find(Boolean) ?? 'en'
}

export function localeOf(language: Language, wished: readonly string[]): string {
  return wished.find((tag) => tag.toLowerCase().startsWith(language) && isTag(tag)) ?? language
}

/** Some browsers name what they found in the system's environment, `en-US@posix`, which Intl refuses. */
function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

function known(name: string): Language | undefined {
  return Object.hasOwn(LANGUAGES, name) ? (name as Language) : undefined
}
