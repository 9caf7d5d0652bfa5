import type { Catalogue } from '../catalogue.ts'

/** Sentences that the server says with a name or a number in them; the gaps take whatever stands there. */
export const sentences = {
  'This channel keeps as many transcripts as it may. Delete old streams, then start this one. {used} of {most} are used.':
    'Dieser Kanal hebt schon so viele Mitschriften auf, wie er darf. Lösche alte Streams und starte dann diesen. {used} von {most} sind belegt.',
  '{platform} was not connected for {n} s; what was written there meanwhile is missing':
    '{platform} war {n} s lang nicht verbunden; was dort inzwischen geschrieben wurde, fehlt',
  'It was answered with {status}; redirects are not followed.':
    'Die Antwort war {status}; Weiterleitungen wird nicht gefolgt.',
  'It was answered with {status}.': 'Die Antwort war {status}.',
  'The connection failed ({code}).': 'Die Verbindung ist fehlgeschlagen ({code}).',
  "No Twitch channel named '{name}'. Check the spelling: it is the last part of twitch.tv/… A suspended channel cannot be read.":
    'Bei Twitch heißt kein Kanal „{name}“. Prüf die Schreibweise: Es ist der letzte Teil von twitch.tv/… Ein gesperrter Kanal lässt sich nicht lesen.',
  'YouTube has no channel {name}. Check how it is written.':
    'Bei YouTube gibt es keinen Kanal {name}. Prüf die Schreibweise.',
  'YouTube answered {status}.': 'YouTube hat mit {status} geantwortet.',
  'The channel’s page cannot be read: YouTube answered {status}.':
    'Die Seite des Kanals lässt sich nicht lesen: YouTube hat mit {status} geantwortet.',
  'The chat’s page cannot be read: YouTube answered {status}.':
    'Die Seite des Chats lässt sich nicht lesen: YouTube hat mit {status} geantwortet.',
  'The quota of the API key is used up for today. It goes on by itself at midnight Pacific, {time} UTC.':
    'Das Kontingent des API-Schlüssels ist für heute aufgebraucht. Um Mitternacht pazifischer Zeit, {time} UTC, geht es von selbst weiter.',
  'Kick has no channel “{name}”.': 'Bei Kick gibt es keinen Kanal „{name}“.',
  '“{typed}” is no id: Kick’s channel id and chatroom id are numbers.':
    '„{typed}“ ist keine ID: Kanal-ID und Chatroom-ID sind bei Kick Zahlen.',
  'Kick does not let servers look its channels up. Open {address} in your browser, and paste its first "id" as channel id and the "id" inside "chatroom" as chatroom id into this form.':
    'Kick lässt Server keine Kanäle nachschlagen. Öffne {address} im Browser und trag hier die erste „id“ als Kanal-ID und die „id“ in „chatroom“ als Chatroom-ID ein.',
  'Kick’s look-up answered {status}.': 'Kick hat beim Nachschlagen mit {status} geantwortet.',
  'Kick’s Pusher socket: {why}.': 'Kicks Pusher-Socket: {why}.',
  'Kick’s socket: {why}.': 'Kicks Socket: {why}.',
} satisfies Catalogue
