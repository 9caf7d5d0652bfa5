import type { Catalogue } from '../catalogue.ts'

/** What the server says: errors, and what the platforms tell of themselves. */
export const server = {
  'The server answered with {status}.': 'Der Server hat mit {status} geantwortet.',
  'The server cannot be reached. Check that CrossChat is running, then try again.':
    'Der Server ist nicht erreichbar. Prüf, ob CrossChat läuft, und versuch es noch einmal.',
  'The answer of the server broke off. Try again.': 'Die Antwort des Servers brach ab. Versuch es noch einmal.',
  'The file broke off before its end. Try again.': 'Die Datei brach vor ihrem Ende ab. Versuch es noch einmal.',
  'Something failed in this page. Reload it and try again.':
    'Auf dieser Seite ist etwas fehlgeschlagen. Lade sie neu und versuch es noch einmal.',

  'The request is not in the form that this call takes.': 'Diese Angaben passen so nicht.',
  'The body is not valid JSON.': 'Der Inhalt ist kein gültiges JSON.',
  'The payload is not what this platform sends.': 'So etwas sendet diese Plattform nicht.',
  'No channel of this platform can have that name.': 'So kann auf dieser Plattform kein Kanal heißen.',
  'The signature does not fit. Nothing was taken.': 'Die Signatur passt nicht. Nichts wurde übernommen.',
  'The delivery is too old, or from the future. Nothing was taken.':
    'Die Zustellung ist zu alt oder aus der Zukunft. Nichts wurde übernommen.',
  'This is no backup of CrossChat, or it is damaged. Nothing was changed.':
    'Das ist keine Sicherung von CrossChat, oder sie ist beschädigt. Nichts wurde geändert.',
  'The backup was made by a newer CrossChat. Restore it with that one. Nothing was changed.':
    'Die Sicherung stammt von einem neueren CrossChat. Stell sie mit jenem wieder her. Nichts wurde geändert.',
  'The set-up token is missing or wrong. It stands in the output of the server.':
    'Der Einrichtungscode fehlt oder ist falsch. Er steht in der Ausgabe des Servers.',
  'This invitation opens nothing: it was used or taken back, or has expired. Ask for a new one.':
    'Diese Einladung gilt nicht mehr: Sie wurde benutzt, zurückgenommen oder ist abgelaufen. Bitte um eine neue.',
  'You are not signed in. Sign in and try again.':
    'Du bist nicht angemeldet. Melde dich an und versuch es noch einmal.',
  'The user name or the password is wrong.': 'Benutzername oder Passwort ist falsch.',
  'The key is not known. Make a new one in the panel.': 'Dieser Schlüssel ist unbekannt. Mach im Panel einen neuen.',
  'The request comes from another site. Open CrossChat at its own address.':
    'Die Anfrage kommt von einer anderen Seite. Öffne CrossChat unter seiner eigenen Adresse.',
  'This key may not do that. Make one with the scope this call needs.':
    'Dieser Schlüssel darf das nicht. Mach einen, der es darf.',
  'Your role in this channel does not allow that. Ask its owner.':
    'Deine Rolle in diesem Kanal erlaubt das nicht. Frag, wem er gehört.',
  'This account is suspended. Ask the owner of this instance.':
    'Dieses Konto ist gesperrt. Frag, wer diese Instanz betreibt.',
  'This link opens nothing any more. Ask the owner of this instance for a new one.':
    'Dieser Link gilt nicht mehr. Bitte um einen neuen bei dem, der diese Instanz betreibt.',
  'There is nothing here under this address.': 'Unter dieser Adresse gibt es nichts.',
  'No such platform. GET /api/platforms lists the known ones.':
    'Diese Plattform gibt es nicht. GET /api/platforms nennt die bekannten.',
  'This address does not take that method.': 'Diese Adresse nimmt diese Methode nicht an.',
  'This user name is taken. Choose another one.': 'Dieser Benutzername ist vergeben. Nimm einen anderen.',
  'This account works in the channel already. Its owner can change the role.':
    'Dieses Konto arbeitet schon in dem Kanal. Wem er gehört, kann die Rolle ändern.',
  'CROSSCHAT_REGISTRATION says who may register. Take it out of the environment to decide it here.':
    'CROSSCHAT_REGISTRATION legt fest, wer sich registrieren darf. Nimm es aus der Umgebung, um es hier zu entscheiden.',
  'The owner of the instance can be neither suspended nor removed.':
    'Wem die Instanz gehört, der kann weder gesperrt noch entfernt werden.',
  'This channel keeps as many transcripts as it may. Delete old streams, then start this one.':
    'Dieser Kanal hebt schon so viele Mitschriften auf, wie er darf. Lösche alte Streams und starte dann diesen.',
  'A stream is running already. End it first.': 'Es läuft schon ein Stream. Beende ihn zuerst.',
  'No stream is running.': 'Es läuft kein Stream.',
  'The draft was changed in another window meanwhile. Nothing was overwritten.':
    'Der Entwurf wurde inzwischen in einem anderen Fenster geändert. Nichts wurde überschrieben.',
  'This message is hidden. Show it again first.': 'Diese Nachricht ist ausgeblendet. Zeig sie zuerst wieder.',
  'Somebody has decided about this message already.': 'Über diese Nachricht hat schon jemand entschieden.',
  'The rules were changed again after that. Take back the newer change first.':
    'Die Regeln wurden danach noch einmal geändert. Nimm zuerst die neuere Änderung zurück.',
  'The list is full. Take somebody off it first.': 'Die Liste ist voll. Nimm zuerst jemanden herunter.',
  'The folder to restore into is not empty. Choose another one, or say --replace.':
    'Der Zielordner ist nicht leer. Nimm einen anderen, oder gib --replace an.',
  'The file exists already. Nothing was written; choose another name.':
    'Die Datei gibt es schon. Nichts wurde geschrieben; nimm einen anderen Namen.',
  'The overlays are held empty. Show the chat again first.':
    'Die Overlays werden leer gehalten. Zeig zuerst den Chat wieder.',
  'The body is larger than this call takes.': 'Das ist zu groß.',
  'The content type is not one that this call takes.': 'Diese Art von Inhalt wird hier nicht angenommen.',
  'This server does not answer for that host name. Set CROSSCHAT_PUBLIC_URL to the address people use.':
    'Unter diesem Namen antwortet der Server nicht. Setz CROSSCHAT_PUBLIC_URL auf die Adresse, die alle benutzen.',
  'Too many requests. Wait and try again.': 'Zu viele Anfragen. Warte kurz und versuch es noch einmal.',
  'Something failed on our side. Nothing was changed. Try again.':
    'Bei uns ist etwas fehlgeschlagen. Nichts wurde geändert. Versuch es noch einmal.',
  'The queue is full. Nothing of this request was taken; send it again later.':
    'Die Warteschlange ist voll. Nichts davon wurde übernommen; schick es später noch einmal.',
  'The server is busy. Try again in a moment.': 'Der Server ist ausgelastet. Versuch es gleich noch einmal.',
  'The server is stopping. Try again in a moment.': 'Der Server hält gerade an. Versuch es gleich noch einmal.',
  'The channel is being moved to another server. Nothing of this request was taken; send it again.':
    'Der Kanal zieht gerade auf einen anderen Server um. Von dieser Anfrage wurde nichts übernommen; sende sie noch einmal.',
  'Another server has taken over this channel. Nothing was changed. Try again.':
    'Ein anderer Server hat diesen Kanal übernommen. Nichts wurde geändert. Versuch es noch einmal.',
  'The disk did not take the write. Nothing was changed.':
    'Auf die Festplatte ließ sich nicht schreiben. Nichts wurde geändert.',

  'This is not the name of the account.': 'Das ist nicht der Name des Kontos.',
  'The archive did not start.': 'Das Archiv ist nicht gestartet.',
  'The archive had to be started again.': 'Das Archiv musste neu gestartet werden.',
  'The archive is not running.': 'Das Archiv läuft nicht.',
  'The archive is too far behind to take more.': 'Das Archiv hängt zu weit hinterher, um mehr aufzunehmen.',
  'This call takes application/json.': 'Hier wird application/json erwartet.',
  'This call takes no compressed body.': 'Hier wird nichts Komprimiertes angenommen.',
  'The body broke off.': 'Der Inhalt brach ab.',
  'The current password is wrong.': 'Das bisherige Passwort ist falsch.',
  'The payload could not be read and was set aside.': 'Das ließ sich nicht lesen und wurde beiseitegelegt.',
  'The channel was being closed. Nothing of this request was taken; send it again.':
    'Der Kanal wurde gerade geschlossen. Nichts davon wurde übernommen; schick es noch einmal.',
  'One registers here with an invitation. Ask whoever runs this instance, or the owner of a channel, for one.':
    'Hier registriert man sich mit einer Einladung. Bitte den Betreiber der Instanz oder jemanden mit einem Kanal darum.',
  'This is your own channel. The invitation is for somebody else.':
    'Das ist dein eigener Kanal. Die Einladung ist für jemand anderen.',
  'This is your own channel; nobody can leave their own.':
    'Das ist dein eigener Kanal; den eigenen kann niemand verlassen.',
  'You are a viewer in this channel, and this needs a moderator. Ask the owner of the channel.':
    'Du bist in diesem Kanal Zuschauer, und das dürfen erst Moderatoren. Frag, wem der Kanal gehört.',
  'You are a viewer in this channel, and this needs its owner. Ask the owner of the channel.':
    'Du bist in diesem Kanal Zuschauer, und das darf nur, wem er gehört. Frag dort nach.',
  'You are a moderator in this channel, and this needs its owner. Ask the owner of the channel.':
    'Du bist in diesem Kanal Moderator, und das darf nur, wem er gehört. Frag dort nach.',
  'This message is older than the stream that runs.': 'Diese Nachricht ist älter als der laufende Stream.',
  'A stream holds 200 moments. Take one away first.': 'Ein Stream hat höchstens 200 Momente. Nimm zuerst einen weg.',
  'A channel has at most 50 docks.': 'Ein Kanal hat höchstens 50 Docks.',
  'A channel has at most 50 API keys.': 'Ein Kanal hat höchstens 50 API-Schlüssel.',
  'A channel has at most 50 members.': 'Ein Kanal hat höchstens 50 Mitglieder.',
  'A channel has at most 50 overlays.': 'Ein Kanal hat höchstens 50 Overlays.',
  'A channel has at most 10 webhooks.': 'Ein Kanal hat höchstens 10 Webhooks.',
  'An account works in at most 100 channels.': 'Ein Konto arbeitet in höchstens 100 Kanälen.',
  'At most 20 invitations can be open. Take one back first.':
    'Höchstens 20 Einladungen können offen sein. Nimm zuerst eine zurück.',
  'At most 3 runs play at once. Stop one first.': 'Höchstens 3 Abläufe spielen zugleich. Stopp zuerst einen.',
  'is missing': 'fehlt',
  'is not known here': 'ist hier nicht bekannt',
  'is true or false': 'ist wahr oder falsch',
  'is a text': 'ist ein Text',
  'has 10 to 100 letters': 'hat 10 bis 100 Zeichen',

  'Must be an address that begins with https://.': 'Das muss eine Adresse sein, die mit https:// beginnt.',
  'Must begin with https://, so that nobody on the way reads along.':
    'Sie muss mit https:// beginnen, damit unterwegs niemand mitliest.',
  'Must hold no user name and no password.': 'Sie darf weder Benutzernamen noch Passwort enthalten.',
  'Must hold no #: what stands behind it is never sent.':
    'Sie darf kein # enthalten: Was dahinter steht, wird nie gesendet.',
  'No answer came within 10 seconds.': 'Innerhalb von 10 Sekunden kam keine Antwort.',
  'Nobody knows that host name.': 'Diesen Servernamen kennt niemand.',
  'The host name could not be looked up just now.': 'Der Servername ließ sich gerade nicht auflösen.',
  'Nobody listens at that address.': 'Unter dieser Adresse hört niemand zu.',
  'The connection broke off.': 'Die Verbindung brach ab.',
  'The connection took too long.': 'Die Verbindung dauerte zu lange.',
  'There is no way to that address.': 'Zu dieser Adresse führt kein Weg.',
  'Its certificate has expired.': 'Das Zertifikat ist abgelaufen.',
  'Its certificate is signed by nobody known.': 'Das Zertifikat hat niemand Bekanntes unterschrieben.',
  'Its certificate is for another name.': 'Das Zertifikat gilt für einen anderen Namen.',

  'Channel name': 'Kanalname',
  'It is the last part of twitch.tv/…; no account and no key is needed to read it.':
    'Der letzte Teil von twitch.tv/…; zum Mitlesen brauchst du weder Konto noch Schlüssel.',
  'EventSub secret': 'EventSub-Geheimnis',
  'Only for signed deliveries: the secret that your EventSub subscriptions were made with, 10 to 100 letters.':
    'Nur für signierte Zustellungen: das Geheimnis deiner EventSub-Abos, 10 bis 100 Zeichen.',
  'Takes Twitch EventSub webhooks, which also tell of follows and of when you go live: subscribe with this address as the callback.':
    'Nimmt EventSub-Webhooks von Twitch an, die auch Follows und deinen Stream-Beginn melden: Gib diese Adresse als Callback an.',
  'Channel, handle or video address': 'Kanal, Handle oder Video-Adresse',
  'Without an API key the chat is read as the web page reads it. That way is unofficial and may stop working any day.':
    'Ohne API-Schlüssel wird der Chat gelesen, wie die Webseite ihn liest. Dieser Weg ist inoffiziell und kann jeden Tag ausfallen.',
  'API key': 'API-Schlüssel',
  'The official way: a key of the “YouTube Data API v3” from the Google Cloud console.':
    'Der offizielle Weg: ein Schlüssel der „YouTube Data API v3“ aus der Google-Cloud-Konsole.',
  'Top chat only': 'Nur Top-Chat',
  'Without an API key: what YouTube thinks is best, instead of everything.':
    'Ohne API-Schlüssel: nur, was YouTube für das Beste hält, statt alles.',
  'The name alone is not enough at Kick: read its website’s socket, or let an app of yours send the chat here.':
    'Bei Kick reicht der Name allein nicht: Lies den Socket der Website, oder lass deine App den Chat hierher senden.',
  'Read the website’s socket (unofficial)': 'Socket der Website lesen (inoffiziell)',
  'It needs no app and tells of deleted messages. Kick does not support it and may close it. Without it, chat comes by webhook: see More settings.':
    'Braucht keine App und meldet gelöschte Nachrichten. Kick unterstützt das nicht und kann es abstellen. Sonst kommt der Chat per Webhook: siehe „Weitere Einstellungen“.',
  'Channel id': 'Kanal-ID',
  'Only for the unofficial socket, and only if Kick blocks the look-up: "id" at kick.com/api/v2/channels/yourchannel.':
    'Nur für den inoffiziellen Socket, und nur wenn Kick das Nachschlagen sperrt: „id“ unter kick.com/api/v2/channels/yourchannel.',
  'Chatroom id': 'Chatroom-ID',
  'Likewise: "id" inside "chatroom" at the same address.': 'Ebenso: „id“ in „chatroom“ unter derselben Adresse.',
  'The webhook address of your app at kick.com/settings/developer: Kick delivers chat, follows, subs, gifts, Kicks, rewards and bans there.':
    'Die Webhook-Adresse deiner App unter kick.com/settings/developer: Dorthin liefert Kick Chat, Follows, Subs, Geschenke, Kicks, Belohnungen und Bans.',
  Anonymous: 'Anonym',
  Unofficial: 'Inoffiziell',
  'Official stream': 'Offizieller Stream',
  'Official polling': 'Offizielle Abfrage',
  'signed deliveries': 'signierte Zustellungen',
  'unofficial socket': 'inoffizieller Socket',
  'unofficial Pusher socket': 'inoffizieller Pusher-Socket',

  'A Twitch name has 1 to 25 letters, digits or underscores: it is the last part of twitch.tv/…':
    'Ein Twitch-Name hat 1 bis 25 Buchstaben, Ziffern oder Unterstriche: der letzte Teil von twitch.tv/…',
  'A Kick name has letters, digits, dashes or underscores: it is the last part of kick.com/…':
    'Ein Kick-Name hat Buchstaben, Ziffern, Binde- oder Unterstriche: der letzte Teil von kick.com/…',
  'Type the channel’s @handle, its address, or the address of the broadcast.':
    'Gib das @Handle des Kanals, seine Adresse oder die Adresse der Übertragung ein.',
  'This platform’s channels cannot be followed.': 'Kanälen dieser Plattform kann man nicht folgen.',
  'That name could not be read.': 'Dieser Name ließ sich nicht lesen.',
  'Waiting for signed deliveries: Kick sends them once your app there has the webhook address.':
    'Wartet auf signierte Zustellungen: Kick sendet sie, sobald deine App dort die Webhook-Adresse kennt.',
  'Kick’s socket wants nothing of us for some minutes.':
    'Kicks Socket will ein paar Minuten lang nichts von uns wissen.',
  'Kick’s socket did not confirm the chat in time.': 'Kicks Socket hat den Chat nicht rechtzeitig bestätigt.',
  'Kick’s Pusher socket does not give this chat.': 'Kicks Pusher-Socket gibt diesen Chat nicht heraus.',
  'Kick gives no token for its socket.': 'Kick gibt kein Token für seinen Socket heraus.',
  'Kick’s socket took the chat away.': 'Kicks Socket hat den Chat wieder entzogen.',
  'Kick answered without a token.': 'Kick hat ohne Token geantwortet.',
  'Waiting for the stream to begin.': 'Wartet, bis der Stream beginnt.',
  'The broadcast has ended. Waiting for the next one.': 'Die Übertragung ist zu Ende. Wartet auf die nächste.',
  'This broadcast has ended.': 'Diese Übertragung ist zu Ende.',
  'The broadcast has ended.': 'Die Übertragung ist zu Ende.',
  'The chat of this broadcast is turned off.': 'Der Chat dieser Übertragung ist ausgeschaltet.',
  'The connection to YouTube was cut.': 'Die Verbindung zu YouTube wurde getrennt.',
  'YouTube ended the stream at once.': 'YouTube hat die Verbindung sofort beendet.',
  'YouTube no longer knows this chat; it is looked for again.':
    'YouTube kennt diesen Chat nicht mehr; er wird neu gesucht.',
  'YouTube no longer knows this chat.': 'YouTube kennt diesen Chat nicht mehr.',
  'YouTube no longer knows this place in the chat.': 'YouTube kennt diese Stelle im Chat nicht mehr.',
  'YouTube has no such video, or it is private.': 'Dieses Video gibt es bei YouTube nicht, oder es ist privat.',
  'The quota of the API key is used up, and YouTube’s new day is late. It is tried again in some minutes.':
    'Das Kontingent des API-Schlüssels ist aufgebraucht, und YouTubes neuer Tag verspätet sich. In einigen Minuten wird es wieder versucht.',
  'YouTube asks for a slower pace.': 'YouTube bittet um ein langsameres Tempo.',
  'The quota of the API key is used up for today.': 'Das Kontingent des API-Schlüssels ist für heute aufgebraucht.',
  'Turn on the “YouTube Data API v3” for the API key’s project in the Google Cloud console.':
    'Schalte die „YouTube Data API v3“ für das Projekt des API-Schlüssels in der Google-Cloud-Konsole ein.',
  'The API key’s restrictions do not let this server use it. Change them, or make another key.':
    'Die Einschränkungen des API-Schlüssels lassen diesen Server nicht zu. Ändere sie, oder mach einen anderen Schlüssel.',
  'YouTube refuses the API key. Check it, or set another one.':
    'YouTube lehnt den API-Schlüssel ab. Prüf ihn, oder nimm einen anderen.',
  'YouTube does not let this API key read this chat; it may be private.':
    'YouTube lässt diesen API-Schlüssel den Chat nicht lesen; er ist vielleicht privat.',
  'Without an API key YouTube is read by the package youtubei.js, which is not there. Set an API key, or install it: npm install youtubei.js':
    'Ohne API-Schlüssel liest das Paket youtubei.js YouTube, und das fehlt. Gib einen API-Schlüssel an, oder installiere es: npm install youtubei.js',
  'Something that came from there could not be read and stopped the reader twice. It goes on in some minutes.':
    'Etwas von dort ließ sich nicht lesen und hat den Leser zweimal gestoppt. In ein paar Minuten geht es weiter.',

  'the archive was too slow': 'das Archiv war zu langsam',
  'the archive refused them': 'das Archiv hat sie abgelehnt',
  'the server ended before the archive had taken them': 'der Server endete, bevor das Archiv sie genommen hatte',
  'the server that ran the channel was gone before they were archived':
    'der Server, auf dem der Kanal lief, war weg, bevor sie archiviert waren',
  damaged: 'beschädigt',
  'Quiet chat': 'Ruhiger Chat',
  Hype: 'Hype',
  'Long words, right-to-left, emoji': 'Lange Wörter, rechts nach links, Emojis',
  'A program': 'Ein Programm',
  'A password has at least 10 characters; a few words in a row are good ones.':
    'Ein Passwort hat mindestens 10 Zeichen; ein paar Wörter hintereinander sind ein gutes.',
  'A password has at most 256 characters.': 'Ein Passwort hat höchstens 256 Zeichen.',
  'This password is among the first that strangers try. Choose another one; a few words in a row are good ones.':
    'Dieses Passwort probieren Fremde mit als Erstes. Nimm ein anderes; ein paar Wörter hintereinander sind ein gutes.',
} satisfies Catalogue
