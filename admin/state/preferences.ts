import { effect, type Signal, signal } from '@preact/signals'
import { type Language, languageOf } from '../language/language.ts'
import { type Hours, hours } from './format.ts'

/** What this browser remembers of the person's wishes. Works without storage; then for as long as the page is open. */
export interface Preferences {
  theme: Signal<ThemeChoice>
  /** Keyboard shortcuts of one letter (WCAG 2.1.4 lets people switch them off). */
  shortcuts: Signal<boolean>
  announce: Signal<boolean>
  hours: Signal<Hours>
  /** What was chosen; `spoken` is what the page speaks once its words are here. */
  language: Signal<Language>
  /** How close the rows of the feed stand, and how large their text is. */
  density: Signal<Density>
  textSize: Signal<TextSize>
}
export const DENSITIES = ['roomy', 'close'] as const
export type Density = (typeof DENSITIES)[number]
export const TEXT_SIZES = ['small', 'normal', 'large', 'larger'] as const
export type TextSize = (typeof TEXT_SIZES)[number]
export const THEME_CHOICES = ['dark', 'light', 'system'] as const
export type ThemeChoice = (typeof THEME_CHOICES)[number]

/** The theme's name is known to `admin/theme.ts` too, which runs before the first paint. */
const NAMES = {
  theme: 'crosschat.theme',
  shortcuts: 'crosschat.shortcuts',
  announce: 'crosschat.announce',
  hours: 'crosschat.hours',
  language: 'crosschat.language',
  density: 'crosschat.density',
  textSize: 'crosschat.text-size',
} as const

export function openPreferences(view: Window): Preferences {
  const theme = signal(themeOf(read(view, NAMES.theme)))
  const shortcuts = signal(read(view, NAMES.shortcuts) !== 'off')
  const announce = signal(read(view, NAMES.announce) === 'on')
  effect(() => {
    view.document.documentElement.dataset.theme = theme.value
    write(view, NAMES.theme, theme.value)
  })
  effect(() => write(view, NAMES.shortcuts, shortcuts.value ? 'on' : 'off'))
  effect(() => write(view, NAMES.announce, announce.value ? 'on' : 'off'))
  hours.value = read(view, NAMES.hours) === '12' ? '12' : '24'
  effect(() => write(view, NAMES.hours, hours.value))
  const language = signal(languageOf(read(view, NAMES.language), view.navigator.languages))
  effect(() => write(view, NAMES.language, language.value))
  const density = kept(view, NAMES.density, DENSITIES, 'roomy')
  const textSize = kept(view, NAMES.textSize, TEXT_SIZES, 'normal')
  return { theme, shortcuts, announce, hours, language, density, textSize }
}

function kept<T extends string>(view: Window, name: string, choices: readonly T[], fallback: T): Signal<T> {
  const stored = read(view, name)
  const choice = signal(choices.find((each) => each === stored) ?? fallback)
  effect(() => write(view, name, choice.value))
  return choice
}

function themeOf(stored: string | null): ThemeChoice {
  return THEME_CHOICES.find((choice) => choice === stored) ?? 'dark'
}

function read(view: Window, name: string): string | null {
  try {
    return view.localStorage.getItem(name)
  } catch {
    return null
  }
}

function write(view: Window, name: string, value: string): void {
  try {
    view.localStorage.setItem(name, value)
  } catch {
    // Storage is full or forbidden; the wish then lasts as long as the page.
  }
}
