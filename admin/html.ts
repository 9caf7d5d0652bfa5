import htm from 'htm'
import { h, type JSX } from 'preact'

/** What a part gives back to be drawn. */
export type View = JSX.Element

/** Tags as templates. Own parts go in by `h(Part, props)`, whose props the compiler checks. */
export const html = htm.bind(h) as (strings: TemplateStringsArray, ...values: unknown[]) => View
