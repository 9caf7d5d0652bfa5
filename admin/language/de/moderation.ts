import type { Catalogue } from '../catalogue.ts'

/** Rules, queue, hidden people, log. */
export const moderation = {} satisfies Catalogue
