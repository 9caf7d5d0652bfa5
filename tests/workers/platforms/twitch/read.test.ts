import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BadPayload, MAX_ITEMS } from '../../../../workers/platforms/platform.ts'
import { twitch } from '../../../../workers/platforms/twitch/index.ts'
import { chatLine, webhook } from './given.ts'

const test = suite('twitch/read')
const TEXT = { 'content-type': 'text/plain; charset=utf-8' }
const JSON_TYPE = { 'content-type': 'application/json' }

function refusal(body: string, headers: Record<string, string>): BadPayload {
  try {
    twitch.read(body, headers)
  } catch (error) {
    if (error instanceof BadPayload) return error
    throw error
  }
  throw new Error('it was taken')
}

test('takes lines with either line end and skips empty ones', () => {
  const payloads = twitch.read('PING :a\r\n\r\nPING :b\nPING :c\r\n', TEXT)
  assert.equal(
    payloads.map(({ item, value }) => [item, value]),
    [
      [0, 'PING :a'],
      [1, 'PING :b'],
      [2, 'PING :c'],
    ],
  )
})

test('hands the headers on with every payload', () => {
  const headers = { ...JSON_TYPE, 'twitch-eventsub-message-id': 'm-1' }
  assert.is(twitch.read(JSON.stringify(webhook('channel.follow', {})), headers)[0]?.headers, headers)
})

test('knows JSON by its beginning when no type is given, also behind a byte order mark', () => {
  const body = JSON.stringify(webhook('channel.follow', {}))
  assert.type(twitch.read(`\ufeff ${body}`, {})[0]?.value, 'object')
  assert.type(twitch.read(chatLine('hi'), {})[0]?.value, 'string')
})

test('takes an array of webhook bodies and socket messages in order', () => {
  const socket = { metadata: { message_type: 'session_keepalive', message_id: 'k' }, payload: {} }
  const payloads = twitch.read(JSON.stringify([webhook('channel.follow', {}), socket]), JSON_TYPE)
  assert.equal(
    payloads.map(({ item }) => item),
    [0, 1],
  )
})

test('refuses an empty body, an empty array and JSON that does not parse', () => {
  for (const body of ['', ' \r\n ', '[]', '{"subscription":', 'nope']) {
    const error = refusal(body, JSON_TYPE)
    assert.is(error.item, 0)
    assert.match(error.message, /^Item 0: /)
  }
  assert.match(refusal('\r\n', TEXT).message, /empty/)
})

test('names the item that is not an EventSub message', () => {
  const good = webhook('channel.follow', {})
  for (const bad of [null, 7, 'x', [], {}, { subscription: {} }, { metadata: [] }, { type: 'channel.follow' }]) {
    const error = refusal(JSON.stringify([good, bad]), JSON_TYPE)
    assert.is(error.item, 1, JSON.stringify(bad))
  }
})

test('names the line that is not one of IRC, and takes nothing of its body', () => {
  const good = chatLine('hi')
  for (const bad of [
    'hello world',
    'Hello',
    '@tags-without-a-line',
    ':prefix',
    '@a=b :c!c@c ',
    '<b>',
    '{',
    '12 x',
    'ä #c :x',
  ]) {
    const error = refusal([good, '', bad, good].join('\r\n'), TEXT)
    assert.is(error.item, 1, bad)
    assert.match(error.message, /not an IRC line/)
  }
})

test('takes lines as texts of JSON, too', () => {
  const [one, two] = [chatLine('one'), chatLine('two')]
  const payloads = twitch.read(JSON.stringify([`${one}\r\n`, two, webhook('channel.follow', {})]), JSON_TYPE)
  assert.equal(
    payloads.slice(0, 2).map(({ value }) => value),
    [one, two],
  )
  assert.is(twitch.read(JSON.stringify(one), JSON_TYPE)[0]?.value, one)
  for (const bad of ['', 'x', `${one}\r\n${two}`]) assert.is(refusal(JSON.stringify([one, bad]), JSON_TYPE).item, 1)
})

test('takes as many items as one push may hold and not one more', () => {
  const lines = Array.from({ length: MAX_ITEMS }, (_, n) => `PING :${n}`)
  assert.is(twitch.read(lines.join('\r\n'), TEXT).length, MAX_ITEMS)
  assert.is(refusal([...lines, 'PING :x'].join('\r\n'), TEXT).item, MAX_ITEMS)
  const bodies = Array.from({ length: MAX_ITEMS + 1 }, () => webhook('channel.follow', {}))
  assert.is(refusal(JSON.stringify(bodies), JSON_TYPE).item, MAX_ITEMS)
})

test.run()
