import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseLine } from '../../../../workers/platforms/twitch/irc.ts'
import { glance, isChat, linesOf } from '../../../../workers/platforms/twitch/irc-glance.ts'
import { chatLine } from './given.ts'

const test = suite('twitch/irc-glance')

test('sees command and first parameter, as the whole reading does', () => {
  const lines = [
    chatLine('hello'),
    ':tmi.twitch.tv 001 me :Welcome',
    'PING :tmi.twitch.tv',
    'RECONNECT',
    '@a=b  :x   CLEARCHAT   #room',
    'privmsg #room hi',
    ':tmi.twitch.tv NOTICE * :Login authentication failed',
  ]
  for (const line of lines) {
    const parsed = parseLine(line)
    assert.equal(glance(line).command, parsed?.command, line)
    assert.equal(glance(line).target.replace(/^:/, ''), parsed?.params[0] ?? '', line)
  }
})

test('sees nothing in what is no line', () => {
  for (const line of ['', ' ', '@', ':', '@a=b', ':x', '@a=b :x', '1', '{"a":1}', '#room', '\u0000'])
    assert.equal(glance(line), { command: '', target: '' }, JSON.stringify(line))
})

test('sees no command in letters that only become one in upper case', () => {
  for (const line of ['ß', 'ﬀ #room :hi', ':x ſay #room :hi']) {
    assert.is(parseLine(line), undefined)
    assert.is(glance(line).command, '', line)
  }
})

test('calls chat what names a channel and is not about the session', () => {
  const chat = (line: string) => isChat(glance(line))
  for (const command of ['PRIVMSG', 'USERNOTICE', 'CLEARCHAT', 'CLEARMSG', 'NOTICE', 'HOLOGRAM'])
    assert.ok(chat(`:x ${command} #room :y`), command)
  for (const command of ['JOIN', 'PART', 'ROOMSTATE', 'USERSTATE', '353', '366', 'HOSTTARGET'])
    assert.not(chat(`:x ${command} #room :y`), command)
  for (const line of ['NOTICE * :x', 'WHISPER me :x', 'PRIVMSG', 'RECONNECT', '{"#room":1}'])
    assert.not(chat(line), line)
})

test('splits a frame at either end of line', () => {
  assert.equal(linesOf('a\r\nb\n\r\n\nc'), ['a', 'b', 'c'])
  assert.equal(linesOf('\r\n'), [])
})

test.run()
