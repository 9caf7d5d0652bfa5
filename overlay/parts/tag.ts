import type { ComponentChildren, VNode } from 'preact'
import { h } from 'preact'

/** What may stand in a tag: text stays text. */
export type Inside = ComponentChildren
type Attributes = Readonly<Record<string, unknown>>

/** A tag with a class of the public tree. */
export const tag = (name: string, className: string, attributes: Attributes | null, ...inside: Inside[]): VNode =>
  h(name, { class: `cc-${className}`, ...attributes }, inside)
