import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { brief, CONTEXT, chatLine, messageOf, normalised, reasonOf } from './given.ts'

const test = suite('twitch/privmsg')

test('makes a message with id, time and author', () => {
  const message = messageOf(
    chatLine('good evening', { color: '#A1B2C3', badges: 'vip/1,subscriber/12', 'badge-info': 'subscriber/27' }),
  )
  assert.equal(message, {
    id: 'twitch:msg-1',
    kind: 'message',
    platform: 'twitch',
    at: 1_700_000_000_000,
    receivedAt: CONTEXT.receivedAt,
    author: {
      id: '4001',
      name: 'Mira_Vale',
      login: 'mira_vale',
      color: '#a1b2c3',
      roles: ['vip', 'sub'],
      badges: [
        { id: 'vip/1', label: 'VIP' },
        { id: 'subscriber/12', label: 'Subscriber (27 months)' },
      ],
    },
    parts: [{ type: 'text', text: 'good evening' }],
    text: 'good evening',
  })
})

test('counts emotes in code points', () => {
  const message = messageOf(chatLine('😂😂 Kappa 👉 Keepo', { emotes: '25:3-7/1902:11-15' }))
  assert.equal(brief(message.parts), ['😂😂 ', 'emote:Kappa', ' 👉 ', 'emote:Keepo'])
})

test('gives an emote its address by its id', () => {
  const [part] = messageOf(chatLine('glow', { emotes: 'emotesv2_0af3:0-3' })).parts
  assert.equal(part, {
    type: 'emote',
    text: 'glow',
    id: 'emotesv2_0af3',
    provider: 'twitch',
    url: 'https://static-cdn.jtvnw.net/emoticons/v2/emotesv2_0af3/default/dark/2.0',
  })
})

test('keeps the text of ranges that cannot be true', () => {
  for (const emotes of [
    '25:4-0',
    '25:04',
    '25:-1-3',
    '9:0-15',
    '9:7-9',
    '25:a-b',
    ':0-2',
    '25:2-4',
    'a.b:0-2',
    '25:',
    '25',
  ])
    assert.equal(brief(messageOf(chatLine('foo bar', { emotes })).parts), ['foo bar'], emotes)
})

test('keeps the first of ranges that lie over each other', () => {
  assert.equal(brief(messageOf(chatLine('KappaKeepo', { emotes: '1:3-9/25:0-4' })).parts), ['emote:Kappa', 'Keepo'])
})

test('takes the frame off an action, also when it is not closed', () => {
  for (const end of ['\x01', '']) {
    const message = messageOf(chatLine(`\x01ACTION waves Kappa${end}`, { emotes: '25:6-10' }))
    assert.is(message.action, true)
    assert.is(message.text, 'waves Kappa')
    assert.equal(brief(message.parts), ['waves ', 'emote:Kappa'])
  }
  assert.is(messageOf(chatLine('plain')).action, undefined)
})

test('drops invisible characters at the end', () => {
  assert.is(messageOf(chatLine('again \u{e0000}')).text, 'again')
  const answered = { 'reply-parent-msg-id': 'msg-0', 'reply-parent-msg-body': 'who\\sis\\sthere?\\s\u{e0000}' }
  assert.is(messageOf(chatLine('me', answered)).reply?.text, 'who is there?')
})

test('makes nothing of a message that would show only a name', () => {
  for (const blank of ['', ' ', '\u{e0000}', '\u200b \u3164', '\u2800\ufeff', '\u0001ACTION \u0001'])
    assert.match(reasonOf(chatLine(blank)), /no words/, JSON.stringify(blank))
  const reply = { 'reply-parent-msg-id': 'msg-0', 'reply-parent-display-name': 'Old_Oak' }
  const unsaid = reasonOf(chatLine('@Old_Oak', { ...reply, 'reply-parent-msg-body': '\u200b' }))
  assert.match(unsaid, /no words/)
})

test('keeps one without words that shows a picture, money, or what it answers', () => {
  const reply = { 'reply-parent-msg-id': 'msg-0', 'reply-parent-display-name': 'Old_Oak' }
  assert.is(messageOf(chatLine('@Old_Oak', { ...reply, 'reply-parent-msg-body': 'who?' })).reply?.text, 'who?')
  assert.is(messageOf(chatLine('Kappa', { emotes: '25:0-4' })).parts.length, 1)
  assert.is(messageOf(chatLine('\u200b', { bits: '100' })).money?.amount, 100)
})

test('leaves the parent out of a reply and moves its emotes along', () => {
  const tags = {
    emotes: '25:9-13',
    'reply-parent-msg-id': 'msg-0',
    'reply-parent-display-name': 'Old\\sOak',
    'reply-parent-user-login': 'old_oak',
    'reply-parent-msg-body': 'who\\sis\\sthere?',
  }
  const message = messageOf(chatLine('@Old Oak Kappa me', tags))
  assert.equal(message.reply, { id: 'twitch:msg-0', author: 'Old Oak', text: 'who is there?' })
  assert.equal(brief(message.parts), ['emote:Kappa', ' me'])
  assert.is(messageOf(chatLine('@old_oak  twice', tags)).text, 'twice')
  assert.is(messageOf(chatLine('@Old Oaks differ', tags)).text, '@Old Oaks differ')
  assert.is(messageOf(chatLine('@Old Oak', tags)).text, '')
})

test('reads cheers up to the total of bits', () => {
  const message = messageOf(chatLine('Cheer100 to cheerWhal50 and Kappa1', { bits: '150' }))
  assert.equal(message.money, { kind: 'bits', amount: 150, display: '150 bits' })
  assert.equal(brief(message.parts), ['cheer:Cheer100', ' to ', 'cheer:cheerWhal50', ' and Kappa1'])
})

test("takes a channel's own cheermote when the sum is right", () => {
  assert.equal(brief(messageOf(chatLine('harbor70 and Cheer30', { bits: '100' })).parts), [
    'cheer:harbor70',
    ' and ',
    'cheer:Cheer30',
  ])
  assert.equal(brief(messageOf(chatLine('area51 and Cheer30', { bits: '30' })).parts), ['area51 and ', 'cheer:Cheer30'])
})

test('finds no cheer in a message without bits', () => {
  assert.equal(brief(messageOf(chatLine('Cheer100')).parts), ['Cheer100'])
})

test('reads the money of a paid pin only when it is a sum', () => {
  const tags = {
    'pinned-chat-paid-amount': '1400',
    'pinned-chat-paid-exponent': '2',
    'pinned-chat-paid-currency': 'NOK',
  }
  assert.equal(messageOf(chatLine('hi', { ...tags, 'pinned-chat-paid-level': 'TWO' })).money, {
    kind: 'paid-pin',
    amount: 14,
    currency: 'NOK',
    display: '14.00 NOK',
    tier: 2,
  })
  assert.is(messageOf(chatLine('hi', { ...tags, 'pinned-chat-paid-amount': '14-00' })).money, undefined)
  assert.is(messageOf(chatLine('hi', { ...tags, 'pinned-chat-paid-exponent': '' })).money, undefined)
})

test('tells first, highlighted and already deleted messages', () => {
  assert.is(messageOf(chatLine('hi', { 'first-msg': '1' })).first, true)
  assert.is(messageOf(chatLine('hi', { 'msg-id': 'highlighted-message' })).highlighted, true)
  assert.is(messageOf(chatLine('hi', { 'rm-deleted': '1' })).hidden, 'deleted')
})

test('finds mentions and links and leaves their punctuation as text', () => {
  const message = messageOf(chatLine('@~ @Juno_9! see https://a.example/x?y=1, @루나'))
  assert.equal(brief(message.parts), [
    '@~ ',
    'mention:@Juno_9',
    '! see ',
    'link:https://a.example/x?y=1',
    ', ',
    'mention:@루나',
  ])
})

test('takes only web addresses without a password for links', () => {
  for (const word of ['javascript://x', 'ftp://a.example', 'https://', 'https://bank.example@evil.example/'])
    assert.equal(brief(messageOf(chatLine(`see ${word} now`)).parts), [`see ${word} now`])
})

test('reads roles from badges and flags', () => {
  const roles = (tags: Record<string, string>) => messageOf(chatLine('x', tags)).author.roles
  assert.equal(roles({ badges: 'broadcaster/1,moderator/1,founder/0,partner/1' }), ['owner', 'mod', 'sub', 'verified'])
  assert.equal(roles({ mod: '1', vip: '1', subscriber: '1', 'user-type': 'admin' }), ['staff', 'mod', 'vip', 'sub'])
  assert.equal(roles({ badges: 'bot-badge/1,lead_moderator/1' }), ['bot', 'mod'])
  assert.equal(roles({ mod: '0', vip: '0', subscriber: '0', 'user-type': '' }), [])
})

test('splits badges at the first slash and drops those without one', () => {
  const { badges } = messageOf(chatLine('x', { badges: 'subscriber24,predictions/foo/bar/baz,bits/1000' })).author
  assert.equal(badges, [
    { id: 'predictions/foo/bar/baz', label: 'predictions' },
    { id: 'bits/1000', label: 'bits (1000)' },
  ])
})

test('makes do with what a bare line has', () => {
  const bare = messageOf(':juno PRIVMSG #harbor_room :lol')
  assert.equal([bare.author.id, bare.author.name, bare.at], ['juno', 'juno', CONTEXT.receivedAt])
  const nobody = messageOf('PRIVMSG #harbor_room :lol')
  assert.equal([nobody.author.id, nobody.author.name], ['unknown', '?'])
  assert.match(reasonOf('PRIVMSG #harbor_room'), /without text/)
})

test('shows a localised name and falls back to the login', () => {
  const named = (tags: Record<string, string>) => messageOf(chatLine('x', tags)).author.name
  assert.is(named({ 'display-name': '등대지기' }), '등대지기')
  assert.is(named({ 'display-name': 'Mira\\s' }), 'Mira')
  assert.is(named({ 'display-name': '' }), 'mira_vale')
  assert.is(named({ 'display-name': '\\s\u202e' }), 'mira_vale')
})

test('gives the same id to the same line and to a redelivery, and others to others', () => {
  const bare = (text: string, sent: string) =>
    normalised(`@tmi-sent-ts=${sent} :juno!j@j PRIVMSG #room :${text}`).events[0]?.id
  assert.is(bare('a', '1700000000000'), bare('a', '1700000000000'))
  assert.is.not(bare('a', '1700000000000'), bare('b', '1700000000000'))
  assert.is.not(bare('a', '1700000000000'), bare('a', '1700000000001'))
  const timeless = (item: number) => normalised(':juno!j@j PRIVMSG #room :a', {}, item).events[0]?.id
  assert.is(timeless(0), timeless(0))
  assert.is.not(timeless(0), timeless(1))
})

test.run()
