import htm from 'htm'
import { h, type JSX } from 'preact'

/** What a part gives back to be drawn. */
export type View = JSX.Element

/** Written out because htm's own types fit only one of the two ways in which this file is compiled (pages and tests). */
interface Htm {
  bind(make: typeof h): (strings: TemplateStringsArray, ...values: unknown[]) => View
}

/** Tags as templates. Own parts go in by `h(Part, props)`, whose props the compiler checks. */
export const html = (htm as unknown as Htm).bind(h)
