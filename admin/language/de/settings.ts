import type { Catalogue } from '../catalogue.ts'

/** A person's own settings. */
export const settings = {
  Settings: 'Einstellungen',
  Language: 'Sprache',
  Appearance: 'Aussehen',
  Theme: 'Farben',
  Dark: 'Dunkel',
  Light: 'Hell',
  System: 'Wie das System',
  Time: 'Uhrzeit',
  '24 hours': '24 Stunden',
  '12 hours': '12 Stunden',
  'Keyboard shortcuts': 'Tastenkürzel',
  'Signed in as {name}. These are yours, whichever channel you work in.':
    'Angemeldet als {name}. Diese Einstellungen sind deine, in welchem Kanal du auch arbeitest.',
  'It is {time} now. All three are kept in this browser.': 'Jetzt ist es {time}. Alle drei merkt sich dieser Browser.',
} satisfies Catalogue
