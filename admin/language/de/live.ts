import type { Catalogue } from '../catalogue.ts'

/** The Live screen and the feed. */
export const live = {
  'Hide overlay now': 'Overlay jetzt leeren',
  '{n} new messages': { one: '{n} neue Nachricht', other: '{n} neue Nachrichten' },
} satisfies Catalogue
