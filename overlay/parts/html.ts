import htm from 'htm'
import { h } from 'preact'

/** Tags as templates. Values become text nodes and attributes, never markup. */
export const html = htm.bind(h)
