import type { Catalogue } from '../catalogue.ts'

/** Overlays and the editor of looks. */
export const looks = {} satisfies Catalogue
