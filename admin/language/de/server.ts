import type { Catalogue } from '../catalogue.ts'

/** What the server says: errors, and what the platforms tell of themselves. */
export const server = {
  'The server answered with {status}.': 'Der Server hat mit {status} geantwortet.',
} satisfies Catalogue
