import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Way } from '../../../../workers/platforms/kick/negotiate.ts'
import { LATER_MS, Ways } from '../../../../workers/platforms/kick/ways.ts'

const test = suite('kick ways')
const BOTH: Way[] = [
  { provider: 'centrifugo', url: 'wss://a.test' },
  { provider: 'pusher', url: 'wss://b.test' },
]

function open() {
  const clock = { now: 1_000_000 }
  const ways = new Ways({
    settings: {},
    ms: (ms) => ms,
    now: () => clock.now,
    steady: () => clock.now,
    random: Math.random,
  })
  return { ways, clock, chosen: () => ways.choose(BOTH)?.provider }
}

test('takes the first way again and again while it works', () => {
  const { ways, chosen } = open()
  assert.equal([chosen(), chosen()], ['centrifugo', 'centrifugo'])
  ways.failed('centrifugo')
  assert.equal([chosen(), chosen()], ['pusher', 'pusher'])
  ways.worked()
  assert.is(chosen(), 'centrifugo')
})

test('begins anew once all have failed', () => {
  const { ways, chosen } = open()
  ways.failed('centrifugo')
  ways.failed('pusher')
  assert.equal([chosen(), chosen()], ['centrifugo', 'centrifugo'])
})

test('leaves alone what is barred until its time is over, or a person asks', () => {
  const { ways, clock, chosen } = open()
  ways.bar('centrifugo')
  assert.is(chosen(), 'pusher')
  clock.now += 1_000
  ways.bar('pusher')
  assert.equal([chosen(), ways.closedFor(BOTH)], [undefined, LATER_MS - 1_000])
  clock.now += LATER_MS - 1_000
  assert.is(chosen(), 'centrifugo')
  ways.bar('centrifugo')
  ways.forgive()
  assert.equal([chosen(), ways.closedFor(BOTH)], ['centrifugo', 0])
})

test.run()
