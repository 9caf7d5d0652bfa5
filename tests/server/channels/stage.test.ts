import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { StageHands } from '../../../server/channels/stage.ts'
import { createLog } from '../../../server/log.ts'
import type { Stage, Stages } from '../../../server/stores/moderation.ts'
import type { ChatEvent } from '../../../workers/message.ts'
import { clear, message, remove, sliceOf } from './events.ts'

const test = suite('stage')
const log = createLog('silent')

/** A store that can be told to fail. */
function storeOf(kept: Map<string, Stage> = new Map()): Stages & { kept: Map<string, Stage>; broken: boolean } {
  return {
    kept,
    broken: false,
    all: async () => new Map(kept),
    async put(channelId, stage) {
      if (this.broken) throw new Error('the disk is full')
      kept.set(channelId, stage)
    },
  }
}

async function opened(store = storeOf()) {
  const hands = await StageHands.open({ store, platforms: () => [{ id: 'twitch' }], log })
  const told: [string, Partial<Stage>][] = []
  hands.onChange = (...change) => void told.push(change)
  return { hands, store, told }
}

test('tells of each change, keeps it, and knows it after a restart', async () => {
  const { hands, store, told } = await opened()
  await hands.panic('c', true)
  await hands.feature('d', message(1))
  await hands.slow('s', true)
  assert.equal(told, [
    ['c', { panic: true }],
    ['d', { featured: message(1) }],
    ['s', { slow: true }],
  ])
  const { hands: again } = await opened(storeOf(store.kept))
  assert.equal(again.of('c'), { panic: true, slow: false, featured: null })
  assert.equal(again.of('d'), { panic: false, slow: false, featured: message(1) })
  assert.equal(again.of('s'), { panic: false, slow: true, featured: null })
  assert.equal(again.of('e'), { panic: false, slow: false, featured: null })
})

test('stays slow through panic and a featured message, until that is taken back', async () => {
  const { hands, store } = await opened()
  await hands.slow('c', true)
  await hands.panic('c', true)
  await hands.panic('c', false)
  await hands.feature('c', message(1))
  await hands.feature('c', null)
  assert.equal(store.kept.get('c'), { panic: false, slow: true, featured: null })
  await hands.slow('c', false)
  assert.equal(hands.of('c'), { panic: false, slow: false, featured: null })
})

test('empties the picture also when the disk is full', async () => {
  const { hands, store, told } = await opened()
  store.broken = true
  await hands.panic('c', true)
  assert.is(hands.of('c').panic, true)
  assert.is(told.length, 1)
})

const AWAY: [string, ChatEvent[]][] = [
  ['its removal', [remove(2, { id: 'twitch:m1' })]],
  ['its removal on the platform', [remove(2, { id: 'twitch:m1' }, 'platform')]],
  ['its author being hidden', [message(2), remove(3, { authorId: 'u1' })]],
  ['a clear of its platform', [clear(2, 'platform')]],
  ['a new stream', [clear(2, 'stream')]],
]
for (const [what, events] of AWAY) {
  test(`takes a message down with ${what}`, async () => {
    const { hands, told } = await opened()
    await hands.feature('c', message(1))
    hands.take(sliceOf(events, 'other'))
    assert.is(hands.of('c').featured?.id, 'twitch:m1', 'not for what happens elsewhere')
    hands.take(sliceOf(events))
    assert.is(hands.of('c').featured, null)
    assert.equal(told.at(-1), ['c', { featured: null }])
  })
}

test('leaves a message up when others are taken away', async () => {
  const { hands } = await opened()
  await hands.feature('c', message(1))
  hands.take(sliceOf([message(2), remove(3, { id: 'twitch:m2' }), remove(4, { authorId: 'u2' })]))
  assert.is(hands.of('c').featured?.id, 'twitch:m1')
})

test.run()
