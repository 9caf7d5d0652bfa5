import { once } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { FromWorker } from '../../workers/control.ts'
import type { SourceOrder } from '../../workers/followed.ts'
import { Intake } from '../../workers/intake.ts'
import { kick } from '../../workers/platforms/kick/index.ts'
import type { Ears, Following, Ground, Platform } from '../../workers/platforms/platform.ts'
import { HOLD_BACK_BYTES, Publisher } from '../../workers/publish.ts'
import { allocateQueue } from '../../workers/queue/layout.ts'
import { QueueReader } from '../../workers/queue/reader.ts'
import { QueueWriter } from '../../workers/queue/writer.ts'
import { UNRULED } from '../../workers/ruled.ts'
import { Sources } from '../../workers/sources.ts'

const GROUND: Ground = {
  settings: {},
  ms: (ms) => ms,
  now: Date.now,
  steady: () => performance.now(),
  random: Math.random,
}
const ORDER: SourceOrder = {
  channel: 1,
  platform: 'kick',
  number: 7,
  name: 'cool_channel',
  options: {},
  facts: {},
  leftAt: null,
}

/** Sources of one platform, whose connector leaves the ears to the test. */
function open(follow: (ears: Ears) => void = () => {}) {
  const said: FromWorker[] = []
  const ears: Ears[] = []
  const stopped: Ears[] = []
  const hand: number[] = []
  const listened: string[] = []
  const following = (mine: Ears): Following => ({ stop: () => stopped.push(mine), retry: () => said.length })
  const connector = () => ({
    follow(_: SourceOrder, mine: Ears) {
      ears.push(mine)
      follow(mine)
      return following(mine)
    },
    close: () => listened.push('closed'),
  })
  const platform: Platform = { ...kick, connector }
  const memory = allocateQueue(65_536)
  const publisher = new Publisher(new QueueWriter(memory, 1), ['kick'])
  const wakes = new EventTarget()
  const answer = (word: FromWorker) => {
    said.push(word)
    wakes.dispatchEvent(new Event(word.type))
  }
  const intake = new Intake([platform], publisher, answer)
  intake.open({ type: 'open', channel: 1, seq: 0, seen: new Float64Array(), rules: UNRULED })
  const sources = new Sources([platform], {
    intake,
    ground: GROUND,
    answer,
    inHand: (job, act) => {
      hand.push(job)
      return act()
    },
    listener: {
      follows: ({ order }) => listened.push(`follows ${order.number}`),
      leaves: ({ number }) => listened.push(`leaves ${number}`),
    },
  })
  const reader = new QueueReader(memory, 2)
  return { sources, said, ears, stopped, hand, listened, reader, told: (type: string) => once(wakes, type) }
}

const chat = (id: string, content = 'hi') =>
  JSON.stringify({
    type: 'chat.message.sent',
    body: { message_id: id, content, created_at: '2026-05-01T18:00:01Z', sender: { username: 'Noodle_Knight' } },
  })

const test = suite('sources of the worker')

test('brings what a connector takes, with the source as the suspect, and tells how it is', async () => {
  const { sources, said, ears, hand, told } = open()
  sources.follow(ORDER)
  const [ear] = ears
  assert.ok(ear)
  ear.live({ filled: true, way: 'Socket' })
  assert.equal(ear.take(chat('a')), { accepted: 1, duplicates: 0, full: null })
  assert.equal(ear.take(chat('a')), { accepted: 0, duplicates: 1, full: null })
  assert.equal(ear.take('what is this'), { accepted: 0, duplicates: 0, full: null })
  assert.equal(new Set(hand), new Set([-7]))
  await told('source')
  const [word] = said
  assert.is(word?.type === 'source' && word.source, 7)
  assert.equal(word?.type === 'source' && [word.report.state, word.report.events, word.report.way], [
    'live',
    1,
    'Socket',
  ])
  sources.stop()
})

test('names the suspect while a connector begins to follow', () => {
  const { sources, hand } = open()
  sources.follow(ORDER)
  assert.equal(hand, [-7])
  sources.stop()
})

test('hears nothing of a source that was let go', async () => {
  const { sources, said, ears, stopped, listened, reader } = open()
  sources.follow(ORDER)
  sources.follow({ ...ORDER, number: 8, name: 'other_channel' })
  const [old, young] = ears
  assert.ok(old && young)
  assert.equal(stopped, [old])
  assert.equal(listened, ['follows 7', 'leaves 7', 'follows 8'])
  old.live({ filled: false })
  old.retry('lost', 1)
  old.learn({ id: 'of the old one' })
  old.broadcast({ live: true, at: 1 })
  old.quota({ used: 1, limit: 2, resetsAt: 3 })
  assert.equal(old.take(chat('late')), { accepted: 0, duplicates: 0, full: null })
  sources.unfollow(1, 'kick')
  young.learn({ id: 'of the young one' })
  await new Promise((resolve) => setTimeout(resolve, 250))
  assert.equal(said, [])
  assert.is(reader.take(), null)
  assert.equal(listened, ['follows 7', 'leaves 7', 'follows 8', 'leaves 8'])
  sources.stop()
})

test('tells a gap behind the last event before it', () => {
  const { sources, said, ears } = open()
  sources.follow({ ...ORDER, leftAt: 1_000 })
  ears[0]?.take(chat('a'))
  ears[0]?.live({ filled: false })
  const [gap] = said.filter((word) => word.type === 'gap')
  assert.equal(gap && { ...gap, to: 0 }, { type: 'gap', source: 7, from: 1_000, to: 0, after: 1 })
  sources.stop()
})

test('tells facts at once, and news of the broadcast with whose it is', () => {
  const { sources, said, ears } = open()
  sources.follow(ORDER)
  ears[0]?.learn({ id: '41' })
  ears[0]?.broadcast({ live: true, at: 5, title: 'Evening' })
  assert.equal(said, [
    { type: 'facts', source: 7, facts: { id: '41' } },
    { type: 'broadcast', channel: 1, platform: 'kick', broadcast: { live: true, at: 5, title: 'Evening' } },
  ])
  sources.stop()
})

test('tells what a connector says before it has even returned', async () => {
  const { sources, said, told } = open((ears) => ears.attention('There is no such channel.'))
  sources.follow(ORDER)
  await told('source')
  assert.is(said[0]?.type === 'source' && said[0].report.state, 'attention')
  sources.stop()
})

test('keeps all that is brought while the line is full, and says when there is room', async () => {
  const { sources, ears, reader } = open()
  sources.follow(ORDER)
  const [ear] = ears
  assert.ok(ear)
  const text = 'x'.repeat(400)
  let [brought, full] = [0, ear.take(chat('first', text)).full]
  for (; full === null; brought++) full = ear.take(chat(`m${brought}`, text)).full
  const again = ear.take(chat('one more', text))
  assert.is(again.accepted, 1, 'a platform does not send it again')
  assert.is(again.full, full, 'one wait for all')
  let taken = 0
  let room = false
  void full.then(() => {
    room = true
  })
  while (!room) {
    const batch = reader.take()
    if (batch instanceof Buffer) taken += batch.length
    await new Promise(setImmediate)
  }
  assert.ok(taken > HOLD_BACK_BYTES / 2)
  assert.is(ear.take(chat('after', text)).full, null)
  sources.stop()
})

test('lets go of everything when it stops', () => {
  const { sources, ears, stopped, listened, said } = open()
  sources.follow(ORDER)
  sources.stop()
  assert.equal(stopped, ears)
  assert.equal(listened, ['follows 7', 'closed'])
  ears[0]?.learn({ id: '1' })
  assert.equal(said, [])
})

test.run()
