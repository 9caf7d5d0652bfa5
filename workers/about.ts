/** How a platform introduces itself; goes to server, overlay and panel as data. */

/** How a platform introduces itself; goes to server, overlay and panel as data. */
export interface About {
  id: string
  label: string
  /** Brand colour of the tile, `#rrggbb`. */
  color: string
  /** Colour of the glyph on the tile. */
  glyph: string
  /** Line colours that keep 4.5:1 as text, by palette. */
  ink: { dark: string; light: string }
  /** Path data of the mark, drawn in a 24 by 24 box. */
  mark: string
  /** Address of somebody's own page there; `{id}` and `{login}` stand for theirs. */
  profile: string
  /** What a followed source of this platform needs to know. */
  source: SourceForm
  /** Kinds of simulated message that `sample` can make. */
  samples: SampleKind[]
}

export interface SourceForm {
  label: string
  placeholder: string
  /** A sentence below the name's field. */
  hint?: string
  /** What else may be set. */
  fields: SourceField[]
  /** What the address for signed deliveries is good for, as a sentence; absent = the platform signs none. */
  hook?: string
  /** The platform says when a broadcast begins and ends, at least by one of its ways. */
  broadcasts: boolean
}

export interface SourceField {
  name: string
  /** A secret is never shown again; a switch is `yes` or absent. */
  kind: 'text' | 'secret' | 'switch'
  label: string
  hint: string
  placeholder?: string
  /** Letters at least and at most, where the platform takes no others. */
  letters?: { least: number; most: number }
  /** A choice that whoever connects should make knowingly: shown beside the name, not among further settings. */
  upfront?: true
}

export type SampleKind =
  | 'message'
  | 'action'
  | 'reply'
  | 'first'
  | 'sub'
  | 'resub'
  | 'gift'
  | 'raid'
  | 'follow'
  | 'cheer'
  | 'superchat'
  | 'announcement'
