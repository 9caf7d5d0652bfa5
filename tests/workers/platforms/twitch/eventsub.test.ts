import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { brief, CONTEXT, eventOf, messageOf, normalised, noticeOf, reasonOf, webhook } from './given.ts'

const test = suite('twitch/eventsub')
const HEADERS = {
  'twitch-eventsub-message-id': 'delivery-abc',
  'twitch-eventsub-message-type': 'notification',
  'twitch-eventsub-message-timestamp': '2024-05-06T07:08:09.123456789Z',
}
const AT = Date.UTC(2024, 4, 6, 7, 8, 9, 123)
const CHATTER = { chatter_user_id: '4001', chatter_user_login: 'mira_vale', chatter_user_name: 'Mira_Vale' }
const USER = { user_id: '4001', user_login: 'mira_vale', user_name: 'Mira_Vale' }

interface Fragment {
  type: string
  text: string
  [detail: string]: unknown
}

function chat(fragments: Fragment[], more: Record<string, unknown> = {}): Record<string, unknown> {
  const text = fragments.map((fragment) => fragment.text).join('')
  return webhook('channel.chat.message', {
    ...CHATTER,
    message_id: 'm-1',
    message: { text, fragments },
    color: '',
    badges: [],
    ...more,
  })
}

const say = (text: string): Fragment => ({ type: 'text', text })

test('makes nothing of a chat message that holds none', () => {
  for (const message of [undefined, null, 'hi', ['hi']])
    assert.match(reasonOf(chat([say('hi')], { message })), /no content/, String(message))
})

test('makes nothing of a chat message that would show only a name', () => {
  for (const blank of ['', ' ', '\u200b\u2800']) assert.match(reasonOf(chat([say(blank)])), /no words/)
  assert.is(messageOf(chat([say('')], { cheer: { bits: 100 } })).money?.amount, 100)
})

test('makes a message of its fragments', () => {
  const message = messageOf(
    chat(
      [
        say('look '),
        { type: 'mention', text: '@Juno_9', mention: { user_id: '9', user_login: 'juno_9', user_name: 'Juno_9' } },
        say(' https://a.example '),
        { type: 'emote', text: 'Kappa', emote: { id: '25', format: ['static'] } },
        say(' '),
        { type: 'cheermote', text: 'Cheer50', cheermote: { prefix: 'cheer', bits: 50, tier: 1 } },
      ],
      {
        cheer: { bits: 50 },
        color: '#00FF7F',
        message_type: 'channel_points_highlighted',
        badges: [
          { set_id: 'moderator', id: '1', info: '' },
          { set_id: 'subscriber', id: '12', info: '16' },
        ],
      },
    ),
    HEADERS,
  )
  assert.equal(brief(message.parts), [
    'look ',
    'mention:@Juno_9',
    ' ',
    'link:https://a.example',
    ' ',
    'emote:Kappa',
    ' ',
    'cheer:Cheer50',
  ])
  assert.is(message.text, 'look @Juno_9 https://a.example Kappa Cheer50')
  assert.equal([message.id, message.at, message.highlighted], ['twitch:m-1', AT, true])
  assert.equal(message.money, { kind: 'bits', amount: 50, display: '50 bits' })
  assert.equal([message.author.color, message.author.roles], ['#00ff7f', ['mod', 'sub']])
  assert.equal(message.author.badges[1], { id: 'subscriber/12', label: 'Subscriber (16 months)' })
})

test('believes the text where the fragments are not it', () => {
  const body = webhook('channel.chat.message', {
    ...CHATTER,
    message_id: 'm',
    message: { text: 'real', fragments: [say('other')] },
  })
  assert.is(messageOf(body).text, 'real')
  const bare = webhook('channel.chat.message', { ...CHATTER, message_id: 'm', message: { text: 'real' } })
  assert.is(messageOf(bare).text, 'real')
})

test('takes /me out of its frame and keeps its fragments', () => {
  const fragments = [say('waves '), { type: 'emote', text: 'HeyGuys', emote: { id: '30259', format: ['static'] } }]
  const body = chat(fragments, { message: { text: '\x01ACTION waves HeyGuys\x01', fragments } })
  const message = messageOf(body, HEADERS)
  assert.equal([message.text, message.action], ['waves HeyGuys', true])
  assert.equal(brief(message.parts), ['waves ', 'emote:HeyGuys'])
  assert.is(messageOf(chat([say('no frame')]), HEADERS).action, undefined)
})

test('leaves the parent out of a reply', () => {
  const reply = {
    parent_message_id: 'm-0',
    parent_user_name: 'Juno_9',
    parent_user_login: 'juno_9',
    parent_message_body: 'hm?',
  }
  const message = messageOf(chat([{ type: 'mention', text: '@Juno_9', mention: {} }, say(' yes')], { reply }))
  assert.equal([message.text, message.reply], ['yes', { id: 'twitch:m-0', author: 'Juno_9', text: 'hm?' }])
})

test('reads a message over WebSocket with the id and time of its envelope', () => {
  const { subscription, event } = webhook('channel.follow', USER)
  const metadata = {
    message_id: 'ws-1',
    message_type: 'notification',
    message_timestamp: HEADERS['twitch-eventsub-message-timestamp'],
  }
  const notice = noticeOf({ metadata, payload: { subscription, event } })
  assert.equal(
    [notice.id, notice.at, notice.what, notice.text],
    ['twitch:ws-1', AT, 'follow', 'Mira_Vale is now following.'],
  )
})

function notification(type: string, details: unknown, more: Record<string, unknown> = {}): Record<string, unknown> {
  const event = {
    ...CHATTER,
    chatter_is_anonymous: false,
    badges: [],
    color: '',
    system_message: 'It happened.',
    message_id: 'n-1',
    notice_type: type,
    [type]: details,
  }
  return webhook('channel.chat.notification', { ...event, ...more })
}

test('tells notifications with their figures', () => {
  const resub = noticeOf(
    notification('resub', { cumulative_months: 10, duration_months: 0, sub_tier: '1000', is_prime: true }),
  )
  assert.equal([resub.what, resub.months, resub.tier, resub.text], ['resub', 10, 'Prime', 'It happened.'])
  const gift = noticeOf(notification('sub_gift', { sub_tier: '3000', recipient_user_name: 'Juno_9' }))
  assert.equal([gift.what, gift.tier, gift.recipient], ['gift', 'Tier 3', 'Juno_9'])
  assert.is(noticeOf(notification('community_sub_gift', { total: 5, sub_tier: '1000' })).count, 5)
  assert.equal(
    noticeOf(notification('charity_donation', { amount: { value: 1050, decimal_place: 2, currency: 'USD' } })).money,
    {
      kind: 'donation',
      amount: 10.5,
      currency: 'USD',
      display: '10.50 USD',
    },
  )
})

test('shows who raids', () => {
  const seen = (profile_image_url: string) =>
    noticeOf(notification('raid', { viewer_count: 12, profile_image_url })).author?.avatar
  const picture = 'https://static-cdn.jtvnw.net/jtv_user_pictures/mira-profile_image-70x70.png'
  assert.equal([seen(picture), seen('https://evil.test/70x70.png')], [picture, undefined])
})

test('reads shared chat notices as what they are', () => {
  const raid = noticeOf(notification('shared_chat_raid', { viewer_count: 12 }))
  assert.equal([raid.what, raid.count], ['raid', 12])
})

test('shows an unknown notice by the sentence of Twitch, or by one of ours', () => {
  for (const type of ['sparkle', '__proto__', 'constructor', 'toString']) {
    const notice = noticeOf(notification(type, { x: 1 }))
    assert.equal([notice.what, notice.text], ['other', 'It happened.'], type)
  }
  assert.match(noticeOf(notification('sparkle', {}, { system_message: '' })).text, /sparkle/)
})

test('names whoever the sentence of a moderator anniversary is about', () => {
  const notice = noticeOf(
    notification('modiversary', { months: 48 }, { system_message: 'has been a moderator for 48 months!' }),
  )
  assert.is(notice.text, 'Mira_Vale has been a moderator for 48 months!')
})

test('calls a chatter without name Anonymous', () => {
  const nobody = {
    chatter_user_id: null,
    chatter_user_login: null,
    chatter_user_name: null,
    chatter_is_anonymous: true,
  }
  const unnamed = { id: '274598607', name: 'Anonymous', roles: [], badges: [] }
  for (const chatter of [nobody, { chatter_is_anonymous: true }])
    assert.equal(noticeOf(notification('community_sub_gift', { total: 1 }, chatter)).author, unnamed)
  const cheer = webhook('channel.cheer', { ...USER, is_anonymous: true, message: '', bits: 100 })
  assert.equal([noticeOf(cheer).author, noticeOf(cheer).text], [unnamed, 'Anonymous cheered 100 bits.'])
})

test('removes messages and people and clears', () => {
  const targetOf = (body: unknown) => {
    const event = eventOf(body, HEADERS)
    assert.is(event.id, 'twitch:delivery-abc')
    return event.kind === 'remove' ? event.target : event.kind
  }
  const timeout = { action: 'timeout', timeout: { ...USER, expires_at: '2024-05-06T07:18:09Z' } }
  assert.equal(targetOf(webhook('channel.chat.message_delete', { message_id: 'm-1' })), { id: 'twitch:m-1' })
  assert.equal(targetOf(webhook('channel.chat.clear_user_messages', { target_user_id: '77' })), { authorId: '77' })
  assert.equal(targetOf(webhook('channel.ban', USER)), { authorId: '4001' })
  assert.equal(targetOf(webhook('channel.moderate', timeout)), { authorId: '4001' })
  assert.equal(targetOf(webhook('channel.moderate', { action: 'delete', delete: { message_id: 'm-2' } })), {
    id: 'twitch:m-2',
  })
  assert.is(targetOf(webhook('channel.chat.clear', {})), 'clear')
  assert.is(targetOf(webhook('channel.moderate', { action: 'clear' })), 'clear')
  assert.match(reasonOf(webhook('channel.moderate', { action: 'slow', slow: {} })), /slow/)
  assert.match(reasonOf(webhook('channel.ban', {})), /names nobody/)
})

test('lets no removal go by for want of an id, nor take the id of its target', () => {
  const clear = webhook('channel.chat.clear', {})
  assert.is(eventOf(clear).id, `twitch:${CONTEXT.delivery}.0`)
  const remove = webhook('channel.chat.message_delete', { message_id: 'delivery-abc' })
  assert.is.not(eventOf(remove, HEADERS).id, 'twitch:delivery-abc')
})

test('takes a redemption away that the streamer rejects, and no other', () => {
  const redemption = (kind: string, more = {}) =>
    webhook(`channel.channel_points_custom_reward_redemption.${kind}`, { ...USER, id: 'r-1', ...more })
  const removal = eventOf(redemption('update', { status: 'canceled' }), HEADERS)
  assert.equal(
    [removal.kind, removal.id, 'target' in removal && removal.target],
    ['remove', 'twitch:delivery-abc', { id: noticeOf(redemption('add')).id }],
  )
  for (const status of ['fulfilled', 'unfulfilled', '', { toString: 1 }])
    assert.match(reasonOf(redemption('update', { status })), /stands/)
  assert.match(reasonOf(redemption('update', { status: 'canceled', id: '' })), /without id/)
})

test('tells the news beside the chat', () => {
  const cheer = noticeOf(
    webhook('channel.cheer', { ...USER, is_anonymous: false, message: 'Cheer1000 bravo', bits: 1000 }),
  )
  assert.equal(
    [cheer.text, cheer.money?.amount, brief(cheer.parts)],
    ['Mira_Vale cheered 1000 bits.', 1000, ['cheer:Cheer1000', ' bravo']],
  )
  const raid = noticeOf(
    webhook('channel.raid', {
      from_broadcaster_user_id: '5',
      from_broadcaster_user_login: 'juno_9',
      from_broadcaster_user_name: 'Juno_9',
      viewers: 1,
    }),
  )
  assert.equal([raid.what, raid.text, raid.count], ['raid', 'Juno_9 is raiding with 1 viewer.', 1])
  const sub = noticeOf(webhook('channel.subscribe', { ...USER, tier: '1000', is_gift: true }))
  assert.equal([sub.what, sub.text], ['sub', 'Mira_Vale received a gifted sub at Tier 1.'])
  const resub = noticeOf(
    webhook('channel.subscription.message', {
      ...USER,
      tier: '2000',
      cumulative_months: 3,
      message: { text: 'hey Kappa', emotes: [{ begin: 4, end: 8, id: '25' }, { begin: 'x' }, null] },
    }),
  )
  assert.equal(
    [resub.what, resub.months, resub.tier, brief(resub.parts)],
    ['resub', 3, 'Tier 2', ['hey ', 'emote:Kappa']],
  )
  const gift = noticeOf(webhook('channel.subscription.gift', { ...USER, is_anonymous: true, total: 2, tier: '1000' }))
  assert.equal([gift.what, gift.text, gift.count], ['gift', 'Anonymous gifted 2 Tier 1 subs.', 2])
  const reward = noticeOf(
    webhook('channel.channel_points_custom_reward_redemption.add', {
      ...USER,
      id: 'r-1',
      user_input: 'left turn',
      reward: { title: 'Steer' },
      redeemed_at: '2024-05-06T07:08:09.123Z',
    }),
  )
  assert.equal(
    [reward.id, reward.what, reward.text, reward.at, 'parts' in reward],
    ['twitch:r-1', 'reward', 'Mira_Vale redeemed Steer.', AT, false],
  )
})

test('takes the id of the delivery, and without one a fingerprint that a second delivery shares', () => {
  const followed = (name: string, headers = {}) =>
    eventOf(webhook('channel.follow', { ...USER, user_id: name }), headers).id
  assert.is(followed('1', HEADERS), 'twitch:delivery-abc')
  assert.is(followed('1'), followed('1'))
  assert.is.not(followed('1'), followed('2'))
})

test('gives each item of an array with one header an id of its own', () => {
  const ids = [0, 1].map((item) => normalised(webhook('channel.follow', USER), HEADERS, item).events[0]?.id)
  assert.equal(ids, ['twitch:delivery-abc', 'twitch:delivery-abc.1'])
})

test('never shows what is private or not chat, and says why', () => {
  const types = [
    'user.whisper.message',
    'user.brand.new',
    'automod.message.hold',
    'channel.suspicious_user.message',
    'channel.unban_request.create',
    'channel.warning.send',
    'channel.chat.user_message_hold',
    'stream.online',
    'stream.offline',
    'channel.update',
    'channel.poll.begin',
    'channel.chat_settings.update',
    'channel.vip.add',
    'channel.shared_chat.begin',
  ]
  for (const type of types) {
    const reason = reasonOf(webhook(type, { ...USER, text: 'private words' }), HEADERS)
    assert.ok(reason.includes(type) && !reason.includes('private words'), reason)
  }
})

test('tells an event of a type in none of its tables', () => {
  const notice = noticeOf(webhook('channel.sparkle.begin', { secret: 'words' }), HEADERS)
  assert.equal(
    [notice.what, notice.text],
    ['other', 'Twitch sent an event of a kind that is new here: channel.sparkle.begin.'],
  )
})

test('says no more of a name than a line takes, however long it is', () => {
  const long = `channel.unban_request.${'n'.repeat(50_000)}`
  assert.ok(reasonOf(webhook(long, USER), HEADERS).length < 200)
  assert.ok(reasonOf({ metadata: { message_type: '9'.repeat(50_000), message_id: 'x' } }).length < 200)
  const { text } = noticeOf(webhook(`channel.sparkle.${'😂'.repeat(300)}`, {}), HEADERS)
  assert.ok(text.length < 300 && text.isWellFormed(), text)
})

test('takes a time of the year 1 for none', () => {
  const body = { subscription: { type: 'channel.sparkle' }, event: { created_at: '0001-01-01T00:00:00Z' } }
  assert.is(
    noticeOf(body, { ...HEADERS, 'twitch-eventsub-message-timestamp': '0001-01-01T00:00' }).at,
    CONTEXT.receivedAt,
  )
})

test('gives a reason for what is about the subscription or the connection', () => {
  const subscription = { id: 's', type: 'channel.follow', status: 'authorization_revoked' }
  assert.match(reasonOf({ subscription }), /revocation/)
  assert.match(reasonOf({ subscription: { ...subscription, status: 'enabled' } }), /without an event/)
  assert.match(reasonOf({ challenge: 'abc', subscription }), /verification/)
  assert.match(
    reasonOf({ challenge: 'abc', subscription }, { 'twitch-eventsub-message-type': 'webhook_callback_verification' }),
    /verification/,
  )
  for (const message_type of ['session_welcome', 'session_keepalive', 'session_reconnect', 'revocation', 'brand_new'])
    assert.match(reasonOf({ metadata: { message_type, message_id: 'x' }, payload: { subscription } }), /^Item 0: /)
  assert.match(reasonOf({ subscription, event: null }, HEADERS), /without an event/)
})

const ONLINE = { id: '1', broadcaster_user_id: '2002', type: 'live', started_at: '2024-05-06T07:00:00Z' }

test('tells when the broadcast begins and ends, over both transports, and shows nothing of it', () => {
  const began = normalised(webhook('stream.online', ONLINE), HEADERS)
  assert.equal(began.broadcast, { live: true, at: Date.UTC(2024, 4, 6, 7) })
  const ended = normalised(webhook('stream.offline', { broadcaster_user_id: '2002' }), HEADERS)
  assert.equal(ended.broadcast, { live: false, at: AT })
  const metadata = {
    message_id: 'm',
    message_type: 'notification',
    message_timestamp: '2024-05-06T07:08:09.123456789Z',
    subscription_type: 'stream.offline',
  }
  const overSocket = normalised({ metadata, payload: webhook('stream.offline', { broadcaster_user_id: '2002' }) })
  assert.equal(overSocket.broadcast, { live: false, at: AT })
  for (const { events, ignored } of [began, ended, overSocket]) {
    assert.equal(events, [])
    assert.match(ignored[0] ?? '', /not chat/)
  }
})

test('takes the time of receipt where a broadcast says none, and nothing from what is no notification', () => {
  assert.equal(normalised(webhook('stream.online', {})).broadcast, { live: true, at: CONTEXT.receivedAt })
  const revoked = { ...HEADERS, 'twitch-eventsub-message-type': 'revocation' }
  assert.is(normalised(webhook('stream.online', ONLINE), revoked).broadcast, undefined)
  const { event: _, ...bare } = webhook('stream.online', ONLINE)
  assert.is(normalised(bare, HEADERS).broadcast, undefined)
  assert.is(normalised(webhook('channel.update', ONLINE), HEADERS).broadcast, undefined)
})

test.run()
