import type { Catalogue } from '../catalogue.ts'

/** Streams, transcripts, search, files. */
export const history = {
  'Every stream you started, with all its messages.': 'Alle deine Streams mit sämtlichen Nachrichten.',
  'No streams yet. They appear here once you have started one.':
    'Noch keine Streams. Sobald du einen startest, steht er hier.',
  'The stream could not be loaded.': 'Der Stream konnte nicht geladen werden.',

  Deleted: 'Gelöscht',
  'gone for good on {time}': 'endgültig weg am {time}',
  'Bring back': 'Zurückholen',
  '“{title}” is back.': '„{title}“ ist wieder da.',
  'Delete stream': 'Stream löschen',
  delete: 'löschen',
  '“{title}” was deleted. It can be brought back for 7 days.':
    '„{title}“ wurde gelöscht. 7 Tage lang lässt er sich zurückholen.',
  '{n} messages leave every list, search and file. For 7 days the stream can be brought back on the History page; then it is gone for good.':
    {
      one: '{n} Nachricht verschwindet aus allen Listen, Suchen und Dateien. 7 Tage lang kannst du den Stream unter „Verlauf“ zurückholen, danach ist er endgültig weg.',
      other:
        '{n} Nachrichten verschwinden aus allen Listen, Suchen und Dateien. 7 Tage lang kannst du den Stream unter „Verlauf“ zurückholen, danach ist er endgültig weg.',
    },

  'What is kept': 'Was aufgehoben wird',
  'Keep streams': 'Streams aufheben',
  'for ever': 'für immer',
  '{n} days': { one: '{n} Tag', other: '{n} Tage' },
  'Counted from the end of each. What is older goes for good, without the 7 days of a deleted one.':
    'Gezählt ab dem Ende jedes Streams. Was älter ist, verschwindet endgültig, ohne die 7 Tage eines gelöschten.',
  'Streams are kept for ever.': 'Streams werden für immer aufgehoben.',
  'Streams are kept for {n} days.': 'Streams werden {n} Tage aufgehoben.',
  'Keep streams for {n} days?': 'Streams nur {n} Tage aufheben?',
  '{n} streams are older than that and will be removed within minutes. This cannot be undone.': {
    one: '{n} Stream ist älter und wird in den nächsten Minuten entfernt. Das lässt sich nicht rückgängig machen.',
    other:
      '{n} Streams sind älter und werden in den nächsten Minuten entfernt. Das lässt sich nicht rückgängig machen.',
  },
  'Remove and keep to it': 'Entfernen und dabei bleiben',
  'A viewer may want to be forgotten: their words, name and picture leave every transcript.':
    'Jemand möchte vergessen werden? Worte, Name und Bild verschwinden aus allen Mitschriften.',
  'Erase a viewer…': 'Zuschauer löschen …',
  'Erase a viewer?': 'Zuschauer löschen?',
  'Their messages leave every transcript, search and file, also of the running stream. This cannot be undone.':
    'Alle Nachrichten verschwinden aus Mitschriften, Suche und Dateien, auch aus dem laufenden Stream. Das lässt sich nicht rückgängig machen.',
  'Id of the viewer': 'ID des Zuschauers',
  'The platform’s own, as in the column author_id of a CSV export. Names change; ids do not.':
    'Die ID der Plattform, wie in der Spalte author_id eines CSV-Exports. Namen ändern sich, IDs nicht.',
  'Enter the viewer’s id.': 'Gib die ID des Zuschauers ein.',
  'Erase viewer': 'Zuschauer löschen',
  'The viewer is being erased.': 'Der Zuschauer wird gerade gelöscht.',
  'Erasing: {done} of {total} steps': 'Wird gelöscht: {done} von {total} Schritten',
  'The last erasure is done: {n} messages erased.': {
    one: 'Die letzte Löschung ist fertig: {n} Nachricht gelöscht.',
    other: 'Die letzte Löschung ist fertig: {n} Nachrichten gelöscht.',
  },

  'How it went': 'Wie es lief',
  'The figures could not be loaded.': 'Die Zahlen konnten nicht geladen werden.',
  'Nothing was said.': 'Niemand hat etwas geschrieben.',
  'As a table': 'Als Tabelle',
  'Messages as a table': 'Nachrichten als Tabelle',
  'From|a time': 'Ab',
  '{n} people wrote': { one: '{n} Person hat geschrieben', other: '{n} Personen haben geschrieben' },
  '{most} at most in {n} minutes': {
    one: 'Höchstens {most} in einer Minute',
    other: 'Höchstens {most} in {n} Minuten',
  },
  'Messages in {n} minutes': { one: 'Nachrichten pro Minute', other: 'Nachrichten in {n} Minuten' },

  Transcript: 'Mitschrift',
  'Search this stream': 'Diesen Stream durchsuchen',
  'Earlier rows are not shown.': 'Frühere Zeilen sind ausgeblendet.',
  'Back to the start': 'Zurück zum Anfang',
  'No messages were archived in this stream.': 'In diesem Stream wurden keine Nachrichten aufgezeichnet.',
  'No message matches these filters.': 'Zu diesen Filtern passt keine Nachricht.',

  Done: 'Fertig',
  'Choose lines': 'Zeilen auswählen',
  'Chosen lines': 'Ausgewählte Zeilen',
  'Press a line to choose it, and another with Shift held for all between them.':
    'Drück auf eine Zeile, um sie auszuwählen, und mit Umschalt auf eine andere für alle dazwischen.',
  '{n} chosen lines': { one: '{n} ausgewählte Zeile', other: '{n} ausgewählte Zeilen' },
  'Lines of {from} to {to}': 'Zeilen von {from} bis {to}',
  'Choose the line of {time}': 'Zeile von {time} auswählen',
  'Choose the line of {time} by {name}': 'Zeile von {time}, {name}, auswählen',
  'At most {n} single lines or stretches of them.': 'Höchstens {n} einzelne Zeilen oder Abschnitte.',

  'All streams': 'Alle Streams',
  'Search all streams': 'Alle Streams durchsuchen',
  'The search failed.': 'Die Suche ist fehlgeschlagen.',
  'Nothing found': 'Nichts gefunden',
  'Nothing found so far': 'Bisher nichts gefunden',
  'Nothing was said that fits “{q}”.': 'Nichts Geschriebenes passt zu „{q}“.',
  '{n} found so far': 'bisher {n} gefunden',
  'Search on': 'Weitersuchen',
  'The chat was cleared': 'Der Chat wurde geleert',
  'A message was removed': 'Eine Nachricht wurde entfernt',
  'A message was shown again': 'Eine Nachricht wurde wieder eingeblendet',
  'Messages are missing here': 'Hier fehlen Nachrichten',
  'Search tips': 'Suchtipps',
  'both words': 'beide Wörter',
  'exactly this': 'genau das',
  'written by otter': 'von otter geschrieben',
  'from one platform': 'von einer Plattform',
  'with a link, with money': 'mit Link, mit Geld',
  'what it is, who said it': 'was es ist, wer es schrieb',
  'by day, UTC': 'nach Tag, UTC',
  'without it': 'ohne das Wort',

  Export: 'Exportieren',
  'Export…': 'Exportieren …',
  What: 'Was',
  'All of “{title}”': 'Alles aus „{title}“',
  'Only what fits: {what}': 'Nur, was passt: {what}',
  'All that is found for “{q}”': 'Alles, was zu „{q}“ gefunden wird',
  Format: 'Format',
  'One line a message, to read.': 'Eine Zeile pro Nachricht, zum Lesen.',
  'Table (CSV)': 'Tabelle (CSV)',
  'For a spreadsheet; nothing in it is taken for a formula.':
    'Für eine Tabellenkalkulation; nichts darin wird zur Formel.',
  JSON: 'JSON',
  'Everything that is kept, as one list.': 'Alles Aufgehobene als eine Liste.',
  'JSON lines': 'JSON-Zeilen',
  'Everything that is kept, one event a line.': 'Alles Aufgehobene, ein Ereignis pro Zeile.',
  'Web page': 'Webseite',
  'A page without script, to read in a browser.': 'Eine Seite ohne Skript, zum Lesen im Browser.',
  'Subtitles (SRT)': 'Untertitel (SRT)',
  'For the recording: each message at its time.': 'Für die Aufnahme: jede Nachricht zu ihrer Zeit.',
  'Subtitles (WebVTT)': 'Untertitel (WebVTT)',
  'For the recording, in a browser: each message at its time.':
    'Für die Aufnahme im Browser: jede Nachricht zu ihrer Zeit.',
  'Offset in seconds': 'Versatz in Sekunden',
  'Added to every time. Negative where the recording began after the stream did: −12.5.':
    'Wird zu jeder Zeit addiert. Negativ, wenn die Aufnahme nach dem Stream begann: −12,5.',
  'Enter seconds, at most a day, such as 3 or −12.5.': 'Gib Sekunden ein, höchstens einen Tag, etwa 3 oder −12,5.',
  'Leave out what was removed': 'Entferntes weglassen',
  'Numbers instead of names': 'Nummern statt Namen',
  '“Viewer 7”, the same for a person throughout the file, also where others write the name.':
    '„Viewer 7“, für eine Person in der ganzen Datei gleich, auch wo andere den Namen schreiben.',
  'Reading …': 'Wird gelesen …',
  '{size} so far': 'bisher {size}',
  'Save file': 'Datei speichern',
  'The file is saved.': 'Die Datei ist gespeichert.',
  Copy: 'Kopieren',
  'Jump to': 'Springe zu',
  'The lines are copied.': 'Die Zeilen sind kopiert.',
} satisfies Catalogue
