import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { read } from '../../../../workers/platforms/kick/read.ts'
import { BadPayload, MAX_ITEMS, type PushHeaders } from '../../../../workers/platforms/platform.ts'

const test = suite('kick read')

const FRAME = { event: 'App\\Events\\ChatroomClearEvent', data: '{"id":"1"}', channel: 'chatrooms.5.v2' }
const DELIVERY = { type: 'channel.followed', body: { follower: { username: 'ana' } } }
const { channel, ...data } = FRAME
const PUSH = { push: { channel, pub: { data } } }

function refused(body: string, headers: PushHeaders = {}): BadPayload {
  try {
    read(body, headers)
  } catch (error) {
    assert.instance(error, BadPayload)
    return error as BadPayload
  }
  throw new Error('it was taken')
}

test('gives a webhook’s body the type of its header', () => {
  const headers = { 'kick-event-type': 'channel.followed' }
  assert.equal(read(JSON.stringify(DELIVERY.body), headers), [{ item: 0, value: DELIVERY, headers }])
})

test('takes frames, pushes and typed bodies, alone and mixed', () => {
  assert.equal(
    read(JSON.stringify([FRAME, PUSH, DELIVERY]), {}).map(({ item, value }) => [item, value]),
    [
      [0, FRAME],
      [1, FRAME],
      [2, DELIVERY],
    ],
  )
})

test('says that the header is missing when nothing tells the type', () => {
  const { item, message } = refused(JSON.stringify([FRAME, DELIVERY.body]))
  assert.is(item, 1)
  assert.match(message, /^Item 1: the header Kick-Event-Type is missing/)
})

test('names the item that Kick does not send', () => {
  for (const odd of [null, 3, 'text', [], { push: {} }, { push: { pub: { data: { event: 7 } } } }]) {
    const { item, message } = refused(JSON.stringify([FRAME, odd]), { 'kick-event-type': 'channel.followed' })
    assert.is(item, 1)
    assert.match(message, /^Item 1: (not a webhook body|the push holds no publication)/)
  }
})

test('names the frame whose data is no JSON, and asks none of those that are about the connection for any', () => {
  const broken = { event: 'App\\Events\\ChatMessageEvent', data: '{"id":' }
  const said = 'Item 1: the data of "App\\Events\\ChatMessageEvent" is not valid JSON.'
  assert.is(refused(JSON.stringify([FRAME, broken])).message, said)
  assert.is(refused(JSON.stringify([FRAME, { push: { channel: 'x', pub: { data: broken } } }])).message, said)
  assert.is(read('{"event":"pusher:pong","data":""}', {}).length, 1)
})

test('refuses a body that is empty or no JSON, and more items than it takes', () => {
  assert.is(refused('').message, 'Item 0: the body is empty.')
  assert.is(refused('[]').message, 'Item 0: the array is empty.')
  assert.is(refused('[').message, 'Item 0: the body is not valid JSON.')
  assert.match(refused(JSON.stringify(Array(MAX_ITEMS + 1).fill(FRAME))).message, /more than 500 items/)
})

test('refuses a body that its type belies, whichever of the types it is', () => {
  const bodies: [type: string, body: object][] = [
    ['chat.message.sent', { message_id: 'm-1', content: 'hi' }],
    ['channel.followed', { follower: {} }],
    ['channel.subscription.new', { subscriber: {}, duration: 1 }],
    ['channel.subscription.gifts', { gifter: {}, giftees: [] }],
    ['channel.reward.redemption.updated', { redeemer: {}, reward: {} }],
    ['livestream.status.updated', { is_live: true, title: 'x' }],
    ['livestream.metadata.updated', { metadata: { title: 'x' } }],
    ['moderation.banned', { banned_user: {}, metadata: { reason: 'x' } }],
    ['kicks.gifted', { gift: { amount: 1 } }],
  ]
  for (const [type, body] of bodies) {
    const text = JSON.stringify({ broadcaster: {}, ...body })
    for (const [said] of bodies) {
      if (said === type) assert.is(read(text, { 'kick-event-type': said }).length, 1)
      else assert.match(refused(text, { 'kick-event-type': said }).message, `the type says "${said}", and`)
    }
    assert.is(read(text, { 'kick-event-type': 'channel.raved' }).length, 1)
  }
  for (const [said] of bodies) assert.is(read('{"broadcaster":{}}', { 'kick-event-type': said }).length, 1)
})

test('is not taken in by keys of the prototype', () => {
  assert.match(refused('{"__proto__":{"event":"x","data":"{}"}}').message, /Kick-Event-Type is missing/)
})

test.run()
