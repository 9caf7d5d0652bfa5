import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { escapeTag } from '../../../../workers/platforms/twitch/irc.ts'
import { MAX_MARKS, MAX_TEXT } from '../../../../workers/text.ts'
import { MAX_PARTS } from '../../../../workers/words.ts'
import { assertSound, chatLine, messageOf, normalised, webhook } from './given.ts'

const test = suite('twitch: hostile payloads')

test('keeps four marks a letter', () => {
  const { text } = messageOf(chatLine(`Z${'\u0301'.repeat(1_000)}!`))
  assert.is(text, `Z${'\u0301'.repeat(MAX_MARKS)}!`)
})

test('takes bidi overrides out of text, names, replies and sentences', () => {
  const evil = '\u202egnp.exe\u2066'
  const reply = { 'reply-parent-msg-id': 'p', 'reply-parent-display-name': evil, 'reply-parent-msg-body': evil }
  const message = messageOf(
    chatLine(`look ${evil} https://a.example/${evil} @x${evil}`, { 'display-name': evil, ...reply }),
  )
  const notice = normalised(`@msg-id=new;system-msg=${escapeTag(evil)};login=${evil} :s.example USERNOTICE #r :${evil}`)
    .events[0]
  assert.not.match(JSON.stringify([message, notice]), /[\u202a-\u202e\u2066-\u2069]/)
})

test('takes control characters out of everything', () => {
  const message = messageOf(chatLine('a\x02b\x1b[31mc\x7f\u0085', { 'display-name': 'x\x07y', badges: 'se\x02t/1' }))
  assert.is(message.text, 'ab[31mc')
  assert.not.match(JSON.stringify(message), /\\u00[01]|[\x7f-\x9f]/)
})

test('is not moved by __proto__ and its kin', () => {
  const line = chatLine('hi', { __proto__x: '1' }).replace('__proto__x', '__proto__')
  assert.is(messageOf(line).text, 'hi')
  assertSound(
    normalised(
      chatLine('hi', { emotes: '__proto__:0-1', badges: '__proto__/1,constructor/1', 'badge-info': '__proto__/2' }),
    ),
  )
  const body: unknown = JSON.parse(
    '{"__proto__":{"event":{}},"subscription":{"type":"channel.moderate"},"event":{"__proto__":{"user_id":"1"},"action":"__proto__"}}',
  )
  assertSound(normalised(body))
  assert.is(({} as Record<string, unknown>).event, undefined)
})

test('cuts a giant text and keeps parts and text the same', () => {
  const message = messageOf(chatLine(`${'😂'.repeat(5_000)} Kappa`, { emotes: '25:5001-5005' }))
  assert.is(Array.from(message.text).length, MAX_TEXT)
  assertSound(
    normalised(chatLine('a '.repeat(100_000), { emotes: '1:0-0,'.repeat(20_000), badges: 'a/1,'.repeat(20_000) })),
  )
  assert.is(messageOf(chatLine('x', { badges: 'a/1,'.repeat(20_000) })).author.badges.length, 20)
  const badges = Array.from({ length: 20_000 }, () => ({ set_id: 'a', id: '1' }))
  const said = { text: 'x' }
  const worn = messageOf(
    webhook('channel.chat.message', { chatter_user_id: '1', message_id: 'm', message: said, badges }),
  )
  assert.is(worn.author.badges.length, 20)
  const fragments = Array.from({ length: 20_000 }, () => ({ type: 'emote', text: 'ab', emote: { id: '1' } }))
  const big = messageOf(
    webhook('channel.chat.message', { chatter_user_id: '1', message_id: 'm', message: { text: '', fragments } }),
  )
  assert.ok(big.text.length <= MAX_TEXT)
})

test('keeps as many parts of a line as any platform may send', () => {
  const { parts, text } = messageOf(chatLine('@a '.repeat(1_000)))
  assert.ok(parts.length <= MAX_PARTS && parts.length >= MAX_PARTS - 1, `${parts.length} parts`)
  assert.is(parts.map((part) => part.text).join(''), text)
})

test('survives JSON of any depth and width', () => {
  const deep: unknown = JSON.parse(
    `{"subscription":{"type":"channel.follow"},"event":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
  )
  assertSound(normalised(deep))
  assertSound(normalised(webhook('channel.follow', { a: Array.from({ length: 300_000 }, (_, n) => n) })))
})

test('gives a reason for values that are neither line nor object', () => {
  for (const value of [null, undefined, 1, true, [], Symbol.iterator]) assertSound(normalised(value))
})

test('gives sound events where every field of an event is of a wrong type', () => {
  const wrong: unknown[] = [null, 0, -1, 1e99, true, '', 'x', [], [null], {}, { text: 1, fragments: {} }]
  const keys = [
    'message_id',
    'message',
    'badges',
    'color',
    'reply',
    'cheer',
    'notice_type',
    'system_message',
    'user_id',
    'user_name',
    'bits',
    'reward',
    'tier',
    'total',
    'action',
    'chatter_user_id',
    'chatter_user_name',
    'target_user_id',
    'resub',
    'followed_at',
  ]
  const types = [
    'channel.chat.message',
    'channel.chat.notification',
    'channel.chat.message_delete',
    'channel.chat.clear',
    'channel.chat.clear_user_messages',
    'channel.ban',
    'channel.moderate',
    'channel.cheer',
    'channel.bits.use',
    'channel.raid',
    'channel.follow',
    'channel.subscribe',
    'channel.subscription.message',
    'channel.subscription.gift',
    'channel.channel_points_custom_reward_redemption.add',
    'x',
  ]
  for (const type of types)
    for (const value of wrong)
      assertSound(normalised(webhook(type, Object.fromEntries(keys.map((key) => [key, value])))))
})

/** Small seeded numbers, so that a failure can be had again. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const SEEDS = [
  chatLine('@Juno_9 😂 Kappa Cheer100 https://a.example', {
    emotes: '25:10-14',
    bits: '100',
    'reply-parent-msg-id': 'p',
    'reply-parent-user-login': 'juno_9',
  }),
  chatLine('\x01ACTION waves\x01', { badges: 'vip/1,subscriber/12', 'badge-info': 'subscriber/27' }),
  '@id=n;login=mira;msg-id=raid;msg-param-viewerCount=4;system-msg=a\\sb :tmi.twitch.tv USERNOTICE #room :words',
  '@target-user-id=7;tmi-sent-ts=1700000000000 :tmi.twitch.tv CLEARCHAT #room :juno',
  '@target-msg-id=7;tmi-sent-ts=1700000000000 :tmi.twitch.tv CLEARMSG #room :x',
  '@msg-id=slow_on :tmi.twitch.tv NOTICE #room :slow',
]
const BITS = [
  '@',
  ':',
  ';',
  '=',
  ' ',
  '/',
  ',',
  '-',
  '\\',
  '\x01',
  '\u{e0000}',
  '\ud800',
  '\udc00',
  '😂',
  '\u0301',
  '\u202e',
  '9',
  '__proto__',
  '\t',
]

test('never throws and never breaks its word, whatever is done to a line', () => {
  const below = numbers(20_240_506)
  for (let round = 0; round < 6_000; round++) {
    let line = SEEDS[below(SEEDS.length)] ?? ''
    for (let times = below(6); times >= 0; times--) {
      const at = below(line.length + 1)
      const to = below(3) === 0 ? at + below(20) : at
      line = line.slice(0, at) + (BITS[below(BITS.length)] ?? '') + line.slice(to)
    }
    try {
      assertSound(normalised(line))
    } catch (error) {
      throw new Error(`round ${round}: ${JSON.stringify(line)}`, { cause: error })
    }
  }
})

test.run()
