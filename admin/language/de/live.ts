import type { Catalogue } from '../catalogue.ts'

/** The Live screen and the feed. */
export const live = {
  // The parts of the page on a narrow screen.
  'Part of the page': 'Teil der Seite',
  Chat: 'Chat',
  Start: 'Start',
  OBS: 'OBS',
  Simulator: 'Simulator',

  // The feed.
  'Live chat': 'Live-Chat',
  Feed: 'Nachrichten',
  'Up and down go from message to message, right to the buttons of one, Enter to who wrote it.':
    'Auf und ab geht es von Nachricht zu Nachricht, nach rechts zu den Knöpfen einer Nachricht, mit Eingabe zu dem, der sie geschrieben hat.',
  '{n} new messages': { one: '{n} neue Nachricht', other: '{n} neue Nachrichten' },
  '{n} new': '{n} neu',
  'Go on': 'Weiter',
  'No message matches this filter.': 'Keine Nachricht passt zu diesem Filter.',
  'Clear filter': 'Filter zurücksetzen',
  'Filter messages': 'Nachrichten filtern',
  'Platforms shown': 'Gezeigte Plattformen',
  'Whose messages': 'Wessen Nachrichten',
  Everyone: 'Alle',
  Moderators: 'Moderatoren',
  VIPs: 'VIPs',
  Subscribers: 'Abonnenten',
  'How messages look': 'Wie Nachrichten aussehen',
  Rows: 'Zeilen',
  Roomy: 'Luftig',
  'Close|together': 'Eng',
  'Text size, px': 'Textgröße, px',
  'Announce messages to screen readers': 'Nachrichten vorlesen (Screenreader)',
  'Connected. Nobody has written yet.': 'Verbunden. Noch hat niemand geschrieben.',
  'Waiting for your broadcast to begin.': 'Wartet auf den Beginn deiner Übertragung.',
  'No account is connected right now.': 'Gerade ist kein Konto verbunden.',
  'No channel is followed yet. Paste a name, and its chat appears here and in your overlay.':
    'Noch wird kein Kanal gelesen. Füge einen Namen ein, und sein Chat erscheint hier und in deinem Overlay.',
  'Connect a channel': 'Kanal verbinden',

  // A row of it.
  'Marked as a moment': 'Als Moment markiert',
  Simulated: 'Simuliert',
  'Who wrote this': 'Wer das geschrieben hat',
  'Hidden by {who}': 'Ausgeblendet von {who}',
  'Hidden by a moderator': 'Von der Moderation ausgeblendet',
  'Removed on {platform}': 'Auf {platform} entfernt',
  'A stream started. Overlays were cleared.': 'Ein Stream hat begonnen. Die Overlays wurden geleert.',
  'Cleared from the panel.': 'Im Panel geleert.',
  '{platform} cleared its chat.': '{platform} hat den Chat geleert.',
  '{n} messages could not be kept': {
    one: '{n} Nachricht ging verloren',
    other: '{n} Nachrichten gingen verloren',
  },

  // What is done about one.
  'About this message': 'Zu dieser Nachricht',
  'More about this message': 'Mehr zu dieser Nachricht',
  'More about this message by {name}': 'Mehr zu dieser Nachricht von {name}',
  'Hide this message': 'Diese Nachricht ausblenden',
  'Hide this message by {name}': 'Diese Nachricht von {name} ausblenden',
  'Hide this line': 'Diese Zeile ausblenden',
  'Hide all by {name}': 'Alles von {name} ausblenden',
  'Show again': 'Wieder einblenden',
  'Show this message again': 'Diese Nachricht wieder einblenden',
  'Show this message by {name} again': 'Diese Nachricht von {name} wieder einblenden',
  'Show all by {name} again': 'Alles von {name} wieder einblenden',
  'Feature this message': 'Diese Nachricht hervorheben',
  'Feature this message by {name}': 'Diese Nachricht von {name} hervorheben',
  'Feature on the overlays': 'In den Overlays hervorheben',
  'Take down from the overlays': 'Aus den Overlays nehmen',
  'Mark this moment': 'Diesen Moment merken',
  'Mark this moment (while a stream runs)': 'Diesen Moment merken (während ein Stream läuft)',
  'No moment any more': 'Nicht mehr merken',
  'Add a word of it to the rules': 'Ein Wort daraus sperren',
  'Copy text': 'Text kopieren',
  'The text is copied.': 'Der Text ist kopiert.',
  'This browser does not let the page copy. Mark the text and copy it by hand.':
    'Dieser Browser lässt die Seite nicht kopieren. Markiere den Text und kopiere ihn von Hand.',
  'Messages by {name}': 'Nachrichten von {name}',
  'The newest {n} messages in this stream': 'Die neuesten {n} Nachrichten in diesem Stream',
  'The newest {n} messages here': 'Die neuesten {n} Nachrichten hier',
  '{n} messages in this stream': {
    one: '{n} Nachricht in diesem Stream',
    other: '{n} Nachrichten in diesem Stream',
  },
  '{n} messages here': { one: '{n} Nachricht hier', other: '{n} Nachrichten hier' },
  'Hidden for good by {by}, {time}: nothing they write reaches the overlays.':
    'Dauerhaft ausgeblendet von {by}, {time}: Nichts von dieser Person kommt in die Overlays.',
  'Note: {note}': 'Notiz: {note}',
  'Note (optional)': 'Notiz (freiwillig)',
  'For whoever moderates with you. The platform is not told.':
    'Für alle, die mit dir moderieren. Die Plattform erfährt nichts.',
  'Hide this person': 'Diese Person ausblenden',
  'Add a word to the rules': 'Ein Wort sperren',
  'Word or words': 'Wort oder Wörter',
  'A message that contains it is hidden from the overlays, in any case of letters.':
    'Eine Nachricht, die es enthält, wird in den Overlays ausgeblendet, egal ob groß oder klein geschrieben.',
  'Words of the message': 'Wörter der Nachricht',
  'Type a word, or pick one below.': 'Gib ein Wort ein oder wähle unten eins.',
  'Not now': 'Jetzt nicht',
  'Add to the rules': 'Sperren',
  'Messages with “{word}” are hidden from now on.': 'Nachrichten mit „{word}“ werden ab jetzt ausgeblendet.',
  '“{word}” is among the rules already.': '„{word}“ ist schon gesperrt.',

  // The picture.
  'Featured message': 'Hervorgehoben',
  'Featured:': 'Hervorgehoben:',
  Clear: 'Wegnehmen',
  'Take down': 'Wegnehmen',
  'The overlays are held empty. Chat goes on here and in the archive.':
    'Die Overlays bleiben leer. Der Chat läuft hier und im Archiv weiter.',
  'Show chat': 'Chat zeigen',
  'Hide overlay now': 'Overlay jetzt leeren',
  'On the overlays now': 'Jetzt in den Overlays',
  'Slow display': 'Langsame Anzeige',
  'Slow display: one message a second.': 'Langsame Anzeige: eine Nachricht pro Sekunde.',
  'One message a second, moderators, money and events first. History keeps all of them.':
    'Eine Nachricht pro Sekunde; Moderatoren, Geld und Ereignisse zuerst. Im Verlauf stehen alle.',
  'Full speed': 'Volles Tempo',

  // The queue.
  '{n} messages wait for a moderator.': {
    one: '{n} Nachricht wartet auf die Moderation.',
    other: '{n} Nachrichten warten auf die Moderation.',
  },

  // The stream.
  'Start stream': 'Stream starten',
  'End stream': 'Stream beenden',
  'This stream': 'Dieser Stream',
  Clock: 'Laufzeit',
  'Per minute': 'Pro Minute',
  'No stream running.': 'Kein Stream läuft.',
  'No stream running. Messages are shown but not archived.':
    'Kein Stream läuft. Nachrichten werden gezeigt, aber nicht archiviert.',
  'OBS is streaming, and no stream runs here. Messages are shown but not archived.':
    'OBS streamt, und hier läuft kein Stream. Nachrichten werden gezeigt, aber nicht archiviert.',
  'You find the stream under this name in History. You can change it later.':
    'Unter diesem Namen findest du den Stream im Verlauf. Du kannst ihn später ändern.',
  'Friday late-night run': 'Freitagnacht-Runde',
  'Your overlays are cleared, and every message is archived until you end the stream.':
    'Deine Overlays werden geleert, und jede Nachricht wird archiviert, bis du den Stream beendest.',
  'Not yet': 'Noch nicht',
  'The stream has started. Messages are archived from now on.':
    'Der Stream läuft. Ab jetzt werden Nachrichten archiviert.',
  'End “{title}”?': '„{title}“ beenden?',
  'End this stream?': 'Diesen Stream beenden?',
  'End & archive': 'Beenden & archivieren',
  'End & discard…': 'Beenden & verwerfen …',
  'Keep open': 'Weiterlaufen lassen',
  discard: 'verwerfen',
  'End and discard stream': 'Stream beenden und verwerfen',
  'The stream and all its messages are deleted. This cannot be undone.':
    'Der Stream und alle seine Nachrichten werden gelöscht. Das lässt sich nicht rückgängig machen.',
  'The stream was discarded.': 'Der Stream wurde verworfen.',
  'The stream is archived.': 'Der Stream ist archiviert.',
  'Open their channel on {platform}': 'Kanal auf {platform} öffnen',
  Mix: 'Mischung',
  'Parts of {platform}': 'Anteile von {platform}',
  'Takes {time}.': 'Dauert {time}.',
  'Give at least one platform a part.': 'Gib mindestens einer Plattform einen Anteil.',
  'Open channel': 'Kanal öffnen',
  'Open in History': 'Im Verlauf öffnen',
  'Still streaming? The last message came {when}.': 'Streamst du noch? Die letzte Nachricht kam {when}.',
  'End at {time}': 'Um {time} beenden',
  'Messages a minute': 'Nachrichten pro Minute',
  'Messages a minute over {n} minutes; the numbers stand below':
    'Nachrichten pro Minute über {n} Minuten; die Zahlen stehen darunter',
  'in {n} min': 'in {n} min',
  Minute: 'Minute',
  Chatters: 'Wer schreibt',
  'Nobody has written yet.': 'Noch hat niemand geschrieben.',
  Moments: 'Momente',
  'Moments, newest first': 'Momente, neueste zuerst',
  'Nothing marked yet. Select a message and press {key}.':
    'Noch nichts gemerkt. Wähle eine Nachricht und drücke {key}.',
  'In History: it is no longer in this page': 'Im Verlauf: Auf dieser Seite steht er nicht mehr',
  'Take the mark at {time} away': 'Moment bei {time} entfernen',
  'Recent moderation': 'Zuletzt moderiert',
  'taken back': 'zurückgenommen',

  // First steps.
  'Hide checklist': 'Liste ausblenden',
  done: 'erledigt',
  'to do': 'offen',
  'All set. Have a good stream!': 'Alles bereit. Guten Stream!',
  'Put the overlay into OBS': 'Das Overlay in OBS einfügen',
  'Start your first stream': 'Deinen ersten Stream starten',
  'Connect a platform': 'Eine Plattform verbinden',
  'Connected from {place}': 'Verbunden aus {place}',
  'Send test message': 'Testnachricht senden',
  'How…': 'Hilfe …',
  'Start a stream': 'Stream starten',

  // Ways into OBS.
  'Into OBS': 'In OBS',
  'Name of the source': 'Name der Quelle',
  'Width, px': 'Breite, px',
  'Height, px': 'Höhe, px',
  'Drag it over': 'Hinüberziehen',
  'Drop it on the preview or on the list of sources. OBS asks once, and makes the source.':
    'Lass es auf der Vorschau oder der Liste der Quellen los. OBS fragt einmal und legt die Quelle an.',
  'Let OBS make it': 'Von OBS anlegen lassen',
  'For OBS on this computer: Tools → WebSocket Server Settings → Enable WebSocket server. The source comes into the scene on programme; one of that name gets the new address.':
    'Für OBS auf diesem Computer: Werkzeuge → WebSocket-Servereinstellungen → WebSocket-Server aktivieren. Die Quelle kommt in die Szene im Programm; eine mit diesem Namen bekommt die neue Adresse.',
  Port: 'Port',
  'Password, if it has one': 'Passwort, falls gesetzt',
  'The password stays in this page. It is not sent to the server and not kept.':
    'Das Passwort bleibt auf dieser Seite. Es geht nicht an den Server und wird nicht gespeichert.',
  'Open in OBS': 'In OBS öffnen',
  'Asking OBS…': 'OBS wird gefragt …',
  '“{name}” is in OBS now.': '„{name}“ ist jetzt in OBS.',
  '“{name}” in OBS has the new address and size.': '„{name}“ in OBS hat die neue Adresse und Größe.',
  'This browser does not let the page reach OBS: {why}': 'Dieser Browser lässt die Seite nicht zu OBS: {why}',
  'OBS is started before CrossChat?': 'Startet OBS vor CrossChat?',
  'A source whose page is not there when OBS starts stays blank. Keep this file, tick “Local file” in the source and choose it: it waits for CrossChat, and then shows the overlay. It holds the overlay’s key, so give it to nobody.':
    'Eine Quelle, deren Seite beim Start von OBS fehlt, bleibt leer. Speichere diese Datei, setze in der Quelle den Haken bei „Lokale Datei“ und wähle sie: Sie wartet auf CrossChat und zeigt dann das Overlay. In ihr steht der Schlüssel des Overlays, gib sie also niemandem.',
  'Download the waiting page': 'Warteseite herunterladen',
  'On your own site': 'Auf deiner eigenen Seite',
  'Copy one line and put it into your page, where the chat is to stand. It becomes as wide as that place, and {height} px high.':
    'Kopiere eine Zeile und füge sie in deine Seite ein, wo der Chat stehen soll. Er wird so breit wie diese Stelle und {height} px hoch.',
  'Copy the line': 'Zeile kopieren',
  'Whoever opens your page can read the key in it, and with it this chat. Nobody can write with it.':
    'Wer deine Seite öffnet, kann den Schlüssel darin lesen und damit diesen Chat. Schreiben kann damit niemand.',
  'An overlay for your site alone can be given a new address while the one in OBS stays as it is.':
    'Ein Overlay nur für deine Seite kann eine neue Adresse bekommen, während das in OBS bleibt, wie es ist.',
  'Overlay address as a QR code': 'Overlay-Adresse als QR-Code',
  'QR code of the address of {name}': 'QR-Code der Adresse von {name}',
  'For OBS on another computer, or a phone. Whoever can see this code can see the chat: keep it off your stream.':
    'Für OBS auf einem anderen Computer oder ein Handy. Wer diesen Code sieht, kann den Chat sehen: Zeig ihn nicht im Stream.',
  'OBS does not answer at {address}. In OBS: Tools → WebSocket Server Settings, switch on “Enable WebSocket server” and compare the port.':
    'OBS antwortet nicht unter {address}. Schalte in OBS unter Werkzeuge → WebSocket-Servereinstellungen „WebSocket-Server aktivieren“ ein und vergleiche den Port.',
  'As this page came over https, the browser may also refuse, or ask you first.':
    'Da diese Seite über https kam, kann es auch der Browser verweigern oder dich erst fragen.',
  'The port is a whole number from 1 to {most}. In OBS: Tools → WebSocket Server Settings → Show Connect Info.':
    'Der Port ist eine ganze Zahl von 1 bis {most}. In OBS: Werkzeuge → WebSocket-Servereinstellungen → Verbindungsinformationen anzeigen.',
  'OBS has something else that is called “{name}”. Choose another name for the source.':
    'In OBS heißt schon etwas anderes „{name}“. Wähle einen anderen Namen für die Quelle.',
  'OBS is busy changing its scenes. Try again in a moment.':
    'OBS wechselt gerade seine Szenen. Versuch es gleich noch einmal.',
  'OBS did not do it: {why}': 'OBS hat es nicht getan: {why}',
  'OBS did not do it (code {code}).': 'OBS hat es nicht getan (Code {code}).',
  'OBS asks for a password. In OBS: Tools → WebSocket Server Settings → Show Connect Info.':
    'OBS verlangt ein Passwort. In OBS: Werkzeuge → WebSocket-Servereinstellungen → Verbindungsinformationen anzeigen.',
  'This browser works with passwords only on https and on localhost. Open the panel there, drag the source instead, or switch off “Enable Authentication” in OBS.':
    'Dieser Browser arbeitet mit Passwörtern nur über https und auf localhost. Öffne das Panel dort, zieh die Quelle hinüber oder schalte in OBS „Authentifizierung aktivieren“ aus.',
  'The password is not OBS’s. In OBS: Tools → WebSocket Server Settings → Show Connect Info.':
    'Das ist nicht das Passwort von OBS. In OBS: Werkzeuge → WebSocket-Servereinstellungen → Verbindungsinformationen anzeigen.',
  'This OBS speaks another version of its protocol. Drag the source instead.':
    'Dieses OBS spricht eine andere Version seines Protokolls. Zieh die Quelle stattdessen hinüber.',
  'OBS ended the connection. Try again.': 'OBS hat die Verbindung beendet. Versuch es noch einmal.',
  'OBS has gone silent. Look whether it still runs, and try again.':
    'OBS ist verstummt. Sieh nach, ob es noch läuft, und versuch es noch einmal.',
  'What answers at {address} is not OBS’s WebSocket server. Compare the port.':
    'Was unter {address} antwortet, ist nicht der WebSocket-Server von OBS. Vergleiche den Port.',

  // The simulator.
  Kind: 'Art',
  Send: 'Senden',
  Badges: 'Abzeichen',
  'Roll another name': 'Anderen Namen würfeln',
  'Colour of the name': 'Farbe des Namens',
  'Give the person a name.': 'Gib der Person einen Namen.',
  'Action (/me)': 'Aktion (/me)',
  Reply: 'Antwort',
  'First message': 'Erste Nachricht',
  Subscription: 'Abo',
  Resubscription: 'Abo verlängert',
  'Gifted subs': 'Verschenkte Abos',
  Cheer: 'Cheer',
  Announcement: 'Ankündigung',
  Months: 'Monate',
  Subs: 'Abos',
  Viewers: 'Zuschauer',
  Bits: 'Bits',
  Amount: 'Betrag',
  Burst: 'Schwall',
  Scenario: 'Szenario',
  Count: 'Anzahl',
  'Per second': 'Pro Sekunde',
  Seed: 'Startwert',
  'Sent {n}': '{n} gesendet',
  'Messages sent': 'Gesendete Nachrichten',
  'For how long': 'Wie lange',
  'Hidden by {by}, {time}, {left}: nothing they write reaches the overlays.':
    'Ausgeblendet von {by}, {time}, {left}: Nichts von dieser Person kommt in die Overlays.',
} satisfies Catalogue
