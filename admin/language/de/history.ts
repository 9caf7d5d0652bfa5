import type { Catalogue } from '../catalogue.ts'

/** Streams, transcripts, search, files. */
export const history = {} satisfies Catalogue
