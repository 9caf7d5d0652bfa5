import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pauseAfter } from '../../../../workers/platforms/youtube/official.ts'
import { GARBAGE, refusing } from '../../../help/stand-ins/youtube.ts'
import { written } from '../../../help/stand-ins/youtube-room.ts'
import { CHANNEL, Listener, type Scene, scene } from './listening.ts'

const test = suite<{ scene: Scene; another(setting: Parameters<typeof scene>[0]): Promise<Scene> }>('youtube official')

test.before.each(async (context) => {
  const scenes: Scene[] = []
  context.another = async (setting) => {
    const made = await scene(setting)
    scenes.push(made)
    return made
  }
  context.scene = await context.another({})
  Object.assign(context, { scenes })
})
test.after.each(async (context) => {
  for (const each of (context as unknown as { scenes: Scene[] }).scenes) await each.close()
})

test('reads the stream from its history on, and what is written as it is written', async ({ scene }) => {
  const { youtube, listener, follow } = scene
  youtube.room(CHANNEL)
  youtube.say('Noodle_Knight', 'before')
  follow()
  await listener.until(({ texts }) => texts.includes('before'))
  youtube.say('Noodle_Knight', 'käse 麺 🍜')
  await listener.until(({ texts }) => texts.includes('käse 麺 🍜'))
  assert.equal(listener.states, ['connecting', 'live'])
  assert.is(listener.lives[0]?.way, 'Official stream')
  assert.is(listener.facts.id, CHANNEL)
  assert.is(listener.facts.title, 'Cool Channel')
  assert.equal(
    listener.broadcasts.map(({ live, title }) => ({ live, title })),
    [{ live: true, title: 'Noodles at midnight' }],
  )
  assert.is(listener.quotas.at(-1)?.used, youtube.units)
  assert.is(youtube.asked.get('stream')?.get('part'), 'id,snippet,authorDetails')
  assert.is(youtube.asked.get('stream')?.get('key'), 'an-invented-api-key')
})

test('reads a stream that comes byte by byte', async ({ scene }) => {
  const { youtube, listener, follow } = scene
  youtube.troubles.split?.()
  youtube.room(CHANNEL)
  youtube.say('Noodle_Knight', '麺 🍜 } "x" {')
  follow()
  await listener.until(({ texts }) => texts.length === 1)
  youtube.say('Noodle_Knight', 'käse \\" ]}')
  await listener.until(({ texts }) => texts.length === 2)
  assert.equal(listener.texts, ['麺 🍜 } "x" {', 'käse \\" ]}'])
})

test('goes on at the page token when the stream is cut: nothing is doubled, nothing is missed', async ({ scene }) => {
  const { youtube, listener, follow } = scene
  youtube.room(CHANNEL)
  youtube.say('Noodle_Knight', 'one')
  follow()
  await listener.until(({ texts }) => texts.length === 1)
  youtube.drop()
  youtube.say('Noodle_Knight', 'two')
  await listener.until(({ texts, lives }) => texts.length === 2 && lives.length === 2)
  assert.equal(listener.texts, ['one', 'two'])
  assert.is(listener.duplicates, 0)
  assert.equal(listener.lives[1], { filled: true, way: 'Official stream' })
  assert.equal(listener.states, ['connecting', 'live', 'retry', 'live'])
  assert.equal(listener.broadcasts.length, 1)
})

test('goes on without a word when YouTube ends a stream that has brought something', async ({ scene }) => {
  const { youtube, listener, follow } = scene
  youtube.room(CHANNEL)
  youtube.say('Noodle_Knight', 'one')
  youtube.fail('stream', { status: 200, body: '[{"nextPageToken":"from-0","items":[]}]' })
  follow()
  await listener.until(({ texts }) => texts.length === 1)
  assert.equal(listener.states, ['connecting', 'live'])
})

test('counts a break as filled when the history reaches back to what was seen, and as not filled when it does not', async ({
  another,
}) => {
  for (const [overlaps, filled] of [
    [true, true],
    [false, false],
  ] as const) {
    const { youtube, listener, follow } = await another({})
    const { entries } = youtube.begin(CHANNEL)
    entries.push(written('a', 'Noodle_Knight', 'one'))
    const following = follow()
    await listener.until(({ texts }) => texts.length === 1)
    following.stop()
    await youtube.until(({ openStreams }) => openStreams === 0)
    if (!overlaps) entries.splice(0)
    entries.push(written('b', 'Noodle_Knight', 'two'))
    follow()
    await listener.until(({ texts }) => texts.length === 2)
    assert.equal(listener.lives.at(-1)?.filled, filled)
    assert.equal(listener.texts, ['one', 'two'])
  }
})

test('reads page by page when streams die with nothing delivered, and tries the stream again later', async ({
  another,
}) => {
  const { youtube, listener, follow } = await another({ haste: 1_000 })
  youtube.room(CHANNEL)
  youtube.say('Noodle_Knight', 'one')
  // On a busy machine a stream may end so late that it does not count; three in a row have to.
  youtube.fail('stream', 'empty', 1_000)
  follow()
  await listener.until(({ lives }) => lives.at(-1)?.way === 'Official polling')
  assert.ok(youtube.calls.stream >= 3)
  youtube.mend()
  youtube.say('Noodle_Knight', 'two')
  await listener.until(({ texts }) => texts.length === 2)
  await listener.until(({ lives }) => lives.at(-1)?.way === 'Official stream')
  youtube.say('Noodle_Knight', 'three')
  await listener.until(({ texts }) => texts.length === 3)
  assert.equal(listener.texts, ['one', 'two', 'three'])
})

test('reads page by page when streams take long not to begin', async ({ another }) => {
  // Whatever is done takes longer than a stream may be barren for.
  let clock = 0
  const ground = {
    steady: () => {
      clock += 11
      return clock
    },
  }
  const { youtube, listener, follow } = await another({ haste: 1_000, ground })
  youtube.room(CHANNEL)
  youtube.say('Noodle_Knight', 'one')
  youtube.fail('stream', { status: 503, body: '' }, 1_000)
  follow()
  await listener.until(({ lives }) => lives.at(-1)?.way === 'Official polling')
  assert.equal(listener.texts, ['one'])
})

test('waits between pages as YouTube asks for, within what the quota allows and a timer can hold', () => {
  assert.is(pauseAfter({ pollingIntervalMillis: 4_000 }, 2_000), 4_000)
  assert.is(pauseAfter({ pollingIntervalMillis: 4_000 }, 9_000), 9_000)
  for (const asked of [undefined, null, 'soon', -5, 0.5])
    assert.is(pauseAfter({ pollingIntervalMillis: asked }, 2_000), 2_000)
  assert.is(pauseAfter({ pollingIntervalMillis: 1e15 }, 2_000), 600_000)
})

test('asks for the next page no sooner because a person asks to try at once', async ({ another }) => {
  // Only what follows a page takes its time.
  const { youtube, listener, follow } = await another({ ground: { ms: (ms) => (ms < 60_000 ? 1 : ms) } })
  youtube.pollingMs = 60_000
  youtube.fail('stream', { status: 501, body: 'no streams here' }, 100)
  const following = follow()
  await listener.until(({ state }) => state === 'live')
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate)
  following.retry()
  // Another source asks for far more meanwhile.
  const other = new Listener()
  follow(`UC${'o'.repeat(22)}`, { ears: other })
  await other.until(({ state }) => state === 'live')
  assert.is(youtube.calls.list, 2)
})

test('takes every page of a long chat in order', async ({ another }) => {
  const { youtube, listener, follow } = await another({ haste: 1_000 })
  youtube.room(CHANNEL)
  youtube.pageSize = 2
  youtube.fail('stream', { status: 501, body: 'no streams here' }, 100)
  follow()
  await listener.until(({ state }) => state === 'live')
  const texts = Array.from({ length: 9 }, (_, place) => `message ${place}`)
  for (const text of texts) youtube.say('Noodle_Knight', text)
  await listener.until((each) => each.texts.length === texts.length)
  assert.equal(listener.texts, texts)
})

test('lets go of a stream that is silent for long, and finds by one page that it was deaf', async ({ another }) => {
  const { youtube, listener, follow } = await another({ haste: 3_000 })
  youtube.room(CHANNEL)
  follow()
  await listener.until(({ state }) => state === 'live')
  youtube.mute()
  youtube.say('Noodle_Knight', 'unheard')
  await listener.until(({ texts }) => texts.length === 1)
  await listener.until(({ states }) => states.includes('stale'))
  await listener.until(({ lives }) => lives.at(-1)?.way === 'Official polling')
  assert.equal(listener.lives.at(-1)?.filled, true)
})

for (const [what, fault] of [
  ['an error of the server', { status: 500, body: 'Internal Server Error' }],
  ['what is not JSON', GARBAGE],
  ['a wish for a slower pace', refusing(403, 'rateLimitExceeded')],
  ['too many requests', { status: 429, body: '{}' }],
  ['a cut connection', 'drop'],
  ['no answer at all', 'hang'],
] as const) {
  test(`tries again after ${what}`, async ({ another }) => {
    const { youtube, listener, follow } = await another({ haste: 1_000 })
    youtube.room(CHANNEL)
    youtube.say('Noodle_Knight', 'one')
    const calls = fault === 'hang' ? (['stream'] as const) : (['live', 'search', 'videos', 'stream'] as const)
    for (const call of calls) youtube.fail(call, fault)
    follow()
    await listener.until(({ texts }) => texts.length === 1)
    await listener.until(({ state }) => state === 'live')
    assert.ok(listener.states.includes('retry'))
  })
}

test('goes on after garbage in the middle of a stream, and loses nothing', async ({ scene }) => {
  const { youtube, listener, follow } = scene
  youtube.room(CHANNEL)
  youtube.say('Noodle_Knight', 'one')
  follow()
  await listener.until(({ texts }) => texts.length === 1)
  for (const stream of ['two', 'three']) {
    youtube.garble()
    youtube.say('Noodle_Knight', stream)
    await listener.until(({ texts }) => texts.includes(stream))
  }
  assert.equal(listener.texts, ['one', 'two', 'three'])
})

test('begins anew without a page token that YouTube no longer knows', async ({ scene }) => {
  const { youtube, listener, follow } = scene
  youtube.room(CHANNEL)
  youtube.say('Noodle_Knight', 'one')
  follow()
  await listener.until(({ texts }) => texts.length === 1)
  youtube.fail('stream', refusing(400, 'invalidPageToken'))
  youtube.drop()
  await listener.until(({ lives }) => lives.length === 2)
  assert.is(youtube.asked.get('stream')?.get('pageToken'), null)
  assert.equal(listener.lives[1]?.filled, true, 'the history reaches back')
  assert.equal(listener.texts, ['one'])
})

for (const [what, fault, sentence] of [
  ['a key that is not valid', refusing(400, 'keyInvalid'), /refuses the API key/],
  ['a key that is refused', { status: 401, body: '{"error":{"code":401}}' }, /refuses the API key/],
  [
    'a key that Google does not know',
    {
      status: 400,
      body: '{"error":{"code":400,"message":"API key not valid.","details":[{"reason":"API_KEY_INVALID"}]}}',
    },
    /refuses the API key/,
  ],
  ['an API that is not turned on', refusing(403, 'accessNotConfigured'), /Turn on the/],
  ['a key for other addresses', refusing(403, 'ipRefererBlocked'), /restrictions/],
] as const) {
  test(`asks a person for help with ${what}, and goes on when told to`, async ({ scene }) => {
    const { youtube, listener, follow } = scene
    youtube.fail('videos', fault)
    const following = follow()
    await listener.until(({ state }) => state === 'attention')
    assert.match(listener.said, sentence)
    following.retry()
    await listener.until(({ state }) => state === 'live')
  })
}

test('says that a channel or a video does not exist', async ({ another }) => {
  for (const [name, sentence, key] of [
    ['@nobody_here', /no channel @nobody_here/, 'a-key-of-10'],
    ['@nobody_here', /no channel @nobody_here/, null],
    [CHANNEL, /no channel UCn/, 'a-key-of-10'],
    ['video:nobody_here', /no such video/, 'a-key-of-10'],
  ] as const) {
    const { youtube, listener, follow } = await another({})
    youtube.absent.add(name.replace('video:', ''))
    follow(name, { key })
    await listener.until(({ state }) => state === 'attention')
    assert.match(listener.said, sentence)
  }
})

test('rests until midnight Pacific when the quota is used up, for all sources of the key, and goes on by itself', async ({
  another,
}) => {
  // The wait until midnight is shortened to some hundred milliseconds.
  const ground = { ms: (ms: number) => Math.ceil(ms / 300_000), now: () => Date.parse('2026-07-15T12:00:00Z') }
  const { youtube, listener, follow } = await another({ ground })
  youtube.fail('videos', refusing(403, 'quotaExceeded'))
  follow()
  await listener.until(({ state }) => state === 'attention')
  assert.match(listener.said, /used up for today.*midnight Pacific, 07:00 UTC/)
  assert.is(listener.quotas.at(-1)?.used, 10_000)
  const calls = youtube.calls.videos
  await listener.until(({ state }) => state === 'live')
  assert.is(youtube.calls.videos, calls + 1)
})

test('asks again in minutes when the quota is used up in a day that has just begun', async ({ another }) => {
  const ground = { ms: (ms: number) => Math.ceil(ms / 1_000), now: () => Date.parse('2026-07-15T07:00:01Z') }
  const { youtube, listener, follow } = await another({ ground })
  youtube.fail('videos', refusing(403, 'quotaExceeded'))
  follow()
  await listener.until(({ state }) => state === 'attention')
  assert.match(listener.said, /new day is late. It is tried again in some minutes/)
  await listener.until(({ state }) => state === 'live')
  assert.is(listener.quotas.at(-1)?.used, youtube.units)
})

test('asks at once when a person says so, however much of the quota is used up', async ({ scene }) => {
  const { youtube, listener, follow } = scene
  youtube.troubles.expired?.()
  const following = follow()
  await listener.until(({ state }) => state === 'attention')
  following.retry()
  await listener.until(({ states }) => states.filter((state) => state === 'attention').length === 2)
  youtube.mend()
  following.retry()
  await listener.until(({ state }) => state === 'live')
})

test('stops reading while the line is full', async ({ another }) => {
  const { youtube, listener, follow } = await another({ haste: 1_000 })
  youtube.fail('stream', 'empty', 100)
  let empty: () => void = () => {}
  listener.full = new Promise((resolve) => {
    empty = resolve
  })
  follow()
  await listener.until(({ state }) => state === 'live')
  // Another source goes on, and so shows how often this one would have asked.
  const other = new Listener()
  follow(`UC${'o'.repeat(22)}`, { ears: other })
  while (other.takes < 5) {
    const { takes } = other
    youtube.say('Noodle_Knight', 'one')
    await other.until((each) => each.takes > takes)
  }
  assert.is(listener.takes, 1)
  listener.full = null
  empty()
  await listener.until(({ texts }) => texts.length === 5)
})

test('asks nothing more once it is stopped, and ends what it was asking', async ({ scene }) => {
  const { youtube, listener, follow } = scene
  const following = follow()
  await listener.until(({ state }) => state === 'live')
  following.stop()
  await youtube.until(({ openStreams }) => openStreams === 0)
  assert.equal(listener.states, ['connecting', 'live'])
  const calls = { ...youtube.calls }
  for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate)
  assert.equal(youtube.calls, calls)
})

test.run()
