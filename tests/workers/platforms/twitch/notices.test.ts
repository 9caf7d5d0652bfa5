import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { escapeTag } from '../../../../workers/platforms/twitch/irc.ts'
import { brief, eventOf, normalised, noticeOf, reasonOf } from './given.ts'

const test = suite('twitch/usernotice and moderation')
const SENT = '1700000000000'

function userNotice(kind: string, tags: Record<string, string> = {}, text?: string): string {
  const all = {
    id: 'n-1',
    'display-name': 'Mira_Vale',
    login: 'mira_vale',
    'user-id': '4001',
    'tmi-sent-ts': SENT,
    ...tags,
  }
  const pairs = Object.entries({ ...all, 'msg-id': kind }).map(([key, value]) => `${key}=${escapeTag(value)}`)
  return `@${pairs.join(';')} :tmi.twitch.tv USERNOTICE #harbor_room${text === undefined ? '' : ` :${text}`}`
}

test('tells a resub with its words, months and tier', () => {
  const notice = noticeOf(
    userNotice(
      'resub',
      {
        'system-msg': "Mira_Vale subscribed at Tier 2. They've subscribed for 9 months! ",
        'msg-param-cumulative-months': '9',
        'msg-param-sub-plan': '2000',
        emotes: '25:7-11',
      },
      'thanks Kappa',
    ),
  )
  assert.is(notice.what, 'resub')
  assert.is(notice.text, "Mira_Vale subscribed at Tier 2. They've subscribed for 9 months!")
  assert.equal([notice.months, notice.tier, notice.author?.id], [9, 'Tier 2', '4001'])
  assert.equal(brief(notice.parts), ['thanks ', 'emote:Kappa'])
})

test('knows the kinds of notice', () => {
  const whats = {
    sub: 'sub',
    giftpaidupgrade: 'sub',
    extendsub: 'resub',
    subgift: 'gift',
    anonsubmysterygift: 'gift',
    raid: 'raid',
    announcement: 'announcement',
    bitsbadgetier: 'milestone',
    viewermilestone: 'milestone',
    modiversary: 'milestone',
    ritual: 'milestone',
    socialsharingbadge: 'milestone',
    unraid: 'other',
    'brand-new-kind': 'other',
    ['__proto__']: 'other',
    constructor: 'other',
  }
  for (const [kind, what] of Object.entries(whats)) assert.is(noticeOf(userNotice(kind)).what, what, kind)
})

test('counts raiders and gifts and names the recipient', () => {
  const raid = noticeOf(
    userNotice('raid', {
      'msg-param-viewerCount': '42',
      'msg-param-profileImageURL': 'https://static-cdn.jtvnw.net/jtv_user_pictures/x-%s.png',
    }),
  )
  assert.equal([raid.count, raid.text], [42, 'Mira_Vale is raiding with 42 viewers.'])
  assert.is(raid.author?.avatar, 'https://static-cdn.jtvnw.net/jtv_user_pictures/x-70x70.png')
  assert.is(noticeOf(userNotice('submysterygift', { 'msg-param-mass-gift-count': '20' })).count, 20)
  const gift = noticeOf(
    userNotice('subgift', { 'msg-param-recipient-display-name': 'Juno_9', 'msg-param-months': '7' }),
  )
  assert.equal([gift.recipient, gift.months], ['Juno_9', undefined])
})

test('takes an avatar from the image host of Twitch alone', () => {
  const raid = noticeOf(userNotice('raid', { 'msg-param-profileImageURL': 'https://evil.example/x.png' }))
  assert.is(raid.author?.avatar, undefined)
})

test('makes a sentence where Twitch has none that can be shown', () => {
  assert.is(noticeOf(userNotice('announcement', {}, 'hear me')).text, 'Mira_Vale made an announcement.')
  const badge = userNotice('bitsbadgetier', {
    'system-msg': 'bits badge tier notification',
    'msg-param-threshold': '1000',
  })
  assert.is(noticeOf(badge).text, 'Mira_Vale earned the 1000 bits badge.')
  assert.match(noticeOf(userNotice('brand-new-kind')).text, /brand-new-kind/)
  assert.is(noticeOf(userNotice('brand-new-kind', { 'system-msg': 'Something new!' })).text, 'Something new!')
})

test('finds the real kind of a notice from a shared chat', () => {
  const notice = noticeOf(userNotice('sharedchatnotice', { 'source-msg-id': 'announcement' }, 'from next door'))
  assert.is(notice.what, 'announcement')
  assert.is(noticeOf(userNotice('sharedchatnotice')).what, 'other')
})

test('reads the sum of a charity donation', () => {
  const tags = { 'msg-param-donation-amount': '550', 'msg-param-donation-currency': 'EUR', 'msg-param-exponent': '2' }
  assert.equal(noticeOf(userNotice('charitydonation', tags)).money, {
    kind: 'donation',
    amount: 5.5,
    currency: 'EUR',
    display: '5.50 EUR',
  })
})

const CLEAR = `@room-id=2002;tmi-sent-ts=${SENT} :tmi.twitch.tv CLEARCHAT #harbor_room`

test('clears the chat, removes a person, removes a message', () => {
  const clear = eventOf(CLEAR)
  assert.is(clear.kind, 'clear')
  const ban = eventOf(`@target-user-id=77;tmi-sent-ts=${SENT} :tmi.twitch.tv CLEARCHAT #harbor_room :juno`)
  assert.equal(ban.kind === 'remove' && ban.target, { authorId: '77' })
  const nameless = eventOf(':tmi.twitch.tv CLEARCHAT #harbor_room juno')
  assert.equal(nameless.kind === 'remove' && nameless.target, { authorId: 'juno' })
  const remove = eventOf(`@login=juno;target-msg-id=m-9;tmi-sent-ts=${SENT} :tmi.twitch.tv CLEARMSG #harbor_room :x`)
  assert.equal(remove.kind === 'remove' && remove.target, { id: 'twitch:m-9' })
  assert.is.not(remove.id, 'twitch:m-9')
})

test('removes under the id that the message was shown with, however odd it is', () => {
  const odd = `odd\\sid\\s${'x'.repeat(300)}`
  const shown = normalised(`@id=${odd} :juno!j@j PRIVMSG #room :x`).events[0]?.id
  const remove = eventOf(`@target-msg-id=${odd} :tmi.twitch.tv CLEARMSG #room :x`)
  assert.equal(remove.kind === 'remove' && remove.target, { id: shown })
})

test('never gives a delete the id of its target', () => {
  const remove = eventOf(`@id=m-9;target-msg-id=m-9;tmi-sent-ts=${SENT} :tmi.twitch.tv CLEARMSG #room :x`)
  assert.is.not(remove.id, 'twitch:m-9')
})

test('gives a clear that is replayed the id it had, and a later clear another', () => {
  const replayed = `@historical=1;rm-received-ts=1700000000900;tmi-sent-ts=${SENT};room-id=2002 :tmi.twitch.tv CLEARCHAT #harbor_room`
  assert.is(eventOf(replayed).id, eventOf(CLEAR).id)
  assert.is.not(eventOf(CLEAR.replace(SENT, '1700000001000')).id, eventOf(CLEAR).id)
})

test("tells the room's notices and keeps the connection's own to itself", () => {
  const room = noticeOf(
    '@msg-id=emote_only_on :tmi.twitch.tv NOTICE #harbor_room :This room is now in emote-only mode.',
  )
  assert.equal([room.what, room.text], ['other', 'This room is now in emote-only mode.'])
  assert.match(reasonOf('@msg-id=msg_banned :tmi.twitch.tv NOTICE #harbor_room :You are banned.'), /alone/)
  assert.match(reasonOf(':tmi.twitch.tv NOTICE * :Login authentication failed'), /connection/)
})

test('gives a reason, with the item, for lines that hold no chat', () => {
  const lines = [
    'PING :tmi.twitch.tv',
    ':tmi.twitch.tv 001 justinfan1 :Welcome',
    ':juno!j@j JOIN #harbor_room',
    ':tmi.twitch.tv CAP * ACK :twitch.tv/tags',
    '@slow=5 :tmi.twitch.tv ROOMSTATE #harbor_room',
    ':tmi.twitch.tv USERSTATE #harbor_room',
    ':juno!j@j WHISPER mira_vale :psst',
    ':tmi.twitch.tv RECONNECT',
    'no line at all',
    '{"json":1}',
  ]
  for (const line of lines) assert.match(reasonOf(line, {}, 3), /^Item 3: .+\.$/, line)
})

test('tells a command that is new, without the text it may not show', () => {
  const notice = noticeOf(':tmi.twitch.tv SPARKLE #harbor_room :secret words')
  assert.is(notice.what, 'other')
  assert.match(notice.text, /SPARKLE/)
  assert.not.match(notice.text, /secret/)
})

test.run()
