import type { Catalogue } from '../catalogue.ts'

/** What the owner of the service sees, and the engine room. */
export const instance = {} satisfies Catalogue
