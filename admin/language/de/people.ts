import type { Catalogue } from '../catalogue.ts'

/** Members, invitations. */
export const people = {} satisfies Catalogue
