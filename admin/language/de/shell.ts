import type { Catalogue } from '../catalogue.ts'

/** The frame: navigation, account menu, doors for whoever is not signed in. */
export const shell = {
  'Skip to the content': 'Zum Inhalt springen',
  Main: 'Bereiche',
  More: 'Mehr',
  'Account and settings': 'Konto und Einstellungen',
  'Signed in as {name}': 'Angemeldet als {name}',
  '{name} (yours)': '{name} (deiner)',
  '{name} (moderator)': '{name} (Moderation)',
  '{name} (viewer)': '{name} (nur ansehen)',
  '{n} overlays open': { one: '{n} Overlay offen', other: '{n} Overlays offen' },
  'You work in {name} no longer.': 'Du arbeitest nicht mehr in {name}.',

  'The panel could not be opened.': 'Das Panel konnte nicht geöffnet werden.',
  'No answer.': 'Keine Antwort.',
  'The page is not whole.': 'Die Seite ist nicht vollständig.',
  'A part of this page did not arrive. Reload the page, or try again.':
    'Ein Teil dieser Seite ist nicht angekommen. Lade die Seite neu oder versuch es noch einmal.',
  'Nothing here': 'Hier ist nichts',
  'There is no page under this address.': 'Unter dieser Adresse gibt es keine Seite.',
  'Not for your role': 'Nicht für deine Rolle',
  'You are a moderator of {name}. This page is its owner’s; ask them.':
    'Du moderierst {name}. Diese Seite gehört dem Inhaber des Kanals; frag dort nach.',
  'You are a viewer of {name}. This page is its owner’s; ask them.':
    'Du siehst {name} nur an. Diese Seite gehört dem Inhaber des Kanals; frag dort nach.',

  'Welcome back.': 'Willkommen zurück.',
  'Forgot the password?': 'Passwort vergessen?',
  'Whoever runs the server can set a new one: {command}': 'Wer den Server betreibt, kann ein neues setzen: {command}',
  'Type your user name.': 'Gib deinen Benutzernamen ein.',
  'Type your password.': 'Gib dein Passwort ein.',
  'Sign in again': 'Noch einmal anmelden',
  'Your login has ended. What you typed here is still there.':
    'Deine Anmeldung ist abgelaufen. Was du hier eingegeben hast, ist noch da.',
  'Too many attempts. Try again in {n} s.': 'Zu viele Versuche. Versuch es in {n} s noch einmal.',

  'Set up CrossChat': 'CrossChat einrichten',
  'One account, one channel. A minute from now you can send yourself a test message.':
    'Ein Konto, ein Kanal. In einer Minute kannst du dir eine Testnachricht schicken.',
  'The first account owns this CrossChat. Nothing else needs to be set up.':
    'Dem ersten Konto gehört dieses CrossChat. Mehr muss nicht eingerichtet werden.',
  'One registers here with an invitation. Open the link that you were sent, or ask whoever runs this CrossChat for one.':
    'Hier registriert man sich mit einer Einladung. Öffne den Link, den du bekommen hast, oder bitte den Betreiber dieses CrossChat um einen.',
  'Make account': 'Konto anlegen',
  'Set-up token': 'Einrichtungs-Token',
  'It stands in the output of the server, at the end of the address printed there.':
    'Er steht in der Ausgabe des Servers, am Ende der Adresse dort.',
  'You sign in with it.': 'Damit meldest du dich an.',
  'Channel name (optional)': 'Name des Kanals (freiwillig)',
  'How your channel is called here; your user name if you leave it out.':
    'So heißt dein Kanal hier; dein Benutzername, wenn du es leer lässt.',
  'Letters, digits, dot, dash and underscore only.': 'Nur Buchstaben, Ziffern, Punkt, Minus und Unterstrich.',

  'Connection to the server lost.': 'Verbindung zum Server verloren.',
  'Messages are still being recorded.': 'Nachrichten werden weiter aufgezeichnet.',
  'Trying again in {n} s.': 'Neuer Versuch in {n} s.',
  'Trying again…': 'Neuer Versuch …',
  'Retry now': 'Jetzt versuchen',
  'This panel is open in too many places. Close one, then retry.':
    'Dieses Panel ist an zu vielen Stellen offen. Schließ eine und versuch es noch einmal.',
  'The server has ended this connection.': 'Der Server hat diese Verbindung beendet.',
  'CrossChat was updated. Reload this page to use the new version.':
    'CrossChat wurde aktualisiert. Lade die Seite neu, um die neue Version zu benutzen.',

  'Filter the feed': 'Nachrichten filtern',
  'Pause or go on': 'Anhalten oder weiter',
  'Next and previous message': 'Nächste und vorige Nachricht',
  'Hide the selected message': 'Ausgewählte Nachricht ausblenden',
  'Show it again': 'Wieder zeigen',
  'Feature it, or take it down': 'Groß zeigen oder wieder wegnehmen',
  'Mark it as a moment': 'Als Moment merken',
  'Who wrote it': 'Wer das geschrieben hat',
  'To the buttons of the selected message': 'Zu den Knöpfen der ausgewählten Nachricht',
  'Go to History': 'Zum Verlauf',
  'Go to Overlays': 'Zu den Overlays',
  'Go to Moderation': 'Zur Moderation',
  'Send in the simulator': 'Senden im Simulator',
  'Publish, in the editor': 'Veröffentlichen, im Editor',
  'Undo, in the editor; with Shift, redo': 'Rückgängig, im Editor; mit Umschalt wiederholen',
  'This list': 'Diese Liste',
  'Single-key shortcuts': 'Tastenkürzel aus einer Taste',
  Space: 'Leertaste',
  Shift: 'Umschalt',
  Ctrl: 'Strg',
  Enter: 'Eingabe',

  'Empty leaves it as it is': 'Leer lässt es, wie es ist',
  'Show what is typed for {field}': 'Eingabe zeigen: {field}',
  'Hide what is typed for {field}': 'Eingabe ausblenden: {field}',
  'Taken away when you save.': 'Wird beim Speichern entfernt.',
  'Keep it': 'Behalten',
  'Take away': 'Entfernen',
} satisfies Catalogue
