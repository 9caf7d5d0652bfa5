import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kick as platform } from '../../../../workers/platforms/kick/index.ts'
import { ASK_AT_MOST_EVERY_MS, KEY_GOOD_FOR_MS, SigningKey } from '../../../../workers/platforms/kick/signing-key.ts'
import { MAX_AGE_MS, verifier } from '../../../../workers/platforms/kick/verify.ts'
import {
  BadDelivery,
  BadPayload,
  type Delivery,
  type Ground,
  type Verdict,
  type Verifier,
} from '../../../../workers/platforms/platform.ts'
import { broadcaster, chatBody, Kick } from '../../../help/stand-ins/kick.ts'
import type { Oddity } from '../../../help/stand-ins/kick-sender.ts'

const test = suite('kick verify')
const CHANNEL = { slug: 'cool-channel', userId: 2_001 }
const SOURCE: Delivery['source'] = { name: 'cool-channel', options: {}, facts: {} }
const clock = { now: 1_800_000_000_000 }
let kick: Kick

test.before.each(async () => {
  kick = await Kick.start()
  clock.now = 1_800_000_000_000
})
test.after.each(() => kick.close())

function ground(): Ground {
  return {
    settings: { kickPublicKeyUrl: kick.env.CROSSCHAT_KICK_PUBLIC_KEY_URL ?? '' },
    ms: (ms) => ms,
    now: () => clock.now,
    steady: () => clock.now,
    random: Math.random,
  }
}

const said = (text: string) => chatBody({ id: 'm-1', name: 'Noodle_Knight', text, at: '2026-05-01T18:00:01Z' })
const CHAT = { broadcaster: broadcaster(CHANNEL), ...said('hi') }

interface Sent {
  type?: string
  body?: object | string
  oddity?: Oddity
  source?: Delivery['source']
}

function delivery({ type = 'chat.message.sent', body = CHAT, oddity = {}, source = SOURCE }: Sent = {}): Delivery {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const headers = kick.sender.headers(type, text, { at: clock.now, ...oddity })
  return { bytes: Buffer.from(text), headers, receivedAt: clock.now, source }
}

async function refusal(verify: Verifier, sent: Sent | Delivery): Promise<string> {
  try {
    await verify('bytes' in sent ? sent : delivery(sent))
    return 'taken'
  } catch (error) {
    assert.instance(error, BadDelivery, String(error))
    return (error as BadDelivery).code
  }
}

function textOf(verdict: Verdict): unknown {
  if (verdict.kind !== 'payload') return verdict
  const [payload] = platform.read(verdict.body, verdict.headers)
  const [event] =
    payload === undefined ? [] : platform.normalise(payload, { receivedAt: clock.now, delivery: 'd' }).events
  return event?.kind === 'message' ? event.text : event
}

test('takes a delivery signed over its raw bytes, whatever letters are in it', async () => {
  const verify = verifier(ground())
  for (const text of ['hi', 'olá 雪 👋🏽 \u2028', '"quoted" \\ \n']) {
    assert.is(textOf(await verify(delivery({ body: { ...CHAT, content: text } }))), text.replace('\n', ' ').trimEnd())
  }
  const spaced = `  ${JSON.stringify(CHAT, null, 2)}\n`
  assert.is(textOf(await verify(delivery({ body: spaced }))), 'hi')
})

test('refuses a signature over anything else', async () => {
  const verify = verifier(ground())
  const other = JSON.stringify({ ...CHAT, content: 'other' })
  assert.is(await refusal(verify, { oddity: { signed: other } }), 'bad_signature')
  for (const name of ['message-id', 'message-timestamp'])
    assert.is(
      await refusal(verify, { oddity: { headers: { [name]: new Date(clock.now + 1_000).toISOString() } } }),
      'bad_signature',
    )
})

test('refuses missing and malformed headers, and never throws anything else', async () => {
  const verify = verifier(ground())
  const names = ['message-id', 'signature', 'message-timestamp', 'type']
  const values = [null, '', ' ', 'ünïcode\n', 'a'.repeat(5_000), 'a, b', '====', '0001-01-01T00:00:00Z']
  for (const name of names) {
    for (const value of values) {
      assert.is(await refusal(verify, { oddity: { headers: { [name]: value } } }), 'bad_signature', `${name}: ${value}`)
    }
  }
  for (const signature of ['AAAA', 'c2hvcnQ=', Buffer.alloc(256).toString('base64')])
    assert.is(await refusal(verify, { oddity: { headers: { signature } } }), 'bad_signature')
  assert.is(await refusal(verify, { ...delivery(), headers: {} }), 'bad_signature')
})

test('refuses what is too old or from the future, and takes what is just in time', async () => {
  const verify = verifier(ground())
  for (const ago of [MAX_AGE_MS + 1_000, -MAX_AGE_MS - 1_000])
    assert.is(await refusal(verify, { oddity: { at: clock.now - ago } }), 'stale_delivery')
  for (const ago of [MAX_AGE_MS, -MAX_AGE_MS])
    assert.is(await refusal(verify, { oddity: { at: clock.now - ago } }), 'taken')
})

test('drops what is about another channel, about none, or comes while nothing is followed', async () => {
  const verify = verifier(ground())
  const kindOf = async (sent: Sent) => (await verify(delivery(sent))).kind
  const about = (slug: unknown, userId: unknown) => ({
    ...CHAT,
    broadcaster: { channel_slug: slug, user_id: userId },
  })
  assert.is(await kindOf({ body: about('other-channel', 3_001) }), 'foreign')
  assert.is(await kindOf({ body: said('hi') }), 'foreign')
  assert.is(await kindOf({ body: '{"event":null}' }), 'foreign')
  assert.is(await kindOf({ body: about(null, null) }), 'foreign')
  assert.is(await kindOf({ source: null }), 'foreign')
  const known = { ...SOURCE, facts: { userId: '2001' } }
  assert.is(await kindOf({ body: about('renamed', 2_001), source: known }), 'payload')
  assert.is(await kindOf({ body: about('renamed', 2_002), source: known }), 'foreign')
  assert.is(await kindOf({ body: about('Cool_Channel', null) }), 'payload')
})

test('refuses what is signed right and no JSON object, also while nothing is followed', async () => {
  const verify = verifier(ground())
  for (const body of ['null', '1', '"hi"', '[]', JSON.stringify([CHAT])]) {
    assert.is(await refusal(verify, { body }), 'bad_payload', body)
    assert.is(await refusal(verify, { body, source: null }), 'bad_payload', body)
  }
})

test('takes a time with a small t and z', async () => {
  const time = new Date(clock.now).toISOString().toLowerCase()
  assert.is(textOf(await verifier(ground())(delivery({ oddity: { time } }))), 'hi')
})

test('learns of the channel what the delivery says of it', async () => {
  const avatar = 'https://files.kick.com/images/user/1.webp'
  const about = { ...broadcaster(CHANNEL), username: 'Cool_Channel', profile_picture: avatar }
  const verdict = await verifier(ground())(delivery({ body: { ...CHAT, broadcaster: about } }))
  assert.equal(verdict.kind === 'payload' && verdict.learnt, {
    id: '2001',
    userId: '2001',
    title: 'Cool_Channel',
    avatar,
  })
})

test('lets a body that its type belies be refused, and a new type be told', async () => {
  const verify = verifier(ground())
  for (const type of ['channel.followed', 'moderation.banned', 'livestream.metadata.updated', 'kicks.gifted']) {
    const verdict = await verify(delivery({ type }))
    assert.throws(
      () => textOf(verdict),
      (error: unknown) => error instanceof BadPayload,
    )
  }
  const raved = textOf(await verify(delivery({ type: 'channel.raved' })))
  assert.is((raved as { what?: string }).what, 'other')
  const broken = await verify(delivery({ body: '{"broadcaster":' }))
  assert.throws(
    () => textOf(broken),
    (error: unknown) => error instanceof BadPayload,
  )
})

test('reads no delivery as a frame of the socket', async () => {
  const body = { ...CHAT, event: 'App\\Events\\ChatroomClearEvent', data: '{}', push: {} }
  assert.is(textOf(await verifier(ground())(delivery({ body }))), 'hi')
})

test('asks for the key once, however many deliveries come', async () => {
  const verify = verifier(ground())
  await Promise.all(Array.from({ length: 20 }, () => verify(delivery())))
  assert.is(kick.count('key'), 1)
})

test('takes a new key when a signature does not fit, and asks at most once a minute', async () => {
  const verify = verifier(ground())
  await verify(delivery())
  kick.sender.rotate()
  assert.is(await refusal(verify, {}), 'bad_signature')
  assert.is(kick.count('key'), 1)
  clock.now += ASK_AT_MOST_EVERY_MS
  const all = await Promise.all(Array.from({ length: 20 }, () => refusal(verify, {})))
  assert.equal([...new Set(all), kick.count('key')], ['taken', 2])
})

test('asks for the key again now and then, without anybody waiting', async () => {
  const verify = verifier(ground())
  await verify(delivery())
  clock.now += KEY_GOOD_FOR_MS
  kick.key = 'hanging'
  assert.is(await refusal(verify, {}), 'taken')
  await kick.until(() => kick.count('key') === 2)
})

test('goes on with the key it knows while Kick gives none', async () => {
  for (const answer of ['down', 'garbage'] as const) {
    kick.key = answer
    const verify = verifier(ground(), new SigningKey(ground(), kick.sender.publicKey))
    assert.is(await refusal(verify, {}), 'taken', answer)
    assert.is(await refusal(verifier(ground()), {}), 'bad_signature', answer)
  }
})

test('waits for an address that does not answer once, and not for long', async () => {
  kick.key = 'hanging'
  const verify = verifier(ground(), new SigningKey(ground(), kick.sender.publicKey))
  const all = await Promise.all(Array.from({ length: 5 }, () => refusal(verify, {})))
  assert.equal([...new Set(all), kick.count('key')], ['taken', 1])
  assert.is(await refusal(verify, { oddity: { signed: 'x' } }), 'bad_signature')
  assert.is(kick.count('key'), 1)
})

test.run()
