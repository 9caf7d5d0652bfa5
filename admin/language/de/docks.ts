import type { Catalogue } from '../catalogue.ts'

/** Docks and accounts on the platforms. */
export const docks = {} satisfies Catalogue
