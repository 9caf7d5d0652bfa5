import type { Catalogue } from '../catalogue.ts'

/** What the owner of the service sees, and the engine room. */
export const instance = {
  'This page is for the owner of this instance. Ask them if you need something here.':
    'Diese Seite ist für den Betreiber dieser Instanz. Frag dort nach, wenn du hier etwas brauchst.',
  'The instance could not be looked at. Everything goes on as before.':
    'Die Instanz ließ sich nicht ansehen. Alles läuft weiter wie bisher.',
  'CrossChat {version}, up for {time}': 'CrossChat {version}, läuft seit {time}',

  Servers: 'Server',
  'All together': 'Alle zusammen',
  '{n} servers answer': { one: '{n} Server antwortet', other: '{n} Server antworten' },
  'Health, log and engine room are of the server that you look at.':
    'Zustand, Log und Maschinenraum gehören zu dem Server, den du ansiehst.',
  'Look at this one': 'Diesen ansehen',
  'Last error, {time}:': 'Letzter Fehler, {time}:',
  Silent: 'Stumm',
  'Channels|that a server runs': 'Kanäle',
  'Messages a second': 'Nachrichten je Sekunde',
  'Cores in use': 'Kerne in Arbeit',
  Database: 'Datenbank',
  'Does not answer': 'Antwortet nicht',

  Health: 'Zustand',
  Worker: 'Worker',
  Running: 'Läuft',
  'Not ready': 'Nicht bereit',
  '{n} restarts so far': { one: 'bisher {n} Neustart', other: 'bisher {n} Neustarts' },
  Ring: 'Ring',
  '{share} full': '{share} voll',
  '{n} messages a second': { one: '{n} Nachricht je Sekunde', other: '{n} Nachrichten je Sekunde' },
  Archive: 'Archiv',
  'Nothing waits': 'Nichts wartet',
  '{n} wait': { one: '{n} wartet', other: '{n} warten' },
  '{n} streams run': { one: '{n} Stream läuft', other: '{n} Streams laufen' },
  Disk: 'Festplatte',
  '{size} free': '{size} frei',
  'of {size}': 'von {size}',
  'Event loop delay': 'Verzug der Event-Loop',
  'in 99 of 100 turns; {time} at most': 'in 99 von 100 Runden; höchstens {time}',
  Memory: 'Speicher',
  '{size} of it in use by code': 'davon {size} vom Programm benutzt',
  'Not known': 'Nicht bekannt',
  Connectors: 'Verbindungen',
  'Nobody follows a channel here': 'Niemand verfolgt hier einen Kanal',

  'Accounts|of people': 'Konten',
  'Show more': 'Mehr zeigen',
  suspended: 'gesperrt',
  'No channel': 'Kein Kanal',
  'Channel {name}': 'Kanal {name}',
  'Since {time}': 'Seit {time}',
  'Not seen yet': 'Noch nicht gesehen',
  'Last here {time}': 'Zuletzt hier {time}',
  Transcripts: 'Aufzeichnungen',
  'Pushes a second': 'Eingänge je Sekunde',
  '{n} streams': { one: '{n} Stream', other: '{n} Streams' },
  '{n} streams, the oldest of {time}': { one: '{n} Stream, vom {time}', other: '{n} Streams, der älteste vom {time}' },
  'Link for a new password of {name}': 'Link für ein neues Passwort von {name}',
  'Suspend {name}': '{name} sperren',
  'Suspend {name}?': '{name} sperren?',
  'Let {name} in again': '{name} wieder hereinlassen',
  '{name} may sign in again.': '{name} darf sich wieder anmelden.',
  '{name} is suspended.': '{name} ist gesperrt.',
  'They are signed out everywhere at once and cannot sign in.':
    'Das Konto wird sofort überall abgemeldet und kann sich nicht anmelden.',
  'Their API keys are refused.': 'Seine API-Schlüssel werden abgewiesen.',
  'What is followed goes on, overlays and docks in OBS too: no broadcast breaks off. A stream that runs is still archived.':
    'Was verfolgt wird, läuft weiter, auch Overlays und Docks in OBS: Keine Sendung bricht ab. Ein laufender Stream wird weiter archiviert.',
  'Nothing is deleted. You can let them in again at any time.':
    'Nichts wird gelöscht. Du kannst das Konto jederzeit wieder hereinlassen.',
  'Remove {name} for good?': '{name} endgültig entfernen?',
  '{name} and all that was kept of the channel are gone.': '{name} und alles, was vom Kanal da war, ist weg.',
  '{n} streams with {size} of transcripts are deleted. A stream that runs ends.': {
    one: '{n} Stream mit {size} Aufzeichnungen wird gelöscht. Ein laufender Stream endet.',
    other: '{n} Streams mit {size} Aufzeichnungen werden gelöscht. Ein laufender Stream endet.',
  },
  '{n} overlays go dark in OBS at once, and docks too.': {
    one: '{n} Overlay wird in OBS sofort dunkel, Docks auch.',
    other: '{n} Overlays werden in OBS sofort dunkel, Docks auch.',
  },
  'Followed chats, rules, invitations, members and API keys of the channel are gone.':
    'Verfolgte Chats, Regeln, Einladungen, Mitglieder und API-Schlüssel des Kanals sind weg.',
  'This cannot be undone. The name is free for somebody else afterwards.':
    'Das lässt sich nicht rückgängig machen. Der Name ist danach für andere frei.',
  'A new password for {name}': 'Ein neues Passwort für {name}',
  'You get a link to hand over. Whoever opens it chooses a new password, once and within an hour; then all sessions of {name} end. Until then the old password holds. An older link is dead.':
    'Du bekommst einen Link zum Weitergeben. Wer ihn öffnet, wählt ein neues Passwort, einmal und innerhalb einer Stunde; dann wird {name} überall abgemeldet. Bis dahin gilt das alte Passwort. Ein älterer Link ist ungültig.',
  'Make the link': 'Link anlegen',
  'Copy it now; it is shown this one time only. It is good until {time}. Whoever has it can take the account over.':
    'Kopier ihn jetzt; er wird nur dieses eine Mal gezeigt. Er gilt bis {time}. Wer ihn hat, kann das Konto übernehmen.',

  Registration: 'Registrierung',
  'Who may make an account': 'Wer ein Konto anlegen darf',
  'Open|to everybody': 'Offen',
  'By invitation': 'Mit Einladung',
  Closed: 'Zu',
  'Anybody who reaches this address can make an account with a channel.':
    'Wer diese Adresse erreicht, kann ein Konto mit einem Kanal anlegen.',
  'Only somebody with an invitation can make an account.': 'Nur wer eine Einladung hat, kann ein Konto anlegen.',
  'Nobody can make an account. Those who have one are not touched.':
    'Niemand kann ein Konto anlegen. Für alle, die eins haben, ändert sich nichts.',
  'Fixed by {setting} in the environment of the server. Take it out there to decide it here.':
    'Festgelegt durch {setting} in der Umgebung des Servers. Nimm es dort heraus, um es hier zu entscheiden.',
  'Make an invitation': 'Einladung anlegen',
  'For one person, until {time}. It is shown this one time only.':
    'Für eine Person, bis {time}. Sie wird nur dieses eine Mal gezeigt.',
  'Copy invitation': 'Einladung kopieren',

  'Limits of a channel': 'Grenzen eines Kanals',
  'Transcripts, GB': 'Aufzeichnungen, GB',
  'A stream that runs is never cut; once it is reached, the next one does not begin.':
    'Ein laufender Stream wird nie abgeschnitten; ist die Grenze erreicht, beginnt der nächste nicht.',
  'Save limit': 'Grenze speichern',
  'A number from {least} to {most}.': 'Eine Zahl von {least} bis {most}.',
  'Each channel may keep {n} GB of transcripts.': 'Jeder Kanal darf {n} GB Aufzeichnungen behalten.',
  'Calls that push messages, a second': 'Aufrufe mit Nachrichten, je Sekunde',
  'These are the same everywhere. How much of them each channel uses stands beside its account.':
    'Diese sind überall gleich. Wie viel jeder Kanal davon braucht, steht bei seinem Konto.',

  Addresses: 'Adressen',
  'You opened': 'Du hast geöffnet',
  'Links begin with': 'Links beginnen mit',
  'Calls may come from pages of': 'Aufrufe dürfen kommen von Seiten unter',
  'The server listens on': 'Der Server lauscht auf',
  'its own names, over http. {setting} is not set.': 'seinen eigenen Namen, über http. {setting} ist nicht gesetzt.',
  'You opened {here}, but links of overlays, docks and invitations begin with {printed}. Check that it leads here.':
    'Du hast {here} geöffnet, aber Links von Overlays, Docks und Einladungen beginnen mit {printed}. Prüf, ob das hierher führt.',
  'Asking…': 'Fragt …',
  'Check the addresses': 'Adressen prüfen',
  'leads here.': 'führt hierher.',
  'is answered, but not by this CrossChat. See where the name and the proxy lead.':
    'antwortet, aber nicht dieses CrossChat. Sieh nach, wohin Name und Proxy führen.',
  'does not answer this browser, or not this CrossChat. See name, proxy, certificate and firewall.':
    'antwortet diesem Browser nicht, oder es ist nicht dieses CrossChat. Sieh nach Name, Proxy, Zertifikat und Firewall.',
  'cannot be asked from here: a page over https may not ask one over http. Open the panel at that address.':
    'lässt sich von hier nicht fragen: Eine Seite über https darf keine über http fragen. Öffne das Panel unter dieser Adresse.',

  Errors: 'Fehler',
  Warnings: 'Warnungen',
  Info: 'Info',
  All: 'Alles',
  'Lines at least as bad as': 'Zeilen ab Stufe',
  'The log could not be read.': 'Das Protokoll ließ sich nicht lesen.',
  'The newest lines': 'Die neuesten Zeilen',
  'Nothing of this level was written.': 'Auf dieser Stufe wurde nichts geschrieben.',
  'The last {n} lines since the start. No chat stands in it, and no secret.':
    'Die letzten {n} Zeilen seit dem Start. Darin steht kein Chat und kein Geheimnis.',
  'The last {n} lines since the start; the server writes from level “{level}” on. No chat stands in it, and no secret.':
    'Die letzten {n} Zeilen seit dem Start; der Server schreibt ab Stufe „{level}“. Darin steht kein Chat und kein Geheimnis.',

  'The new password holds. Sign in with it.': 'Das neue Passwort gilt. Melde dich damit an.',
  'Choose a new password. All sessions of the account end, and you sign in with it.':
    'Wähle ein neues Passwort. Das Konto wird überall abgemeldet, und du meldest dich damit an.',
  'Take this password': 'Dieses Passwort nehmen',

  'The engine room is for the owner of this instance. Ask them to show you around.':
    'Der Maschinenraum ist für den Betreiber dieser Instanz. Lass dich herumführen.',
  'Two threads, one ring of shared memory, every message.':
    'Zwei Threads, ein Ring aus gemeinsamem Speicher, jede Nachricht.',
  'Stress sends {n} simulated ones through it at {rate} a second, on your own channel and its overlays.':
    'Stress schickt {n} simulierte hindurch, {rate} je Sekunde, in deinem eigenen Kanal und seinen Overlays.',
  'A stream is running: its transcript will hold them, marked as simulated.':
    'Ein Stream läuft: Seine Aufzeichnung wird sie enthalten, als simuliert markiert.',
  'The engine could not be measured.': 'Die Maschine ließ sich nicht messen.',
  'The ring': 'Der Ring',
  'The last minute': 'Die letzte Minute',
  'No new measurements. Trying again; what you see is the last one.':
    'Keine neuen Messungen. Neuer Versuch läuft; du siehst die letzte.',
  Stress: 'Stress',
  'max {value}': 'max. {value}',
  'Lock open': 'Schloss offen',
  'nobody needs it': 'niemand braucht es',
  'Taken {n} × a second': '{n} × je Sekunde genommen',
  'for {time} each': 'für je {time}',
  'Held too long': 'Zu lange gehalten',
  '{time} past its lease': '{time} über der Frist',
  'in the ring {size} of {most}': 'im Ring {size} von {most}',
  'most in this second {size}': 'höchstens in dieser Sekunde {size}',
  'just taken': 'gerade entnommen',
  'Worker thread': 'Worker-Thread',
  'reads and encodes': 'liest und kodiert',
  'Main thread': 'Haupt-Thread',
  'takes and hands on': 'nimmt und gibt weiter',
  'is being started': 'wird gestartet',
  'held back {size}': 'zurückgehalten {size}',
  '{n} sockets': { one: '{n} Socket', other: '{n} Sockets' },
  '{n} to archive': { one: '{n} ins Archiv', other: '{n} ins Archiv' },
  '{n} % busy': 'zu {n} % beschäftigt',
  writes: 'rein',
  takes: 'raus',
  '{n}/s': '{n}/s',
  tail: 'Ende',
  head: 'Kopf',
  'The worker writes.': 'Der Worker schreibt.',
  'It turns what the platforms send into events, encodes each once, and copies whole batches in at the tail.':
    'Er macht aus dem, was die Plattformen schicken, Ereignisse, kodiert jedes einmal und kopiert ganze Stapel am Ende hinein.',
  'A lock guards the copy.': 'Ein Schloss schützt die Kopie.',
  'Both threads take it for millionths of a second. Only the worker ever sleeps for it.':
    'Beide Threads nehmen es für Millionstel Sekunden. Nur der Worker schläft je dafür.',
  'The main thread takes.': 'Der Haupt-Thread nimmt.',
  'A bell wakes it; it copies out from the head and hands the same bytes to the archive and to every socket.':
    'Eine Glocke weckt ihn; er kopiert am Kopf heraus und gibt dieselben Bytes ans Archiv und an jeden Socket.',
  'Full is a number.': 'Voll ist eine Zahl.',
  'Then the worker holds back, in order; after that producers are asked to wait. Nothing accepted is dropped.':
    'Dann hält der Worker zurück, der Reihe nach; danach werden die Absender gebeten zu warten. Nichts Angenommenes geht verloren.',
  'How it works, word by word: {page}, beside the sources.': 'Wie es genau geht: {page}, bei den Quellen.',
  'A table on this page holds all figures.': 'Eine Tabelle auf dieser Seite enthält alle Werte.',
  'Figures of the last second, and the highest of the last minute':
    'Werte der letzten Sekunde und die höchsten der letzten Minute',
  Figure: 'Wert',
  Now: 'Jetzt',
  Highest: 'Höchster',
  'Records a second': 'Einträge je Sekunde',
  'Bytes a second': 'Bytes je Sekunde',
  'Worker to socket': 'Vom Worker zum Socket',
  'Most in the ring': 'Höchststand im Ring',
  'Lock held': 'Schloss gehalten',
  'Wait for the lock': 'Warten aufs Schloss',
  'Lock found taken': 'Schloss besetzt',
  'Backoffs a second': 'Rückzüge je Sekunde',
  'Wake-ups a second': 'Weckrufe je Sekunde',
  'Loop delay': 'Verzug der Loop',
  'Held back': 'Zurückgehalten',
  Unacknowledged: 'Unbestätigt',
  'Archive queue': 'Warten aufs Archiv',
  'Open sockets': 'Offene Sockets',
  'Worker restarts': 'Neustarts des Workers',
  'Worst loop delay': 'Größter Verzug',
  'The ring holds {size} of {most}; at most {deepest} in the last second.':
    'Im Ring liegen {size} von {most}; höchstens {deepest} in der letzten Sekunde.',
  '{n} records a second go through it.': '{n} Einträge je Sekunde gehen hindurch.',
  'The lock is taken {n} times a second.': 'Das Schloss wird {n}-mal je Sekunde genommen.',
  'The worker is busy {worker} of the time, the main thread {main}.':
    'Der Worker ist {worker} der Zeit beschäftigt, der Haupt-Thread {main}.',
  '{size} are held back.': '{size} sind zurückgehalten.',
  'Nothing is held back.': 'Nichts ist zurückgehalten.',
  'Follow|the log': 'Mitlaufen',
  Connections: 'Verbunden',
  'of overlays, docks and panels': 'Overlays, Docks und Panels',
  'Backup and restore': 'Sichern und wiederherstellen',
  'All that is kept lies in {folder} on the server.': 'Alles, was bleibt, liegt auf dem Server in {folder}.',
  'No backup is known. A disk can die any day: make one.':
    'Von einer Sicherung ist nichts bekannt. Eine Festplatte kann jeden Tag kaputtgehen: Leg eine an.',
  'The last known backup is of {time} ({ago}), with {size} of files.':
    'Die letzte bekannte Sicherung ist vom {time} ({ago}), mit {size} an Dateien.',
  'Everything goes on while it is made. It holds chats, password hashes and, unless {setting} is set, the secret of this instance: keep it as safe as the folder itself.':
    'Alles läuft weiter, während sie entsteht. Darin stehen Chats, Passwort-Hashes und, wenn {setting} nicht gesetzt ist, das Geheimnis dieser Instanz: Bewahr sie so sicher auf wie den Ordner selbst.',
  'Make a backup': 'Sichern',
  'Put one back': 'Wiederherstellen',
  'Stop the server first. What stands in the folder is moved aside, not deleted; a damaged file changes nothing. Afterwards everybody signs in again.':
    'Halte zuerst den Server an. Was im Ordner steht, wird beiseitegelegt, nicht gelöscht; eine beschädigte Datei ändert nichts. Danach melden sich alle neu an.',
  'All that is kept lies in a PostgreSQL database, which is saved by its own programs. Whether that was done is not known here.':
    'Alles, was bleibt, liegt in einer PostgreSQL-Datenbank, die von ihren eigenen Programmen gesichert wird. Ob das geschehen ist, ist hier nicht bekannt.',
  'Where these programs are, with {setting} set as for the server:':
    'Wo es diese Programme gibt, mit demselben {setting} wie der Server:',
  'Everything goes on while it is made. It holds chats and password hashes: keep it safe. The secret of this instance is not in it: keep {setting} too or, unless that is set, {file}.':
    'Alles läuft weiter, während sie entsteht. Darin stehen Chats und Passwort-Hashes: Bewahr sie sicher auf. Das Geheimnis dieser Instanz steht nicht darin: Bewahr auch {setting} auf oder, wenn das nicht gesetzt ist, {file}.',
  'Stop every server first. It goes into an empty database and changes nothing where a schema {schema} stands already. The secret must be the one of then.':
    'Halte zuerst alle Server an. Sie kommt in eine leere Datenbank und ändert nichts, wo schon ein Schema {schema} steht. Das Geheimnis muss das von damals sein.',
  'Copy command': 'Befehl kopieren',
  'On the server, as the user that CrossChat runs as and with the same settings:':
    'Auf dem Server, als der Benutzer, unter dem CrossChat läuft, und mit denselben Einstellungen:',
} satisfies Catalogue
