import type { ComponentChild } from 'preact'
import type { Plural } from './catalogue.ts'
import type { German } from './de/index.ts'
import { spoken } from './language.ts'

/**
 * Texts in the language of whoever reads them. The key is the English text itself. What stands behind a bar only tells
 * two equal texts apart (`Open|a door`) and is never shown. `{name}` in a text is filled from the values, numbers as the
 * language writes them.
 */
export type Key = keyof German
type Singular = { [K in Key]: German[K] extends string ? K : never }[Key]
/** A text for a table of texts: it takes no values. */
export type Text = { [K in Singular]: [Gaps<K>] extends [never] ? K : never }[Singular]
/** The form for many of a text that counts; it holds `{n}`. */
export type Many = Exclude<Key, Singular>

type Gaps<T extends string> = T extends `${string}{${infer Gap}}${infer Rest}` ? Gap | Gaps<Rest> : never
type Filling<T extends string, V> = [Gaps<T>] extends [never] ? [] : [values: Readonly<Record<Gaps<T>, V>>]
type Counting<T extends string> = [Exclude<Gaps<T>, 'n'>] extends [never]
  ? []
  : [values: Readonly<Record<Exclude<Gaps<T>, 'n'>, string | number>>]

export function t<K extends Singular>(text: K, ...[values]: Filling<K, string | number>): string {
  return filled(inLanguage(text), values)
}

/** `tn(3, '{n} row', '{n} rows')`. A catalogue holds its forms under the form for many. */
export function tn<K extends Many>(count: number, one: string, many: K, ...[values]: Counting<K>): string {
  const { catalogue, language } = spoken.value
  const forms = catalogue[many]
  const [first, others] = typeof forms === 'object' ? [forms.one, forms.other] : [one, many]
  const form = new Intl.PluralRules(language).select(count) === 'one' ? first : others
  return filled(form, { ...values, n: count })
}

/** A text with elements in its gaps, as children of a part: `tx('Run {command} there.', { command: html`…` })`. */
export function tx<K extends Singular>(text: K, ...[values]: Filling<K, ComponentChild>): ComponentChild[] {
  const pieces = inLanguage(text).split(/\{(\w+)\}/)
  const given: Readonly<Record<string, ComponentChild>> = values ?? {}
  return pieces.map((piece, nth) => (nth % 2 === 0 ? piece : given[piece]))
}

/** A text that comes from outside the panel, from the server mostly: in the reader's language where it is known. */
export function told(text: string): string {
  const { catalogue, sentences } = spoken.value
  if (Object.hasOwn(catalogue, text)) return inLanguage(text)
  for (const [sentence, wanted] of Object.entries(sentences)) {
    const found = patternOf(sentence).exec(text)
    if (found !== null) return filled(wanted, found.groups)
  }
  return inLanguage(text)
}

/** What a sentence looks like with its gaps filled. */
function patternOf(sentence: string): RegExp {
  const literal = sentence.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replace(/\{(\w+)\}/g, '(?<$1>.+?)')}$`)
}

/** A number as the language writes it. */
export function number(value: number): string {
  const { locale } = spoken.value
  if (formatter.locale !== locale) formatter = { locale, numbers: new Intl.NumberFormat(locale) }
  return formatter.numbers.format(value)
}
let formatter = { locale: 'en', numbers: new Intl.NumberFormat('en') }

/** `a, b or c`, also where the browser is American: it stands in our sentences. */
export function anyOf(names: readonly string[]): string {
  const { language, locale } = spoken.value
  return new Intl.ListFormat(language === 'en' ? 'en-GB' : locale, { type: 'disjunction' }).format(names)
}

function inLanguage(text: string): string {
  const found: string | Plural | undefined = spoken.value.catalogue[text]
  if (typeof found === 'string') return found
  const bar = text.indexOf('|')
  return bar < 0 ? text : text.slice(0, bar)
}

function filled(text: string, values: Readonly<Record<string, string | number>> | undefined): string {
  if (values === undefined) return text
  return text.replace(/\{(\w+)\}/g, (gap, name: string) => {
    const value = values[name]
    return typeof value === 'number' ? number(value) : (value ?? gap)
  })
}
