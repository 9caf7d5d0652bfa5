import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Connector, Following } from '../../../../workers/platforms/platform.ts'
import { connector } from '../../../../workers/platforms/twitch/connect.ts'
import { chatLine, roomId, TwitchIrc } from '../../../help/stand-ins/twitch-irc.ts'
import { Ear, groundOn, HASTE, orderOf } from './ear.ts'

interface Context {
  irc: TwitchIrc
  reader: Connector
}

const test = suite<Context>('twitch/connect')

test.before.each(async (context) => {
  context.irc = await TwitchIrc.start(0, { haste: HASTE })
  context.reader = connector(groundOn(context.irc.url))
})
test.after.each(async ({ irc, reader }) => {
  reader.close()
  await irc.close()
})

function follow(reader: Connector, name: string, channel = 1): { ear: Ear; following: Following } {
  const ear = new Ear()
  return { ear, following: reader.follow(orderOf(name, channel), ear) }
}

async function live(reader: Connector, name = 'cool_channel', channel = 1) {
  const followed = follow(reader, name, channel)
  await followed.ear.is('live')
  return followed
}

test('reads a channel without an account, asking for tags', async ({ irc, reader }) => {
  const { ear } = await live(reader)
  assert.equal(irc.heard.slice(0, 1), ['CAP REQ :twitch.tv/tags twitch.tv/commands'])
  assert.match(irc.heard[1] ?? '', /^NICK justinfan\d{5,6}$/)
  assert.is(irc.heard[2], 'JOIN #cool_channel')
  assert.equal(ear.words, ['connecting', 'live'])
  irc.say('Noodle_Knight', 'hello there')
  await ear.until(() => ear.texts.includes('hello there'))
})

test('learns the id of the channel', async ({ reader }) => {
  const { ear } = await live(reader)
  await ear.until(() => ear.facts.id !== undefined)
  assert.equal(ear.facts, { id: roomId('cool_channel') })
})

test('hands over the lines of a frame together and in order, and nothing of the session', async ({ irc, reader }) => {
  const { ear } = await live(reader)
  const words = ['one', 'two', 'three'].map((text) => chatLine('cool_channel', 'Mira', text))
  irc.send('cool_channel', ...words.slice(0, 2), ':tmi.twitch.tv PONG tmi.twitch.tv :x', ...words.slice(2))
  await ear.until(() => ear.texts.includes('three'))
  assert.equal(ear.bodies, [words.join('\r\n')])
})

test('hands over every kind of line that may be chat, also one that is new', async ({ irc, reader }) => {
  const { ear } = await live(reader)
  const lines = [
    ':a!a@a PRIVMSG #cool_channel :x',
    '@msg-id=raid :tmi.twitch.tv USERNOTICE #cool_channel',
    ':tmi.twitch.tv CLEARCHAT #cool_channel',
    '@target-msg-id=1 :tmi.twitch.tv CLEARMSG #cool_channel :x',
    '@msg-id=slow_on :tmi.twitch.tv NOTICE #cool_channel :slow',
    '@new=1 :tmi.twitch.tv HOLOGRAM #cool_channel :what',
  ]
  irc.send(
    'cool_channel',
    ...lines,
    '@emote-only=1;room-id=7 :tmi.twitch.tv ROOMSTATE #cool_channel',
    '@mod=0 :tmi.twitch.tv USERSTATE #cool_channel',
    ':tmi.twitch.tv HOSTTARGET #cool_channel :other 3',
    ':someone!someone@x JOIN #cool_channel',
    ':x 353 x = #cool_channel :x',
  )
  await ear.until(() => ear.facts.id === '7')
  assert.equal(ear.lines, lines)
})

test('splits a frame that holds more lines than one payload may', async ({ irc, reader }) => {
  const { ear } = await live(reader)
  const lines = Array.from({ length: 1_100 }, (_, n) => `:a!a@a PRIVMSG #cool_channel :${n}`)
  irc.send('cool_channel', ...lines)
  await ear.until(() => ear.texts.includes('1099'))
  assert.equal(
    ear.bodies.map((body) => body.split('\r\n').length),
    [500, 500, 100],
  )
  assert.equal(ear.lines, lines)
})

test('joins a channel once, however many follow it, and each gets each line', async ({ irc, reader }) => {
  const { ear: one, following } = await live(reader, 'cool_channel', 1)
  const { ear: two } = await live(reader, 'cool_channel', 2)
  const { ear: other } = await live(reader, 'other_channel', 3)
  assert.is(irc.opened, 1)
  assert.equal(irc.heard.filter((line) => line.startsWith('JOIN')).sort(), [
    'JOIN #cool_channel',
    'JOIN #other_channel',
  ])
  irc.send('cool_channel', chatLine('cool_channel', 'Mira', 'for both'))
  await two.until(() => two.lines.length === 1)
  assert.equal(one.lines, two.lines)
  assert.equal(other.lines, [])
  assert.equal(two.facts, one.facts)
  following.stop()
  irc.send('cool_channel', chatLine('cool_channel', 'Mira', 'for one'))
  await two.until(() => two.lines.length === 2)
  assert.is(one.lines.length, 1)
  assert.not(irc.heard.some((line) => line.startsWith('PART')))
})

test('leaves a channel with its last follower, and closes a connection that has none left', async ({ irc, reader }) => {
  const first = await live(reader, 'cool_channel', 1)
  const second = await live(reader, 'other_channel', 2)
  first.following.stop()
  await irc.until(() => irc.heard.includes('PART #cool_channel'))
  assert.is(irc.connections, 1)
  second.following.stop()
  await irc.until(() => irc.connections === 0)
})

test('keeps a channel that is followed again at once', async ({ irc, reader }) => {
  const { following } = await live(reader)
  following.stop()
  const { ear } = await live(reader)
  const other = await live(reader, 'other_channel', 2)
  other.following.stop()
  await irc.until(() => irc.heard.includes('PART #other_channel'))
  irc.say('Mira', 'still here')
  await ear.until(() => ear.texts.includes('still here'))
  assert.is(irc.heard.filter((line) => line === 'JOIN #cool_channel').length, 1)
  assert.not(irc.heard.includes('PART #cool_channel'))
})

test('joins many channels no faster than Twitch allows, on as few connections as it allows', async ({
  irc,
  reader,
}) => {
  const all = Array.from({ length: 100 }, (_, n) => follow(reader, `room_${n}`, n))
  await Promise.all(all.map(({ ear }) => ear.is('live')))
  assert.is(irc.opened, 2)
  assert.is(irc.channels.length, 100)
  assert.equal(irc.violations, [])
})

test('says how to help when a channel does not exist, and goes on trying', async ({ irc }) => {
  const hasty = connector(groundOn(irc.url, 10 * HASTE))
  irc.unknown.add('no_such_channel')
  const { ear } = follow(hasty, 'no_such_channel')
  await ear.is('attention')
  assert.is(
    ear.words.at(-1),
    "attention No Twitch channel named 'no_such_channel'. Check the spelling: it is the last part of twitch.tv/… A suspended channel cannot be read.",
  )
  irc.unknown.clear()
  await ear.is('live')
  assert.equal(
    ear.words.map((word) => word.split(' ')[0]),
    ['connecting', 'attention', 'live'],
  )
  hasty.close()
})

test('says the same of a suspended channel, and tries at once when asked', async ({ irc, reader }) => {
  irc.suspended.add('gone_channel')
  const { ear, following } = follow(reader, 'gone_channel')
  await ear.is("attention No Twitch channel named 'gone_channel'")
  irc.suspended.clear()
  following.retry()
  await ear.is('live')
})

test('joins again where the server has taken it out of a channel', async ({ irc, reader }) => {
  const { ear } = await live(reader)
  irc.expel('cool_channel')
  await ear.until(() => ear.words.length === 4)
  assert.equal(ear.words, ['connecting', 'live', 'connecting', 'live'])
})

test('answers pings', async ({ irc, reader }) => {
  await live(reader)
  irc.frame('PING :tmi.twitch.tv\r\n')
  await irc.until(() => irc.heard.includes('PONG :tmi.twitch.tv'))
})

test('asks a silent server whether it is there, and stays with one that answers', async ({ irc, reader }) => {
  const { ear } = await live(reader)
  const pings = () => irc.heard.filter((line) => line.startsWith('PING')).length
  await irc.until(() => pings() >= 2)
  assert.equal(ear.words, ['connecting', 'live'])
  assert.is(irc.opened, 1)
})

test('finds a connection that is open and dead, and comes back', async ({ irc, reader }) => {
  const { ear } = await live(reader)
  irc.troubles.silent()
  await ear.until(() => ear.words.length === 6)
  assert.equal(ear.words, [
    'connecting',
    'live',
    'stale',
    'retry The connection to Twitch was lost: silent for too long.',
    'connecting',
    'live',
  ])
})

test('comes back after an abrupt end, telling everyone on it when', async ({ irc, reader }) => {
  const all = await Promise.all([live(reader, 'one_room', 1), live(reader, 'two_room', 2)])
  irc.troubles.drop()
  for (const { ear } of all) {
    await ear.until(() => ear.words.length === 5)
    assert.equal(ear.words.slice(2), [
      'retry The connection to Twitch was lost: closed with 1006.',
      'connecting',
      'live',
    ])
    assert.ok(ear.pause > 0)
  }
  irc.send('two_room', chatLine('two_room', 'Mira', 'again'))
  await all[1]?.ear.until(() => all[1]?.ear.texts.includes('again') === true)
})

test('keeps trying while handshakes are refused, and tells whoever comes meanwhile', async ({ irc, reader }) => {
  const { ear } = await live(reader)
  irc.refuse(true)
  irc.troubles.drop()
  await ear.is('retry Twitch cannot be reached: answered 500 instead of opening.')
  const late = follow(reader, 'other_channel', 2)
  await late.ear.is('retry Twitch cannot be reached')
  irc.refuse(false)
  await Promise.all([ear.is('live'), late.ear.is('live')])
})

test('tries at once when asked', async ({ irc }) => {
  // In its own time the next try comes in half a second or more.
  const patient = connector(groundOn(irc.url, 1))
  const { ear, following } = await live(patient)
  irc.troubles.drop()
  await ear.is('retry')
  const asked = irc.opened
  following.retry()
  await irc.until(() => irc.opened === asked + 1)
  await ear.is('live')
  patient.close()
})

test('follows a server that says that it goes away without losing or doubling anything', async ({ irc, reader }) => {
  const { ear } = await live(reader, 'cool_channel', 1)
  const other = await live(reader, 'other_channel', 2)
  irc.troubles.reconnect()
  const said: string[] = []
  for (let n = 0; irc.opened < 2 || irc.connections !== 1; n++) {
    const text = `during ${n}`
    said.push(text)
    irc.send('cool_channel', chatLine('cool_channel', 'Mira', text, `id-${n}`))
    await ear.until(() => ear.texts.includes(text))
  }
  assert.equal(ear.words, ['connecting', 'live', 'live filled'])
  assert.equal(other.ear.words, ['connecting', 'live', 'live filled'])
  assert.equal([...new Set(ear.texts)], said)
  const ids = new Set(ear.lines.map((line) => /;id=([^;]+)/.exec(line)?.[1]))
  assert.is(ids.size, said.length)
  assert.equal(irc.violations, [])
})

test('keeps every channel until the next connection has them all', async ({ irc, reader }) => {
  // More than may be asked for in one window.
  const all = await Promise.all(Array.from({ length: 30 }, (_, n) => live(reader, `room_${n}`, n)))
  irc.troubles.reconnect()
  await irc.until(() => irc.opened === 2 && irc.connections === 1)
  for (const { ear } of all) assert.equal(ear.words, ['connecting', 'live', 'live filled'])
  assert.is(irc.channels.length, 30)
})

test('joins a channel that comes meanwhile over the connection that still hears, whatever becomes of the next', async ({
  irc,
  reader,
}) => {
  const { ear } = await live(reader)
  irc.refusesLogin = true
  irc.troubles.reconnect()
  await irc.until(() => irc.opened === 2)
  const late = follow(reader, 'other_channel', 2)
  await late.ear.is('live')
  irc.refusesLogin = false
  await irc.until(() => irc.connections === 1 && irc.opened > 2)
  assert.equal(ear.words, ['connecting', 'live', 'live filled'])
  assert.equal(late.ear.words, ['connecting', 'live', 'live filled'])
})

test('takes a line without id or time once, although two connections bring it', async ({ irc, reader }) => {
  const { ear } = await live(reader)
  irc.troubles.reconnect()
  await irc.until(() => irc.listeners('cool_channel') === 2)
  irc.send('cool_channel', '@msg-id=slow_on :tmi.twitch.tv NOTICE #cool_channel :This room is in slow mode.')
  irc.send('cool_channel', chatLine('cool_channel', 'Mira', 'the end', 'id-1'))
  await ear.until(() => ear.texts.filter((text) => text === 'the end').length === 2)
  assert.is(ear.texts.filter((text) => text.startsWith('This room')).length, 1)
})

test('leaves a gap when the old connection ends before the new one has joined', async ({ irc, reader }) => {
  const { ear } = await live(reader)
  irc.unknown.add('cool_channel')
  irc.troubles.reconnect()
  await irc.until(() => irc.connections === 2)
  await irc.until(() => irc.connections === 1)
  irc.unknown.clear()
  await ear.until(() => ear.words.at(-1) === 'live' && ear.words.length > 2)
  assert.not(ear.words.includes('live filled'))
})

test('stays calm whatever comes', async ({ irc, reader }) => {
  const { ear } = await live(reader)
  irc.troubles.garbage()
  irc.say('Mira', 'after the noise')
  await ear.until(() => ear.texts.includes('after the noise'))
  assert.equal(ear.words, ['connecting', 'live'])
  assert.is(irc.opened, 1)
})

test('goes elsewhere when tags are refused', async ({ irc, reader }) => {
  irc.refusesTags = true
  const { ear } = follow(reader, 'cool_channel')
  await ear.is('retry The connection to Twitch was lost: tags are refused.')
  irc.refusesTags = false
  await ear.is('live')
})

test('tries another name when the login fails', async ({ irc, reader }) => {
  irc.refusesLogin = true
  const { ear } = follow(reader, 'cool_channel')
  await ear.is('retry The connection to Twitch was lost: Login authentication failed.')
  irc.refusesLogin = false
  await ear.is('live')
  const names = irc.heard.filter((line) => line.startsWith('NICK'))
  assert.ok(new Set(names).size > 1)
})

test('stops reading while the line takes no more, and misses nothing', async ({ irc, reader }) => {
  const { ear } = await live(reader)
  let room = () => {}
  ear.full = new Promise((resolve) => {
    room = resolve
  })
  irc.say('Mira', 'first')
  await ear.until(() => ear.lines.length === 1)
  for (let n = 0; n < 50; n++) irc.say('Mira', `then ${n}`)
  irc.frame('PING :are you there\r\n')
  // What is asked over another connection is answered: the loop has turned, and nothing was read here.
  const beside = connector(groundOn(irc.url))
  const { ear: witness } = await live(beside, 'other_channel', 9)
  irc.send('other_channel', chatLine('other_channel', 'Mira', 'x'))
  await witness.until(() => witness.lines.length === 1)
  assert.not(irc.heard.includes('PONG :are you there'))
  assert.is(ear.lines.length, 1)
  ear.full = null
  room()
  await ear.until(() => ear.lines.length === 51)
  beside.close()
})

test.run()
