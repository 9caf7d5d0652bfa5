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
  'Change password': 'Passwort ändern',
  'Current password': 'Jetziges Passwort',
  'Type your current password.': 'Gib dein jetziges Passwort ein.',
  'With a new one you are signed out everywhere else.': 'Mit einem neuen wirst du überall sonst abgemeldet.',
  'The password is changed. Everywhere else you are signed out.':
    'Das Passwort ist geändert. Überall sonst bist du abgemeldet.',
  'Where you are signed in': 'Wo du angemeldet bist',
  'The sessions could not be loaded.': 'Die Anmeldungen konnten nicht geladen werden.',
  'You are signed out everywhere else.': 'Du bist überall sonst abgemeldet.',
  'Sign out everywhere else': 'Überall sonst abmelden',
  'A browser': 'Ein Browser',
  'this one': 'dieser hier',
  'Since {time}, in use': 'Seit {time}, gerade in Gebrauch',
  'Since {time}, used {ago}': 'Seit {time}, zuletzt {ago}',
} satisfies Catalogue
