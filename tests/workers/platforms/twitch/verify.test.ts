import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BadDelivery, type Delivery, type Verdict } from '../../../../workers/platforms/platform.ts'
import { MAX_AGE_MS, MAX_AHEAD_MS, verifier } from '../../../../workers/platforms/twitch/verify.ts'
import {
  bytesOf,
  chatEvent,
  type Delivering,
  notification,
  revocation,
  TwitchEventSub,
  verification,
} from '../../../help/stand-ins/twitch-eventsub.ts'
import { groundOn } from './ear.ts'

const NOW = 1_800_000_000_000
const SOURCE = { name: 'cool_channel', options: {}, facts: {} }
const sender = new TwitchEventSub()

function delivery(body: unknown, how: Delivering = {}): Delivery {
  const bytes = bytesOf(body)
  const headers = Object.entries(sender.headers(bytes, { at: NOW, ...how }))
  return {
    bytes,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    receivedAt: NOW,
    source: SOURCE,
  }
}

const ground = groundOn('')
const verify = (given: Delivery, secret: string | null = sender.secret): Verdict =>
  verifier({ ...ground, settings: secret === null ? {} : { twitchEventSubSecret: secret } })(given) as Verdict

/** The code with which it is refused. */
function refusal(given: Delivery, secret?: string | null): string {
  try {
    return `taken as ${verify(given, secret).kind}`
  } catch (error) {
    if (error instanceof BadDelivery) return error.code
    throw error
  }
}

const test = suite('twitch/verify')

test('takes what is signed with the secret, byte for byte', () => {
  const body = JSON.stringify(chatEvent('m-1', 'grüße 👋 ünïcode'))
  const verdict = verify(delivery(body))
  assert.ok(verdict.kind === 'payload')
  assert.is(verdict.body, body)
  assert.is(verdict.headers['twitch-eventsub-message-type'], 'notification')
  assert.match(verdict.headers['twitch-eventsub-message-id'] ?? '', /-/)
})

test('refuses every signature that is not exactly the right one', () => {
  const given = delivery(chatEvent('m-1', 'hi'))
  const right = given.headers['twitch-eventsub-message-signature'] ?? ''
  assert.is(refusal(given), 'taken as payload')
  const wrong = [
    '',
    'sha256=',
    right.slice(0, -1),
    `${right}0`,
    right.toUpperCase(),
    right.replace('sha256=', ''),
    right.replace('sha256=', 'sha1='),
    right.replace('sha256=', 'foo='),
    `sha256=${'0'.repeat(64)}`,
    'é'.repeat(71),
  ]
  for (const signature of wrong) assert.is(refusal(delivery(chatEvent('m-1', 'hi'), { signature })), 'bad_signature')
  assert.is(refusal(delivery(chatEvent('m-1', 'hi'), { signature: null })), 'bad_signature')
})

test('refuses a body, an id or a time that is another than the signed one', () => {
  const given = delivery(chatEvent('m-1', 'hi'))
  const headers = (more: Record<string, string>) => ({ ...given, headers: { ...given.headers, ...more } })
  assert.is(refusal({ ...given, bytes: bytesOf(chatEvent('m-1', 'ho')) }), 'bad_signature')
  assert.is(refusal(headers({ 'twitch-eventsub-message-id': 'another' })), 'bad_signature')
  assert.is(refusal(headers({ 'twitch-eventsub-message-timestamp': new Date(NOW).toISOString() })), 'bad_signature')
})

test('refuses everything while no secret is set, also what is signed with an empty one', () => {
  assert.is(refusal(delivery(chatEvent('m-1', 'hi')), null), 'bad_signature')
  const empty = new TwitchEventSub('')
  const bytes = bytesOf(chatEvent('m-1', 'hi'))
  const headers = Object.entries(empty.headers(bytes, { at: NOW }))
  const given = delivery('')
  const lower = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))
  assert.is(refusal({ ...given, bytes, headers: lower }, ''), 'bad_signature')
})

test('checks with the secret of the source where it has one', () => {
  const given = delivery(chatEvent('m-1', 'hi'))
  const own = (secret: string) => ({ ...given, source: { ...SOURCE, options: { secret } } })
  assert.is(refusal(own(sender.secret), 'the secret of all'), 'taken as payload')
  assert.is(refusal(own('another one'), sender.secret), 'bad_signature')
})

test('refuses what is too old, too far ahead, or has no time, and says nothing of that to strangers', () => {
  const at = (ms: number) => delivery(chatEvent('m-1', 'hi'), { at: ms })
  assert.is(refusal(at(NOW - MAX_AGE_MS + 1)), 'taken as payload')
  assert.is(refusal(at(NOW - MAX_AGE_MS - 1)), 'stale_delivery')
  assert.is(refusal(at(NOW + MAX_AHEAD_MS)), 'taken as payload')
  assert.is(refusal(at(NOW + MAX_AHEAD_MS + 1)), 'stale_delivery')
  assert.is(refusal(delivery('{}', { at: 0, signature: 'sha256=wrong' })), 'bad_signature')
  const bytes = bytesOf('{}')
  const signature = sender.sign('id', 'yesterday', bytes)
  const headers = {
    'twitch-eventsub-message-id': 'id',
    'twitch-eventsub-message-timestamp': 'yesterday',
    'twitch-eventsub-message-signature': signature,
  }
  assert.is(refusal({ ...delivery('{}'), bytes, headers }), 'stale_delivery')
})

test('drops what is about another channel than the followed one', () => {
  const about = (event: object, facts = {}) => {
    const body = { subscription: { type: 'channel.chat.message' }, event }
    return verify({ ...delivery(body), source: { ...SOURCE, facts } }).kind
  }
  const learnt = { id: '2002' }
  assert.is(about({ broadcaster_user_id: '3003', broadcaster_user_login: 'other_channel' }), 'foreign')
  assert.is(about({ broadcaster_user_id: '3003', broadcaster_user_login: 'other_channel' }, learnt), 'foreign')
  assert.is(about({ broadcaster_user_id: '3003' }, learnt), 'foreign')
  assert.is(about({ broadcaster_user_id: '3003' }), 'payload', 'nobody knows')
  assert.is(about({ broadcaster_user_id: '2002', broadcaster_user_login: 'Cool_Channel' }), 'payload')
  assert.is(about({ broadcaster_user_id: '2002', broadcaster_user_login: 'new_name' }, learnt), 'payload', 'renamed')
  assert.is(about({ from_broadcaster_user_login: 'other', to_broadcaster_user_login: 'cool_channel' }), 'payload')
  assert.is(about({ from_broadcaster_user_login: 'other', to_broadcaster_user_login: 'third' }), 'foreign')
  assert.is(about({ user_id: '5' }), 'payload', 'no channel is named')
})

test('leaves to IRC what IRC tells too, as long as the chat is heard there', () => {
  const kindOf = (type: string, event: object, heard: object = { heard: true }) => {
    const given = delivery(notification(type, { broadcaster_user_login: 'cool_channel', ...event }))
    const facts = { id: '2002' }
    const verdict = verify({ ...given, source: { ...SOURCE, facts, ...heard } })
    return verdict.kind === 'silent' ? verdict.why : verdict.kind
  }
  const twins = ['channel.cheer', 'channel.subscribe', 'channel.subscription.message', 'channel.subscription.gift']
  for (const type of twins) {
    assert.is(kindOf(type, {}), `${type} comes over IRC as well.`)
    assert.is(kindOf(type, {}, {}), 'payload', `${type} while IRC is lost`)
  }
  const bits = 'channel.bits.use'
  assert.is(kindOf(bits, { type: 'cheer' }), `${bits} comes over IRC as well.`)
  assert.is(kindOf(bits, { type: 'power_up' }), 'payload')
  const raid = (event: object) => kindOf('channel.raid', { broadcaster_user_login: undefined, ...event })
  const other = { from_broadcaster_user_login: 'other', from_broadcaster_user_id: '3003' }
  assert.match(raid({ ...other, to_broadcaster_user_login: 'Cool_Channel' }), 'over IRC')
  assert.match(raid({ ...other, to_broadcaster_user_id: '2002' }), 'over IRC')
  assert.is(raid({ from_broadcaster_user_login: 'cool_channel', to_broadcaster_user_login: 'other' }), 'payload')
  for (const type of ['channel.follow', 'channel.chat.message', 'stream.online'])
    assert.is(kindOf(type, {}), 'payload', type)
})

test('answers a challenge with the challenge, whoever is followed', () => {
  const given = delivery(verification('stream.online', 'pogchamp-kappa-360'), { type: 'webhook_callback_verification' })
  const reply = { kind: 'reply', reply: { status: 200, text: 'pogchamp-kappa-360' } }
  assert.equal(verify(given), reply)
  assert.equal(verify({ ...given, source: null }), reply)
})

test('tells of a revocation, and of what has no place here', () => {
  const revoked = verify(delivery(revocation('channel.follow', 'authorization_revoked'), { type: 'revocation' }))
  assert.equal(revoked, {
    kind: 'ended',
    why: 'Twitch ended the subscription to channel.follow: authorization_revoked.',
  })
  assert.is(verify({ ...delivery(chatEvent('m-1', 'hi')), source: null }).kind, 'foreign')
  const empty = delivery(chatEvent('m-1', 'hi'), { type: 'webhook_callback_verification' })
  assert.is(verify(empty).kind, 'foreign')
})

test('refuses what is signed right and not what EventSub sends, also while nothing is followed', () => {
  for (const source of [SOURCE, null]) {
    const refused = (body: unknown, how?: Delivering) => refusal({ ...delivery(body, how), source })
    for (const body of ['', 'hello', 'PRIVMSG #cool_channel :hi', '[]', 'null', '1']) {
      for (const type of ['notification', 'revocation', 'new_type'])
        assert.is(refused(body, { type }), 'bad_payload', `${body} ${type}`)
    }
    for (const body of ['{"event":null}', '{"a":1}', '{"event":[]}', '{"subscription":{"type":"channel.raid"}}'])
      assert.is(refused(body), 'bad_payload', body)
    assert.is(refused(chatEvent('m-1', 'hi'), { id: '' }), 'bad_payload', 'no message id')
  }
})

test('takes a time with a small t and z', () => {
  const bytes = bytesOf(chatEvent('m-1', 'hi'))
  const timestamp = new Date(NOW).toISOString().toLowerCase()
  const headers = {
    ...{ 'twitch-eventsub-message-id': 'd-1', 'twitch-eventsub-message-type': 'notification' },
    'twitch-eventsub-message-timestamp': timestamp,
    'twitch-eventsub-message-signature': sender.sign('d-1', timestamp, bytes),
  }
  assert.is(refusal({ bytes, headers, receivedAt: NOW, source: SOURCE }), 'taken as payload')
})

test.run()
