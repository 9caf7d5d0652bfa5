import type { Catalogue } from '../catalogue.ts'

/** Webhooks and keys for other programs. */
export const programs = {} satisfies Catalogue
