import type { Catalogue } from '../catalogue.ts'

/** Overlays and the editor of looks. What the table of settings calls its settings stands in look-table.ts. */
export const looks = {
  // The list of overlays, an overlay's card.
  'Each has an address of its own for OBS, and its own look.':
    'Jedes hat seine eigene Adresse für OBS und seinen eigenen Look.',
  'New overlay': 'Neues Overlay',
  'There is no overlay yet.': 'Es gibt noch kein Overlay.',
  'The overlays could not be loaded.': 'Die Overlays konnten nicht geladen werden.',
  'not open anywhere': 'nirgends geöffnet',
  'open in {n} places': { one: 'an {n} Stelle geöffnet', other: 'an {n} Stellen geöffnet' },
  'Edit look': 'Look bearbeiten',
  '(copy)': '(Kopie)',
  'Rename {name}': '{name} umbenennen',
  'Duplicate {name}': '{name} duplizieren',
  'New address for {name}': 'Neue Adresse für {name}',
  'Give the overlay a name.': 'Gib dem Overlay einen Namen.',
  'Make overlay': 'Overlay anlegen',
  'Rename overlay': 'Overlay umbenennen',
  'Delete overlay “{name}”?': 'Overlay „{name}“ löschen?',
  'Sources in OBS that use its address go blank at once. Its look and all its versions are gone.':
    'Quellen in OBS, die seine Adresse benutzen, werden sofort leer. Sein Look und alle Versionen davon sind weg.',
  'Keep overlay': 'Overlay behalten',
  'Delete “{name}”': '„{name}“ löschen',
  'Put it into OBS': 'In OBS einfügen',
  'Make an overlay': 'Overlay anlegen',
  QR: 'QR',
  'Open|a page that is not': 'Öffnen',
  'In OBS: Sources → + → Browser.': 'In OBS: Quellen → + → Browser.',
  'Paste the address. Width {width}, height {height}.': 'Adresse einfügen. Breite {width}, Höhe {height}.',
  'Leave “Shutdown source when not visible” off.':
    '„Quelle ausschalten, wenn sie nicht sichtbar ist“ ausgeschaltet lassen.',
  'Or let OBS make it, in a size of your own, or wait for CrossChat:':
    'Oder lass OBS die Quelle anlegen, in einer eigenen Größe oder so, dass sie auf CrossChat wartet:',
  'More ways into OBS': 'Weitere Wege in OBS',
  'Or beside your stream, for everybody:': 'Oder neben deinem Stream, für alle:',
  'Put it on your site': 'Auf deine Seite setzen',
  'Look…': 'Look …',
  'Anyone with this address can see the chat.': 'Wer diese Adresse hat, kann den Chat sehen.',
  'Make a new address': 'Neue Adresse erzeugen',
  'Overlay address': 'Overlay-Adresse',
  'Hide the address': 'Adresse verbergen',
  'Show the address': 'Adresse zeigen',
  'Drag into OBS': 'In OBS ziehen',
  'The overlay has a new address. Put it into OBS.': 'Das Overlay hat eine neue Adresse. Trag sie in OBS ein.',
  'Make a new address?': 'Neue Adresse erzeugen?',
  'The old address stops working at once: every source in OBS that uses it goes blank until you paste the new one.':
    'Die alte Adresse gilt sofort nicht mehr: Jede Quelle in OBS, die sie benutzt, bleibt leer, bis du die neue einträgst.',
  'Keep the address': 'Adresse behalten',

  // Who has it open.
  'Waiting for your overlay…': 'Warten auf dein Overlay …',
  'Open|a page': 'Offen',
  'Not shown': 'Nicht zu sehen',
  'On programme': 'Im Programm',
  'Shown, not on programme': 'Zu sehen, nicht im Programm',
  'In front': 'Im Vordergrund',
  Shown: 'Zu sehen',
  'browser source {version}': 'Browserquelle {version}',
  'Open {time}': 'Offen seit {time}',
  'Old version: it loads anew in a pause': 'Alte Version: Sie lädt in einer Pause neu',
  'No page has this overlay open any more.': 'Keine Seite hat dieses Overlay mehr offen.',
  '{n} pages load anew as soon as the chat pauses for two seconds.': {
    one: '{n} Seite lädt neu, sobald der Chat zwei Sekunden Pause macht.',
    other: '{n} Seiten laden neu, sobald der Chat zwei Sekunden Pause macht.',
  },
  'nothing drawn yet': 'noch nichts gezeichnet',
  'drew {time} ago': 'zuletzt gezeichnet vor {time}',
  '{n} frames wait': { one: '{n} Paket wartet', other: '{n} Pakete warten' },
  '{n} pages are open, {active} on programme.': {
    one: '{n} Seite ist offen, {active} im Programm.',
    other: '{n} Seiten sind offen, {active} im Programm.',
  },

  // The editor: its bar.
  '{name}, overlay': '{name}, Overlay',
  Overlay: 'Overlay',
  'The overlay could not be opened.': 'Das Overlay konnte nicht geöffnet werden.',
  'All overlays': 'Alle Overlays',
  Draft: 'Entwurf',
  Redo: 'Wiederholen',
  'Back to what is on air': 'Zurück zu dem, was auf Sendung ist',
  'Published looks': 'Veröffentlichte Looks',
  'Import a look': 'Look importieren',
  'Export this look': 'Diesen Look exportieren',
  Publish: 'Veröffentlichen',
  'On air': 'Auf Sendung',
  'Push while I edit': 'Sofort auf Sendung',
  'The draft is not kept yet. Trying again…': 'Der Entwurf ist noch nicht gespeichert. Neuer Versuch …',
  'The server does not take this draft.': 'Der Server nimmt diesen Entwurf nicht an.',
  'Changed in another window': 'In einem anderen Fenster geändert',
  'Not on air yet: {why}': 'Noch nicht auf Sendung: {why}',
  'As on air. Every change goes there at once.': 'Wie auf Sendung. Jede Änderung geht sofort dorthin.',
  'Going on air…': 'Geht auf Sendung …',
  'As on air': 'Wie auf Sendung',
  'Draft: {n} settings differ from what is on air': {
    one: 'Entwurf: {n} Einstellung anders als auf Sendung',
    other: 'Entwurf: {n} Einstellungen anders als auf Sendung',
  },
  '“{name}” has its new look on air.': '„{name}“ ist mit dem neuen Look auf Sendung.',
  'Part of the editor': 'Teil des Editors',
  Form: 'Formular',
  Preview: 'Vorschau',
  'This draft was changed in another window meanwhile. Nothing of either is lost yet.':
    'Dieser Entwurf wurde inzwischen in einem anderen Fenster geändert. Noch ist von keinem der beiden etwas verloren.',
  'Take theirs': 'Den anderen nehmen',
  'Keep mine': 'Meinen behalten',
  'The draft was changed in another window: what you change goes on air no more by itself.':
    'Der Entwurf wurde in einem anderen Fenster geändert: Was du änderst, geht nicht mehr von selbst auf Sendung.',

  // Its form.
  'Find a setting': 'Einstellung suchen',
  'No setting has that in its name.': 'Keine Einstellung heißt so.',
  'Look here': 'Bitte ansehen',
  '{n} chosen': { one: '{n} gewählt', other: '{n} gewählt' },
  Presets: 'Vorlagen',
  'High legibility': 'Gut lesbar',
  'No platform marks': 'Ohne Plattformzeichen',
  '{platform} only': 'Nur {platform}',
  'Theme’s own': 'Vom Theme',
  '{setting}: back to the theme’s own': '{setting}: zurück zum Wert des Themes',
  '{setting}, slider': '{setting}, Schieberegler',
  '{setting}, picker': '{setting}, Farbwähler',
  '{low} to {high}': '{low} bis {high}',
  '{low} to {high}, in steps of {step}': '{low} bis {high}, in Schritten von {step}',
  'Six digits from 0 to f, as #9146ff': 'Sechs Stellen von 0 bis f, etwa #9146ff',
  'One on each line': 'Eins pro Zeile',
  '{n} characters too many.': { one: '{n} Zeichen zu viel.', other: '{n} Zeichen zu viel.' },
  '{n} of {most} characters': '{n} von {most} Zeichen',
  'Line {line}: {trouble}': 'Zeile {line}: {trouble}',
  'At most {most}; these are {n}.': 'Höchstens {most}; das hier sind {n}.',
  '“{word}…” is longer than {most} letters.': '„{word}…“ ist länger als {most} Zeichen.',
  'a } without its {': 'ein } ohne sein {',
  'this { is never closed': 'dieses { wird nie geschlossen',
  '“{value}” is no value of “{property}”': '„{value}“ ist kein Wert von „{property}“',
  'unknown property “{property}”': 'unbekannte Eigenschaft „{property}“',

  // What makes a look hard to read.
  'Under {least} px, text is hard to read on phones.': 'Unter {least} px ist Text auf Handys schlecht zu lesen.',
  'Under {least} px, text is hard to read on phones. It is {seen} px now.':
    'Unter {least} px ist Text auf Handys schlecht zu lesen. Jetzt sind es {seen} px.',
  'Thin letters get lost when the video is compressed.':
    'Dünne Schrift geht verloren, wenn das Video komprimiert wird.',
  'Under {least} %, a bright picture shines through the text.':
    'Unter {least} % scheint ein helles Bild durch den Text.',
  'Without outline and shadow, the text is lost on a bright picture.':
    'Ohne Kontur und Schatten verschwindet der Text auf einem hellen Bild.',
  '{ratio} : 1 against the outline. Text wants {least} : 1 at least.':
    '{ratio} : 1 gegen die Kontur. Text braucht mindestens {least} : 1.',
  '{ratio} : 1 against the panel. Text wants {least} : 1 at least.':
    '{ratio} : 1 gegen die Fläche. Text braucht mindestens {least} : 1.',
  'Dark colours that people chose are hard to read on video.':
    'Dunkle Farben, die Leute gewählt haben, sind im Video schlecht zu lesen.',
  'Too near to the background’s colour: it is cut out with it.':
    'Zu nah an der Farbe des Hintergrunds: Sie wird mit ihm ausgestanzt.',
  'Names near the background’s colour may be cut out with it. “White” is safe.':
    'Namen, die der Farbe des Hintergrunds ähneln, werden vielleicht mit ausgestanzt. „Weiß“ ist sicher.',

  // Versions and files.
  'The last 20. Restoring one changes the draft; nothing on air changes until you publish.':
    'Die letzten 20. Zurückholen ändert den Entwurf; auf Sendung ändert sich nichts, bis du veröffentlichst.',
  'The last 20. Restoring one changes the draft; as you push while you edit, it goes on air at once.':
    'Die letzten 20. Zurückholen ändert den Entwurf; weil „Sofort auf Sendung“ an ist, geht er sofort auf Sendung.',
  'None yet. Each time you publish, the look is kept here.':
    'Noch keine. Jedes Mal, wenn du veröffentlichst, bleibt der Look hier erhalten.',
  Newest: 'Neuester',
  Restore: 'Zurückholen',
  '{theme}, {size} px, {n} settings chosen': {
    one: '{theme}, {size} px, {n} Einstellung gewählt',
    other: '{theme}, {size} px, {n} Einstellungen gewählt',
  },
  'The look of {when} is in the draft. It goes on air.': 'Der Look vom {when} ist im Entwurf. Er geht auf Sendung.',
  'The look of {when} is in the draft. Publish it to show it on air.':
    'Der Look vom {when} ist im Entwurf. Veröffentliche ihn, um ihn auf Sendung zu zeigen.',
  'The look is in the draft. It goes on air.': 'Der Look ist im Entwurf. Er geht auf Sendung.',
  'The look is in the draft. Publish it to show it on air.':
    'Der Look ist im Entwurf. Veröffentliche ihn, um ihn auf Sendung zu zeigen.',
  File: 'Datei',
  'Or its text': 'Oder ihr Text',
  'Take it into the draft': 'In den Entwurf übernehmen',
  'The file cannot be read. Choose it once more.': 'Die Datei lässt sich nicht lesen. Wähle sie noch einmal.',
  'The file is too large for a look.': 'Die Datei ist zu groß für einen Look.',
  'This is not JSON. A look is a file that was exported here.':
    'Das ist kein JSON. Ein Look ist eine Datei, die hier exportiert wurde.',
  'This JSON is not a look: “kind” is not “{kind}”. Export one to see the form.':
    'Dieses JSON ist kein Look: „kind“ ist nicht „{kind}“. Exportiere einen, um die Form zu sehen.',
  'This look is of version {given}; this CrossChat reads {ours}.':
    'Dieser Look hat die Version {given}; dieses CrossChat liest {ours}.',
  none: 'keine',
  '{setting}: the number is too large. Write a smaller one.':
    '{setting}: Die Zahl ist zu groß. Trag eine kleinere ein.',
  'The look has no “settings”.': 'Der Look hat keine „settings“.',

  // The preview and what tries it.
  'Behind it': 'Dahinter',
  'Dark game': 'Dunkles Spiel',
  'Busy game': 'Unruhiges Spiel',
  Snow: 'Schnee',
  Checkerboard: 'Schachbrett',
  'Solid grey': 'Grau',
  'Your picture': 'Dein Bild',
  'Shape of the picture': 'Bildformat',
  'Size of the source': 'Größe der Quelle',
  'Whole picture': 'Ganzes Bild',
  Zoom: 'Zoom',
  Fit: 'Einpassen',
  'Safe areas': 'Sichere Bereiche',
  'Custom CSS': 'Eigenes CSS',
  'Action {share} %': 'Aktion {share} %',
  'Graphics {share} %': 'Grafik {share} %',
  'Preview at full size': 'Vorschau in voller Größe',
  'Preview of the draft': 'Vorschau des Entwurfs',
  'A picture of your own, which stays in this browser': 'Ein eigenes Bild, das in diesem Browser bleibt',
  'Remove your picture': 'Dein Bild entfernen',
  'This browser does not keep the picture: it is shown until you leave.':
    'Dieser Browser behält das Bild nicht: Es ist zu sehen, bis du die Seite verlässt.',
  'The picture is gone from this browser.': 'Das Bild ist aus diesem Browser entfernt.',
  'This browser could not delete the picture. Try again with the next visit.':
    'Dieser Browser konnte das Bild nicht löschen. Versuche es beim nächsten Besuch noch einmal.',
  'The picture is {width} × {height}; up to {most} px a side can be shown.':
    'Das Bild hat {width} × {height}; gezeigt werden können bis zu {most} px je Seite.',
  'The picture is damaged: this browser cannot show it.':
    'Das Bild ist beschädigt: Dieser Browser kann es nicht zeigen.',
  'The picture has {size} MiB; up to {most} MiB can be kept. Save it smaller.':
    'Das Bild hat {size} MiB; bis zu {most} MiB lassen sich behalten. Speichere es kleiner.',
  'This is no picture that can be shown here. Choose a PNG, JPEG, WebP or AVIF.':
    'Dieses Bild lässt sich hier nicht zeigen. Nimm ein PNG, JPEG, WebP oder AVIF.',
  'Let go to see the overlay on this picture.': 'Loslassen, um das Overlay auf diesem Bild zu sehen.',
  'It stays in this browser.': 'Es bleibt in diesem Browser.',
  'Try the draft': 'Entwurf ausprobieren',
  Play: 'Weiter',
  'Burst of 20': '20 auf einmal',
  'Long name': 'Langer Name',
  'Long word': 'Langes Wort',
  'Right to left': 'Rechts nach links',
  'Emote wall': 'Emote-Wand',
  'Super chat': 'Super Chat',
  Raid: 'Raid',
  'Mod hides the last': 'Mod verbirgt die letzte',
  'Line breaks': 'Verbindung bricht ab',
  'Replay a stream': 'Stream abspielen',
  'Past stream': 'Früherer Stream',
  Speed: 'Tempo',
  Replay: 'Abspielen',
} satisfies Catalogue
