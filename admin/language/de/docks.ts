import type { Catalogue } from '../catalogue.ts'

/** Docks and accounts on the platforms. */
export const docks = {
  'API quota': 'API-Kontingent',
  'Used up.': 'Aufgebraucht.',
  'Begins anew at {time}.': 'Beginnt neu: {time}.',
  '“{name}” on {platform} is no longer followed.': '„{name}“ auf {platform} wird nicht mehr verfolgt.',
  'Remove “{name}”?': '„{name}“ entfernen?',
  'Remove “{name}”': '„{name}“ entfernen',
  'CrossChat stops reading this {platform} channel and forgets its settings and saved secrets. What is archived stays.':
    'CrossChat liest diesen {platform}-Kanal nicht mehr und vergisst seine Einstellungen und gespeicherten Geheimnisse. Was archiviert ist, bleibt.',
} satisfies Catalogue
