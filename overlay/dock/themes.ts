import type { DockState } from './state.ts'

/** The theme that each overlay has on air, and those there are. */
export interface ThemesView {
  items: readonly { id: string; name: string; theme: string }[]
  themes: readonly { id: string; label: string }[]
}
export const NO_THEMES: ThemesView = { items: [], themes: [] }

/** Names the list: another one after every welcome, and when a look has changed. Null = nothing is known yet. */
export function themesNow({ place, looks }: Pick<DockState, 'place' | 'looks'>): string | null {
  return place === null ? null : `${place.epoch} ${looks}`
}
