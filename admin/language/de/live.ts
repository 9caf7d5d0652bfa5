import type { Catalogue } from '../catalogue.ts'

/** The Live screen and the feed. */
export const live = {} satisfies Catalogue
