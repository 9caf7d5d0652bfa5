import type { Catalogue } from '../catalogue.ts'

/** Members, invitations. */
export const people = {
  'Who works in {channel}, each with an account of their own.':
    'Wer in {channel} mitarbeitet, alle mit einem eigenen Konto.',
  Members: 'Mitglieder',
  'The members could not be loaded.': 'Die Mitglieder konnten nicht geladen werden.',
  'The invitations could not be loaded.': 'Die Einladungen konnten nicht geladen werden.',
  'Open invitations': 'Offene Einladungen',

  Moderator: 'Moderator',
  Viewer: 'Zuschauer',
  owner: 'Inhaber',
  moderator: 'Moderator',
  viewer: 'Zuschauer',
  'A moderator sees the live chat and the history, hides and features messages, empties the overlays and changes the rules; but sees no keys, addresses or secrets, and cannot start, end or delete streams.':
    'Ein Moderator sieht den Live-Chat und den Verlauf, blendet Nachrichten aus, hebt sie hervor, leert die Overlays und ändert die Regeln. Schlüssel, Adressen und Geheimnisse sieht er nicht, und Streams kann er nicht starten, beenden oder löschen.',
  'A viewer sees the live chat, the history and the rules, and changes nothing.':
    'Ein Zuschauer sieht den Live-Chat, den Verlauf und die Regeln und ändert nichts.',

  you: 'du',
  'Made the channel {time}': 'Hat den Kanal angelegt: {time}',
  'Joined {time}': 'Dabei seit {time}',
  'Role of {name}': 'Rolle von {name}',
  '{name} is a moderator now.': '{name} ist jetzt Moderator.',
  '{name} is a viewer now.': '{name} ist jetzt Zuschauer.',
  'Remove {name}': '{name} entfernen',
  'Remove {name}?': '{name} entfernen?',
  'Keep {name}': '{name} behalten',
  '{name} works here no longer.': '{name} arbeitet hier nicht mehr mit.',
  '{name} sees nothing of {channel} any more, and panels that show it are closed at once. What they did stays in the moderation log. To come back they need a new invitation. Docks have addresses of their own: if {name} has one, give it a new address as well.':
    '{name} sieht von {channel} nichts mehr, offene Panels schließen sich sofort. Was getan wurde, bleibt im Moderationsprotokoll. Zurück geht es nur mit einer neuen Einladung. Docks haben eigene Adressen: Hat {name} eine, gib auch ihr eine neue.',
  'Leave the channel': 'Kanal verlassen',
  'Leave {channel}?': '{channel} verlassen?',
  'Leave {channel}': '{channel} verlassen',
  Stay: 'Bleiben',
  'You see nothing of {channel} any more. To come back you need a new invitation.':
    'Du siehst von {channel} nichts mehr. Zurück kommst du nur mit einer neuen Einladung.',

  'Invite somebody': 'Jemanden einladen',
  'What they will be': 'Rolle',
  'For whom (optional)': 'Für wen (wenn du magst)',
  'So that you know which one to take back. Only you see it.':
    'Damit du weißt, welche du zurücknimmst. Das siehst nur du.',
  'Make invitation': 'Einladung anlegen',
  'New invitation': 'Neue Einladung',
  'Copy the link now: it is not shown again.': 'Kopier den Link jetzt: Er wird nicht noch einmal gezeigt.',
  'It lets one person in, until {time}.': 'Er lässt eine Person herein, bis {time}.',
  'Link of the invitation': 'Link der Einladung',
  'For whoever has the link': 'Für jeden mit dem Link',
  'Until {time}': 'Bis {time}',
  'Take back': 'Zurücknehmen',

  Invitation: 'Einladung',
  'One moment.': 'Einen Moment.',
  'This link opens nothing.': 'Dieser Link führt nirgendwohin.',
  'Go to CrossChat': 'Zu CrossChat',
  'You are invited': 'Du bist eingeladen',
  'Work in {channel}': 'In {channel} mitarbeiten',
  '{name} invites you to CrossChat, with a channel of your own.':
    '{name} lädt dich zu CrossChat ein, mit einem eigenen Kanal.',
  '{name} invites you to be a moderator of this channel.': '{name} lädt dich ein, in diesem Kanal Moderator zu sein.',
  '{name} invites you to be a viewer of this channel.': '{name} lädt dich ein, in diesem Kanal Zuschauer zu sein.',
  'You have an account here already.': 'Du hast hier schon ein Konto.',
  'Accept as {name}': 'Als {name} annehmen',
  '{other} or {decline}': '{other} oder {decline}',
  'Use another account': 'Anderes Konto nehmen',
  'do not accept': 'nicht annehmen',
  'Sign in first, then accept.': 'Melde dich erst an, dann nimm an.',
} satisfies Catalogue
