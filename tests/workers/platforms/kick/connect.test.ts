import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { connector } from '../../../../workers/platforms/kick/connect.ts'
import type { Connector } from '../../../../workers/platforms/platform.ts'
import { chatData, Kick } from '../../../help/stand-ins/kick.ts'
import { Followed, groundOf } from './followed.ts'

const test = suite('kick connect')
/** Much more than what is allowed for anyhow. */
const AHEAD_MS = 5 * 60_000
let kick: Kick
let made: Connector
let followed: Followed[]

test.before.each(async () => {
  kick = await Kick.start()
  made = connector(groundOf(kick))
  followed = []
})
test.after.each(async () => {
  for (const { following } of followed) following.stop()
  made.close()
  await kick.close()
})

function follow(order: Parameters<typeof Followed.start>[1] = {}): Followed {
  const one = Followed.start(made, order)
  followed.push(one)
  return one
}

/** Somebody writes until it arrives: what is written while nobody is connected is lost. */
async function heard(one: Followed, text: string): Promise<void> {
  await one.state('live')
  kick.say('Noodle_Knight', text)
  await one.until(() => one.texts.includes(text))
}

const channelsOfLines = () => [...kick.lines].map(({ channels }) => [...channels])

test('waits for signed deliveries without the switch, and is live from the first one on', () => {
  const one = follow({ options: {}, leftAt: 400 })
  assert.is(one.source.report.state, 'waiting')
  assert.match(one.source.report.error ?? '', /^Waiting for signed deliveries/)
  one.following.delivered?.()
  assert.equal([one.source.report.state, one.source.report.way, one.gaps], ['live', 'signed deliveries', []])
  assert.is(kick.asked.size, 0)
})

test('looks the channel up once and for good, and subscribes all of its channels over Centrifugo', async () => {
  const one = follow()
  await heard(one, 'olá 雪 👋🏽')
  const { id, userId, chatroomId } = kick.channel('cool-channel')
  const { avatar, ...facts } = one.facts
  assert.match(avatar ?? '', /^https:\/\/files\.kick\.com\//)
  assert.equal(facts, {
    id: String(userId),
    userId: String(userId),
    channelId: String(id),
    chatroomId: String(chatroomId),
    title: 'cool-channel',
  })
  await kick.until(() => kick.count('subscribe') === 5)
  assert.equal(channelsOfLines(), [
    [
      `chatrooms.${chatroomId}.v2`,
      `chatrooms.${chatroomId}`,
      `chatroom_${chatroomId}`,
      `channel.${id}`,
      `channel_${id}`,
    ],
  ])
  assert.is(one.source.report.way, 'unofficial socket')
  const again = follow({ facts: one.facts })
  await again.state('live')
  assert.is(kick.count('lookup'), 1)
})

test('says how to paste the ids when the look-up is blocked, and lives by those that were typed in', async () => {
  kick.lookup = 'blocked'
  const one = follow()
  await one.state('attention')
  assert.match(
    one.source.report.error ?? '',
    `Open ${kick.env.CROSSCHAT_KICK_CHANNEL_URL}/cool-channel in your browser`,
  )
  assert.is(kick.count('negotiate'), 0)
  one.following.stop()
  const typed = follow({ options: { socket: 'yes', channelId: '6006', chatroomId: '5005' } })
  await heard(typed, 'hi')
  assert.ok(channelsOfLines()[0]?.includes('channel_6006'))
  assert.ok(channelsOfLines()[0]?.includes('chatrooms.5005.v2'))
})

test('tries the look-up again when a person asks, and by itself when Kick was only busy', async () => {
  kick.lookup = 'missing'
  const one = follow()
  await one.state('attention')
  assert.match(one.source.report.error ?? '', /no channel “cool-channel”/)
  kick.lookup = 'busy'
  one.following.retry()
  await one.state('retry')
  kick.lookup = 'found'
  await heard(one, 'hi')
})

test('needs no channel id, and refuses what is none', async () => {
  kick.lookup = 'blocked'
  await heard(follow({ options: { socket: 'yes', chatroomId: '5005' } }), 'hi')
  assert.is(channelsOfLines()[0]?.length, 3)
  const wrong = follow({ options: { socket: 'yes', chatroomId: '50/05' } })
  assert.is(wrong.source.report.state, 'attention')
})

test('reads Pusher when it is the one that Kick names, and when Kick names none', async () => {
  kick.providers = ['pusher']
  const one = follow()
  await heard(one, 'named')
  assert.is(one.source.report.way, 'unofficial Pusher socket')
  kick.providers = null
  const other = follow({ name: 'other-channel' })
  await heard(other, 'unnamed')
  assert.equal([kick.count('open centrifugo'), kick.count('pusher:subscribe')], [0, 10])
})

test('falls back to the other provider when one does not work', async () => {
  kick.working.delete('centrifugo')
  const one = follow()
  await heard(one, 'by Pusher')
  assert.ok(kick.count('open centrifugo') >= 1)
  kick.working.add('centrifugo')
  kick.working.delete('pusher')
  kick.troubles.drop?.()
  await one.state('retry')
  await heard(one, 'by Centrifugo')
})

test('falls back when the chat’s own channel is refused, not when another one is', async () => {
  const { chatroomId } = kick.channel('cool-channel')
  kick.manners.refused.add(`chatroom_${chatroomId}`)
  const one = follow()
  await one.state('live')
  one.following.stop()
  kick.manners.refused.add(`chatrooms.${chatroomId}.v2`)
  const other = follow()
  await kick.until(() => kick.count('open centrifugo') >= 2 && kick.count('open pusher') >= 1)
  kick.manners.refused.clear()
  await heard(other, 'hi')
})

test('goes over to the other provider when Kick switches', async () => {
  const one = follow()
  await heard(one, 'before')
  kick.troubles.switch?.()
  await one.state('retry')
  await heard(one, 'after')
  assert.is(one.source.report.way, 'unofficial Pusher socket')
})

test('takes every object of a batch in order, and answers the pings between them', async () => {
  const one = follow()
  await one.state('live')
  const said = (id: string) => ({
    event: 'App\\Events\\ChatMessageEvent',
    data: chatData({ id, name: 'Noodle_Knight', text: id, at: '2026-05-01T18:00:01Z' }),
  })
  const before = kick.count('pong')
  kick.frames([said('one'), said('two'), said('three')])
  await one.until(() => one.texts.length === 3)
  assert.equal(one.texts, ['one', 'two', 'three'])
  await kick.until(() => kick.count('pong') > before)
})

test('leaves one gap for what was missed, and comes back by itself from a lost connection', async () => {
  for (const providers of [['centrifugo'], ['pusher']] as const) {
    kick.providers = [...providers]
    const one = follow()
    await heard(one, 'before')
    kick.troubles.drop?.()
    await one.state('retry')
    await heard(one, 'after')
    assert.is(one.gaps.length, 1)
    one.following.stop()
  }
})

test('comes back from sockets that refuse, and from garbage between the messages', async () => {
  const one = follow()
  await heard(one, 'before')
  kick.troubles.garbage?.()
  await heard(one, 'between')
  kick.troubles.refuse?.()
  await one.state('retry')
  await heard(one, 'after')
  kick.providers = ['pusher']
  kick.troubles.drop?.()
  await one.state('retry')
  await heard(one, 'by Pusher')
  kick.troubles.garbage?.()
  await heard(one, 'at last')
  assert.is(one.events.length, 5)
})

test('finds a connection that is open and dead', async () => {
  for (const providers of [['centrifugo'], ['pusher']] as const) {
    kick.providers = [...providers]
    const one = follow()
    await heard(one, 'before')
    kick.troubles.silent?.()
    await one.state('retry')
    assert.match(one.source.report.error ?? '', /silent for too long/)
    await heard(one, 'after')
    assert.is(one.states.includes('stale'), providers[0] === 'centrifugo')
    one.following.stop()
  }
})

test('gets a fresh token before the old one ends, and when it has ended', async () => {
  kick.manners.ttl = 4
  const one = follow()
  await heard(one, 'before')
  await kick.until(() => kick.count('refresh') >= 2)
  assert.equal([one.states.includes('retry'), kick.count('connect')], [false, 1])
  kick.troubles.expired?.()
  await one.state('retry')
  await heard(one, 'after')
})

test('leaves a provider alone that wants nothing of it, and comes back as somebody else', async () => {
  const one = follow()
  await heard(one, 'before')
  kick.end(3_501, 'bad request')
  await one.state('retry')
  await heard(one, 'by Pusher')
  assert.equal([one.source.report.way, kick.count('open centrifugo')], ['unofficial Pusher socket', 1])
  kick.pusherError(4_001)
  await one.until(() => /for some minutes/.test(one.source.report.error ?? ''))
  const { retryAt } = one.source.report
  assert.ok((retryAt ?? 0) > Date.now())
  assert.is(new Set(kick.clientIds).size, 3)
  one.following.retry()
  await heard(one, 'asked for')
})

test('obeys the codes of Pusher’s errors', async () => {
  kick.providers = ['pusher']
  const one = follow()
  await one.state('live')
  for (const code of [4_100, 4_201]) {
    await heard(one, `before ${code}`)
    kick.pusherError(code)
    await one.state('retry')
    await heard(one, `after ${code}`)
  }
  kick.pusherError(4_301)
  await heard(one, 'a client’s event was refused')
  assert.is(new Set(kick.clientIds).size, 1)
})

test('reads no further while the line takes no more, and loses nothing of it', async () => {
  const one = follow()
  await one.state('live')
  let open = () => {}
  one.room = new Promise((resolve) => {
    open = () => {
      one.room = null
      resolve()
    }
  })
  const say = (n: number) => kick.say('Noodle_Knight', `line ${n} ${'x'.repeat(3_000)}`)
  say(0)
  await one.until(() => one.texts.length === 1)
  const many = 500
  for (let n = 1; n <= many; n++) say(n)
  // A whole round to the other side and back goes by.
  await Promise.all(Array.from({ length: 5 }, () => fetch(`${kick.base}/public/v1/public-key`)))
  assert.ok(one.texts.length < many, `${one.texts.length} were read`)
  open()
  await one.until(() => one.texts.length === many + 1)
  assert.equal(
    one.texts.map((text) => Number(text.split(' ')[1])),
    Array.from({ length: many + 1 }, (_, n) => n),
  )
})

test('fills what was missed from the history when that reaches back far enough', async () => {
  const one = follow()
  await heard(one, 'before')
  const at = (ago: number) => new Date(Date.now() - ago).toISOString()
  const entry = (id: string, ago: number) => chatData({ id, name: 'Quiet_Harbor', text: id, at: at(ago) })
  kick.history = [entry('missed two', -1_000), entry('long ago', 600_000), entry('missed one', 0)]
  kick.troubles.drop?.()
  await one.state('retry')
  await heard(one, 'after')
  assert.equal([one.texts, one.gaps], [['before', 'missed one', 'missed two', 'after'], []])
  kick.history = [entry('missed three', -1_000)]
  kick.troubles.drop?.()
  await one.state('retry')
  await heard(one, 'at last')
  assert.equal([one.texts.slice(-2), one.gaps.length], [['missed three', 'at last'], 1])
})

test('fills what was missed where the clock here is ahead of Kick’s', async () => {
  made.close()
  made = connector({ ...groundOf(kick), now: () => Date.now() + AHEAD_MS })
  const one = follow()
  await heard(one, 'before')
  const entry = (id: string, ago: number) =>
    chatData({ id, name: 'Quiet_Harbor', text: id, at: new Date(Date.now() - ago).toISOString() })
  kick.history = [entry('long ago', 600_000), entry('missed', 0)]
  kick.troubles.drop?.()
  await one.state('retry')
  await heard(one, 'after')
  assert.equal([one.texts, one.gaps], [['before', 'missed', 'after'], []])
})

test('opens nothing any more once it is stopped', async () => {
  const one = follow()
  await one.state('live')
  one.following.stop()
  await kick.until(() => kick.lines.size === 0)
  const early = follow()
  early.following.stop()
  early.following.retry()
  assert.is(early.source.report.state, 'connecting')
})

test.run()
