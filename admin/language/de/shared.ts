import type { Catalogue } from '../catalogue.ts'

/** Words of many screens. */
export const shared = {
  Cancel: 'Abbrechen',
  'Try again': 'Noch einmal versuchen',
  Loading: 'Wird geladen',
  '{n} messages': { one: '{n} Nachricht', other: '{n} Nachrichten' },
  '{n} d': '{n} T',
  'Request {id}': 'Anfrage {id}',
} satisfies Catalogue
