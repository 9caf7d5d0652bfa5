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
  'Your channel {name}': 'Dein Kanal {name}',
  'Moderators, viewers and invitations': 'Moderatoren, Zuschauer und Einladungen',
  'How long messages are kept, and what they take': 'Wie lange Nachrichten bleiben und wie viel Platz sie brauchen',
  'Words, filters and hidden people': 'Wörter, Filter und ausgeblendete Leute',
  'For programs that send or read messages': 'Für Programme, die Nachrichten schicken oder lesen',
  'For programs that are told what happens': 'Für Programme, die erfahren, was passiert',
  'All that was ever written here, as one file.': 'Alles, was hier je geschrieben wurde, als eine Datei.',
  'Every message of every stream': 'Jede Nachricht aus jedem Stream',
  'Export all': 'Alles exportieren',
  'You own this instance: your account cannot be deleted while it runs.':
    'Dir gehört diese Instanz: Dein Konto lässt sich nicht löschen, solange sie läuft.',
  'Your account, your channel and all that is kept of it go for good.':
    'Dein Konto, dein Kanal und alles, was davon da ist, verschwindet endgültig.',
  'Delete account and channel': 'Konto und Kanal löschen',
  'Delete {name} for good?': '{name} endgültig löschen?',
  'Every transcript of your channel is deleted. A stream that runs ends.':
    'Jede Aufzeichnung deines Kanals wird gelöscht. Ein laufender Stream endet.',
  'Overlays and docks go dark in OBS at once.': 'Overlays und Docks werden in OBS sofort dunkel.',
  'This cannot be undone. Export first what you want to keep.':
    'Das lässt sich nicht rückgängig machen. Exportiere vorher, was du behalten willst.',
  'Keep my account': 'Konto behalten',
  '{browser} on {system}': '{browser} unter {system}',
} satisfies Catalogue
