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
  'A dock shows your chat inside OBS, with buttons to moderate it. Whoever has its address can do what it may.':
    'Ein Dock zeigt deinen Chat in OBS, mit Knöpfen zum Moderieren. Wer seine Adresse hat, kann alles, was es darf.',
  'Make a dock and copy its address.': 'Lege ein Dock an und kopiere seine Adresse.',
  'In OBS open Docks, then Custom Browser Docks.': 'Öffne in OBS „Docks“, dann „Benutzerdefinierte Browser-Docks“.',
  'Give it a name, paste the address as URL, press Apply.':
    'Gib ihm einen Namen, füge die Adresse als URL ein, drücke „Anwenden“.',
  'The docks could not be loaded.': 'Die Docks konnten nicht geladen werden.',
  'Give the dock a name.': 'Gib dem Dock einen Namen.',
  'New dock': 'Neues Dock',
  'Who will use it, so that you know which one to withdraw later.':
    'Wer es benutzt, damit du später weißt, welches du zurückziehst.',
  'What it may do': 'Was es darf',
  Read: 'Lesen',
  Moderate: 'Moderieren',
  Control: 'Steuern',
  'Sees the chat, and nothing else.': 'Sieht den Chat, sonst nichts.',
  'Hides and shows messages, features one, empties the overlays.':
    'Verbirgt und zeigt Nachrichten, hebt eine hervor, leert die Overlays.',
  'Does that too, starts and ends streams, switches the theme of an overlay, and sends test messages.':
    'Kann das auch, startet und beendet Streams, wechselt das Theme eines Overlays und sendet Testnachrichten.',
  'Make dock': 'Dock anlegen',
  'No docks yet.': 'Noch keine Docks.',
  'Made {when}, not open': 'Angelegt {when}, nicht offen',
  'Made {when}, {n} open': { one: 'Angelegt {when}, {n} offen', other: 'Angelegt {when}, {n} offen' },
  'Copy chat dock': 'Chat-Dock kopieren',
  'Copy control dock': 'Steuer-Dock kopieren',
  'Make a new address for {name}': 'Neue Adresse für {name} erzeugen',
  'Delete dock {name}': 'Dock {name} löschen',
  'Delete dock': 'Dock löschen',
  'New address for “{name}”?': 'Neue Adresse für „{name}“?',
  'Delete dock “{name}”?': 'Dock „{name}“ löschen?',
  'The old address stops working at once, wherever it is open.':
    'Die alte Adresse gilt sofort nicht mehr, wo immer sie offen ist.',
  'Keep dock': 'Dock behalten',

  'The channels whose chats CrossChat reads and shows as one. A name or an address is enough.':
    'Die Kanäle, deren Chats CrossChat liest und als einen zeigt. Ein Name oder eine Adresse genügt.',
  'The accounts could not be loaded.': 'Die Konten konnten nicht geladen werden.',
  'The name, or the whole address of the channel.': 'Der Name oder die ganze Adresse des Kanals.',
  'Type the name of a channel.': 'Gib den Namen eines Kanals ein.',
  'Follow this one': 'Diesem folgen',
  'Change name': 'Name ändern',
  Disable: 'Ausschalten',
  Enable: 'Einschalten',
  'A test message of {platform} was sent.': 'Eine Testnachricht von {platform} ist gesendet.',
  'See it in Live': 'In Live ansehen',
  'for {time}': 'seit {time}',
  Received: 'Empfangen',
  'More settings': 'Weitere Einstellungen',
  'Save settings': 'Einstellungen speichern',
  'The settings of {platform} are saved.': 'Die Einstellungen von {platform} sind gespeichert.',
  'Address for deliveries': 'Adresse für Lieferungen',
  'Start and end the stream with {platform}': 'Stream mit {platform} starten und beenden',

  // How a source is.
  Off: 'Aus',
  'Waiting for stream': 'Wartet auf Stream',
  Connected: 'Verbunden',
  Quiet: 'Still',
  Reconnecting: 'Verbindet neu',
  'Needs attention': 'Braucht dich',
  Receiving: 'Empfängt',
  'No broadcast is running right now.': 'Gerade läuft keine Übertragung.',
  'Connected, but silent for longer than usual.': 'Verbunden, aber länger still als üblich.',
  'The connection was lost.': 'Die Verbindung ist abgerissen.',
  'This connection needs your help.': 'Diese Verbindung braucht deine Hilfe.',
  'Reconnect now': 'Jetzt neu verbinden',
  'Check now': 'Jetzt nachsehen',
  'Go to account': 'Zum Konto',
  'No channel is followed here.': 'Hier wird kein Kanal gelesen.',
  'Switched off: nothing is read from here.': 'Ausgeschaltet: Von hier wird nichts gelesen.',
} satisfies Catalogue
