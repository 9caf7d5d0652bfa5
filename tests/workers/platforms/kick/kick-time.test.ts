import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { KickTime } from '../../../../workers/platforms/kick/kick-time.ts'
import { chatData } from '../../../help/stand-ins/kick.ts'

const test = suite('kick time')
const NOW = Date.parse('2026-05-01T18:00:00Z')

function frame(at: number, event = 'App\\Events\\ChatMessageEvent'): string {
  const data = chatData({ id: 'm-1', name: 'Noodle_Knight', text: 'hi', at: new Date(at).toISOString() })
  return JSON.stringify({ event, data: JSON.stringify(data), channel: 'chatrooms.5001.v2' })
}

/** What becomes of a time a minute from now, after these payloads came now. */
function after(...bodies: string[]): number {
  const time = new KickTime()
  for (const body of bodies) time.heard(body, NOW)
  return time.of(NOW + 60_000) - NOW - 60_000
}

test('goes back by what the newest message came later than it was written, over either socket', () => {
  assert.is(after(frame(NOW - 300_000)), -300_000)
  assert.is(after(frame(NOW - 300_000), frame(NOW - 2_000)), -2_000)
  const pushed = JSON.stringify({ push: { channel: 'c', pub: { data: JSON.parse(frame(NOW - 5_000)) } } })
  assert.is(after(pushed), -5_000)
})

test('never goes forward, and stays where nothing tells when it was written', () => {
  assert.is(after(), 0)
  assert.is(after(frame(NOW + 300_000)), 0)
  for (const odd of ['ChatMessageEvent', '{"ChatMessageEvent":1}', '{"event":"ChatMessageEvent","data":"{"}'])
    assert.is(after(odd), 0, odd)
  assert.is(after(frame(NOW - 2_000), frame(NOW - 300_000, 'KicksGifted')), -2_000, 'not a message')
})

test.run()
