import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GARBAGE } from '../../../help/stand-ins/youtube.ts'
import { written } from '../../../help/stand-ins/youtube-room.ts'
import { CHANNEL, Listener, type Scene, scene } from './listening.ts'

const test = suite<{ another(setting: Parameters<typeof scene>[0]): Promise<Scene>; scenes: Scene[] }>(
  'youtube innertube loop',
)

test.before.each((context) => {
  context.scenes = []
  context.another = async (setting) => {
    const made = await scene(setting)
    context.scenes.push(made)
    return made
  }
})
test.after.each(async ({ scenes }) => {
  for (const each of scenes) await each.close()
})

const NO_KEY = { key: null }
const everybody = written('everybody', 'Noodle_Knight', 'hello')
const fewer = { ...written('fewer', 'Noodle_Knight', 'not thought to be the best'), beyondTop: true }

test('reads the history and everything that follows, over every kind of continuation', async ({ another }) => {
  const { youtube, listener, follow } = await another({})
  youtube.begin(CHANNEL).entries.push(everybody, fewer)
  follow(CHANNEL, NO_KEY)
  await listener.until(({ texts }) => texts.length === 2)
  const texts = ['one', 'two', 'three', 'käse 麺 🍜']
  for (const text of texts) {
    youtube.say('Noodle_Knight', text)
    await listener.until((each) => each.texts.includes(text))
  }
  assert.equal(listener.texts, ['hello', 'not thought to be the best', ...texts])
  assert.is(listener.duplicates, 0)
  assert.is(listener.lives[0]?.way, 'Unofficial')
  assert.is(listener.facts.id, CHANNEL)
  assert.equal(
    listener.broadcasts.map(({ live }) => live),
    [true],
  )
  assert.is(youtube.units, 0)
})

test('reads what YouTube thinks is best where that is wished', async ({ another }) => {
  const { youtube, listener, follow } = await another({})
  youtube.begin(CHANNEL).entries.push(everybody, fewer)
  follow(CHANNEL, { key: null, options: { topChat: 'yes' } })
  await listener.until(({ state }) => state === 'live')
  youtube.say('Noodle_Knight', 'one')
  await listener.until(({ texts }) => texts.includes('one'))
  assert.equal(listener.texts, ['hello', 'one'])
})

test('uses the key of the server where the source has none', async ({ another }) => {
  const { youtube, listener, follow, ground } = await another({})
  Object.assign(ground.settings, { youtubeApiKey: 'the-key-of-the-server' })
  follow(CHANNEL, NO_KEY)
  await listener.until(({ state }) => state === 'live')
  assert.is(youtube.asked.get('stream')?.get('key'), 'the-key-of-the-server')
  assert.is(youtube.calls.innertube, 0)
})

for (const [what, fault] of [
  ['an error of the server', { status: 500, body: 'Internal Server Error' }],
  ['what is not JSON', GARBAGE],
  ['too many requests', { status: 429, body: '{}' }],
  ['a cut connection', 'drop'],
  ['no answer at all', 'hang'],
] as const) {
  test(`tries again after ${what}, and misses nothing`, async ({ another }) => {
    const { youtube, listener, follow } = await another({})
    youtube.begin(CHANNEL).entries.push(everybody)
    follow(CHANNEL, NO_KEY)
    await listener.until(({ texts }) => texts.length === 1)
    youtube.fail('innertube', fault)
    youtube.say('Noodle_Knight', 'meanwhile')
    await listener.until(({ lives }) => lives.length === 2)
    await listener.until(({ texts }) => texts.length === 2)
    assert.ok(listener.states.includes('retry'))
    assert.is(listener.lives[1]?.filled, true)
    assert.equal(listener.texts, ['hello', 'meanwhile'])
    assert.is(listener.broadcasts.length, 1)
  })
}

test('begins anew at the page when a continuation is worn out', async ({ another }) => {
  const { youtube, listener, follow } = await another({})
  youtube.begin(CHANNEL).entries.push(everybody)
  follow(CHANNEL, NO_KEY)
  await listener.until(({ state }) => state === 'live')
  youtube.fail('innertube', { status: 400, body: '{"error":{}}' })
  await listener.until(({ lives }) => lives.length === 2)
  assert.is(youtube.calls.chat, 2)
  assert.is(listener.lives[1]?.filled, true, 'the history reaches back')
  assert.equal(listener.texts, ['hello'])
})

test('asks no sooner because a person asks to try at once', async ({ another }) => {
  const { youtube, listener, follow } = await another({ ground: { ms: (ms) => (ms === 5_000 ? 3_600_000 : 1) } })
  youtube.timeoutMs = 5_000
  const following = follow(CHANNEL, NO_KEY)
  await listener.until(({ state }) => state === 'live')
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate)
  following.retry()
  // Another source asks for more meanwhile.
  const other = new Listener()
  follow(`UC${'o'.repeat(22)}`, { key: null, ears: other })
  await other.until(({ state }) => state === 'live')
  assert.is(youtube.calls.innertube, 2)
})

test('does not hurry more than it should, whatever timeouts come', async ({ another }) => {
  const waits: number[] = []
  const ms = (wait: number) => {
    waits.push(wait)
    return Math.ceil(wait / 1_000)
  }
  const { youtube, listener, follow } = await another({ ground: { ms } })
  youtube.timeoutMs = 0
  follow(CHANNEL, NO_KEY)
  await youtube.until(({ calls }) => calls.innertube >= 3)
  assert.ok(waits.includes(1_000))
  assert.ok(!waits.includes(0))
  youtube.timeoutMs = 3_600_000
  youtube.say('Noodle_Knight', 'one')
  await listener.until(({ texts }) => texts.length === 1)
  const calls = youtube.calls.innertube
  await youtube.until((each) => each.calls.innertube >= calls + 3)
  assert.ok(waits.includes(5_000))
  assert.ok(!waits.includes(3_600_000))
})

test('says what to install when the package is not there, and tries again when told to', async ({ another }) => {
  let there = false
  const load = () => (there ? import('youtubei.js' as string) : Promise.reject(new Error('Cannot find package')))
  const { listener, follow } = await another({ load })
  const following = follow(CHANNEL, NO_KEY)
  await listener.until(({ state }) => state === 'attention')
  assert.match(listener.said, /Set an API key, or install it: npm install youtubei\.js/)
  there = true
  following.retry()
  await listener.until(({ state }) => state === 'live')
})

test('is not loaded as long as nothing is followed without a key', async ({ another }) => {
  let loads = 0
  const load = () => {
    loads++
    return Promise.reject(new Error('not wanted'))
  }
  const { listener, follow } = await another({ load })
  follow()
  await listener.until(({ state }) => state === 'live')
  assert.is(loads, 0)
})

test('asks nothing more once it is stopped', async ({ another }) => {
  const { youtube, listener, follow } = await another({ haste: 1_000 })
  const following = follow(CHANNEL, NO_KEY)
  await listener.until(({ state }) => state === 'live')
  youtube.fail('innertube', 'hang')
  const calls = youtube.calls.innertube
  await youtube.until((each) => each.calls.innertube > calls)
  following.stop()
  const asked = { ...youtube.calls }
  for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate)
  assert.equal(youtube.calls, asked)
  assert.equal(listener.states, ['connecting', 'live'])
})

test.run()
