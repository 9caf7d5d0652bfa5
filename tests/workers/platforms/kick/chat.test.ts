import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kick } from '../../../../workers/platforms/kick/index.ts'
import { only, through } from '../../../help/payloads.ts'

const test = suite('kick chat')

const SENDER = {
  is_anonymous: false,
  user_id: 1001,
  username: 'Harbor_Light',
  channel_slug: 'harbor-light',
  is_verified: true,
}

function chat(fields: object) {
  const body = { message_id: 'm-1', sender: SENDER, content: 'hi', created_at: '2026-05-01T18:00:01Z', ...fields }
  return through(kick, body, { 'kick-event-type': 'chat.message.sent', 'kick-event-message-id': '01ULID' })
}

function frame(data: object) {
  const whole = { id: 'm-1', content: 'hi', type: 'message', created_at: '2026-05-01T18:00:01+00:00', ...data }
  return through(kick, {
    event: 'App\\Events\\ChatMessageEvent',
    data: JSON.stringify(whole),
    channel: 'chatrooms.5.v2',
  })
}

const emote = (text: string, id: string) => ({
  type: 'emote',
  text,
  id,
  provider: 'kick',
  url: `https://files.kick.com/emotes/${id}/fullsize`,
})

test('reads a message the same from a webhook and from the socket', () => {
  const { author: sender, ...hooked } = only('message', chat({}))
  const { author: _, ...framed } = only(
    'message',
    frame({ sender: { id: 1001, username: 'Harbor_Light', slug: 'harbor-light' } }),
  )
  assert.equal(hooked, framed)
  assert.equal([hooked.id, hooked.at], ['kick:m-1', Date.parse('2026-05-01T18:00:01Z')])
  assert.equal(
    [sender.id, sender.name, sender.login, sender.roles],
    ['1001', 'Harbor_Light', 'harbor-light', ['verified']],
  )
})

test('makes nothing of a message that would show only a name', () => {
  for (const content of ['', ' ', '\u{e0000}', '\u3164\u200b']) {
    for (const { events, ignored } of [chat({ content }), frame({ content })])
      assert.equal([events, ignored.length, /no words/.test(ignored[0] ?? '')], [[], 1, true])
  }
  assert.is(only('message', chat({ content: '[emote:71:Lantern]' })).parts.length, 1)
  const replies_to = { message_id: 'm-0', content: 'who?', sender: { ...SENDER, username: 'Old_Oak' } }
  assert.is(only('message', chat({ content: '@Old_Oak ', replies_to })).reply?.text, 'who?')
  assert.equal(chat({ content: '', replies_to: { ...replies_to, content: '\u200b' } }).events, [])
})

test('takes emotes from the tokens and nothing else', () => {
  const emotes = [{ emote_id: '9', positions: [{ s: 0, e: 1 }] }]
  const content = 'olá [emote:71:Lantern][emote:71:Lantern] 🌊 [emote:72:] @ana'
  assert.equal(only('message', chat({ content, emotes })).parts, [
    { type: 'text', text: 'olá ' },
    emote('Lantern', '71'),
    emote('Lantern', '71'),
    { type: 'text', text: ' 🌊 ' },
    emote('72', '72'),
    { type: 'text', text: ' ' },
    { type: 'mention', text: '@ana' },
  ])
})

test('leaves what only looks like a token as text', () => {
  for (const content of ['[emote:abc:X]', '[emote:12]', `[emote:${'1'.repeat(30)}:X]`, '[emote:1:[emote:']) {
    assert.equal(only('message', chat({ content })).parts, [{ type: 'text', text: content }])
  }
})

test('keeps the answered message beside a reply, and its name out of the text', () => {
  const parent = {
    message_id: 'm-0',
    content: 'look [emote:1:Wow]',
    sender: { username: 'Olu_Brook', channel_slug: 'olu-brook' },
  }
  const said = (content: string) => only('message', chat({ content, replies_to: parent }))
  assert.equal(said('@olu_brook  nice').reply, { id: 'kick:m-0', author: 'Olu_Brook', text: 'look Wow' })
  assert.is(said('@olu_brook  nice').text, 'nice')
  assert.is(said('@olu-brook nice').text, 'nice')
  for (const content of ['nice', '@other nice', '@olu_brook', '@olu_brooks nice'])
    assert.is(said(content).text, content)
  const metadata = {
    original_sender: { id: 2, username: 'Olu_Brook' },
    original_message: { id: 'm-0', content: 'look [emote:1:Wow]' },
  }
  for (const sent of [metadata, JSON.stringify(metadata)]) {
    const reply = { type: 'reply', content: '@Olu_Brook nice', metadata: sent, thread_parent_id: '' }
    const framed = only('message', frame(reply))
    assert.equal([framed.text, framed.reply], ['nice', said('nice').reply])
  }
})

test('has no reply where none is named', () => {
  for (const replies_to of [null, {}, 'x', undefined]) assert.is(only('message', chat({ replies_to })).reply, undefined)
  for (const metadata of [undefined, null, '', '{', '[]', '"x"'])
    assert.is(only('message', frame({ type: 'reply', metadata })).reply, undefined)
})

test('turns badges into roles, labels and pictures from known hosts', () => {
  const badges = [
    { type: 'broadcaster', text: 'Broadcaster' },
    { type: 'og', text: 'OG' },
    { type: 'subscriber', text: 'Subscriber', count: 14 },
    { type: 'sub_gifter', text: 'Sub Gifter', count: 3 },
    { type: '__proto__', text: '<b>' },
  ]
  const level = (image_url: string, selected = true) => ({
    name: 'level',
    image_url,
    selected,
    metadata: { level: 12 },
  })
  const shown = (badges_v2: unknown) =>
    only(
      'message',
      chat({ sender: { ...SENDER, is_verified: null, identity: { username_color: '#FF5733', badges, badges_v2 } } }),
    ).author
  const image = 'https://ext.cdn.kick.com/chat/badges/12.png'
  const author = shown([level(image)])
  assert.equal([author.color, author.roles], ['#ff5733', ['owner', 'sub']])
  assert.equal(author.badges, [
    { id: 'broadcaster', label: 'Broadcaster' },
    { id: 'og', label: 'OG' },
    { id: 'subscriber', label: 'Subscriber (14 months)' },
    { id: 'sub_gifter', label: 'Sub Gifter (3)' },
    { id: '__proto__', label: '<b>' },
    { id: 'level', label: 'Level 12', image },
  ])
  for (const none of [[level('https://evil.test/12.png')], [level(image, false)], 'x'])
    assert.is(shown(none).badges.length, 5)
})

test('shows pictures of people from Kick alone', () => {
  const avatar = (profile_picture: unknown) =>
    only('message', chat({ sender: { ...SENDER, profile_picture } })).author.avatar
  assert.is(avatar('https://files.kick.com/a.webp'), 'https://files.kick.com/a.webp')
  for (const other of ['https://evil.test/a.webp', 'http://kick.com/a', 'https://kick.com.evil.test/a', '', null])
    assert.is(avatar(other), undefined)
})

test('names a sender of whom nothing is known', () => {
  for (const sender of [{ is_anonymous: true }, { ...SENDER, is_anonymous: true }, null, 'x', undefined]) {
    const { author } = only('message', chat({ sender }))
    assert.equal([author.id, author.name], ['anonymous', 'Anonymous'])
  }
  assert.is(only('message', chat({ sender: { username: 'Ana' } })).author.id, 'name:ana')
})

test('tells of what is celebrated without a word, and shows the words where there are any', () => {
  const celebration = { id: 'chceleb_1', type: 'subscription_renewed', total_months: 13 }
  const sender = { id: 1001, username: 'Harbor_Light', slug: 'harbor-light' }
  const celebrates = (content: string, more = {}) =>
    frame({ type: 'celebration', content, sender, metadata: { celebration: { ...celebration, ...more } } })
  const silent = only('notice', celebrates(''))
  assert.equal(
    [silent.id, silent.what, silent.months, silent.text],
    ['kick:m-1', 'resub', 13, 'Harbor_Light subscribed for 13 months.'],
  )
  assert.is(only('message', celebrates('still here')).text, 'still here')
  assert.equal(celebrates('', { type: 'rave' }).events, [])
})

test('leaves out a message without content, and says so', () => {
  assert.equal(chat({ content: null }).ignored, ['Item 0: the message has no content.'])
})

test.run()
