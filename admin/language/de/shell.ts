import type { Catalogue } from '../catalogue.ts'

/** The frame: navigation, account menu, doors for whoever is not signed in. */
export const shell = {} satisfies Catalogue
