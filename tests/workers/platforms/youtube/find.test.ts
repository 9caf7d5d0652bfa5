import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GARBAGE, refusing } from '../../../help/stand-ins/youtube.ts'
import { livePage } from '../../../help/stand-ins/youtube-answers.ts'
import { CHANNEL, type Scene, scene } from './listening.ts'

const test = suite<{ another(setting: Parameters<typeof scene>[0]): Promise<Scene>; scenes: Scene[] }>('youtube find')

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

for (const [name, key] of [
  [CHANNEL, 'a-key-of-10'],
  ['@noodle_knight', 'a-key-of-10'],
  [CHANNEL, null],
  ['@noodle_knight', null],
] as const) {
  test(`waits for the broadcast of ${name}, follows it to its end, and then waits for the next (key: ${key})`, async ({
    another,
  }) => {
    const { youtube, listener, follow } = await another({ live: false, haste: 1_000 })
    follow(name, { key })
    await listener.until(({ state }) => state === 'waiting')
    assert.is(listener.said, 'Waiting for the stream to begin.')
    assert.equal(listener.facts, {
      id: youtube.room(name).id,
      title: 'Cool Channel',
      avatar: 'https://yt3.ggpht.com/cool=s88',
    })
    assert.equal(listener.broadcasts, [])
    const first = youtube.begin(name)
    await listener.until(({ state }) => state === 'live')
    youtube.say('Noodle_Knight', 'hello')
    await listener.until(({ texts }) => texts.length === 1)
    youtube.end()
    await listener.until(({ broadcasts }) => broadcasts.length === 2)
    await listener.until(({ state }) => state === 'waiting')
    assert.match(listener.said, /has ended/)
    youtube.begin(name)
    await listener.until(({ state }) => state === 'live')
    assert.equal(
      listener.broadcasts.map(({ live }) => live),
      [true, false, true],
    )
    assert.is(listener.broadcasts[0]?.title, first.title)
    if (key !== null) assert.is(listener.broadcasts[0]?.at, Date.parse(first.startedAt))
    assert.ok(!listener.states.includes('retry'))
  })
}

test('finds a channel by its page, and so spends no search', async ({ another }) => {
  const { youtube, listener, follow } = await another({})
  follow()
  await listener.until(({ state }) => state === 'live')
  assert.equal([youtube.calls.live, youtube.calls.videos, youtube.calls.search], [1, 1, 0])
})

test('waits without a unit of the quota', async ({ another }) => {
  const { youtube, follow } = await another({ live: false, haste: 1_000 })
  follow()
  await youtube.until(({ calls }) => calls.live >= 5)
  assert.is(youtube.units, 0)
})

for (const [what, status] of [
  ['is refused', 403],
  ['sends elsewhere', 302],
] as const) {
  test(`searches for the broadcast when the channel’s page ${what}`, async ({ another }) => {
    const { youtube, listener, follow } = await another({})
    youtube.fail('live', { status, body: '<p>Before you continue</p>' }, 100)
    follow('@noodle_knight')
    await listener.until(({ state }) => state === 'live')
    assert.equal([youtube.calls.channels, youtube.calls.search], [1, 1])
    assert.is(youtube.asked.get('channels')?.get('forHandle'), '@noodle_knight')
    assert.is(youtube.asked.get('search')?.get('eventType'), 'live')
    assert.is(listener.facts.id, youtube.room('@noodle_knight').id)
  })
}

test('searches seldom: most looks at a page that cannot be read cost nothing', async ({ another }) => {
  const { youtube, listener, follow } = await another({ live: false, ground: { ms: (ms) => Math.ceil(ms / 10_000) } })
  youtube.fail('live', { status: 403, body: '' }, 1_000)
  follow()
  await youtube.until(({ calls }) => calls.live >= 10)
  assert.ok(youtube.calls.search < youtube.calls.live / 2, `${youtube.calls.search} searches`)
  assert.ok(listener.states.includes('waiting'))
})

test('waits for a broadcast that is announced and has not begun', async ({ another }) => {
  for (const name of [CHANNEL, 'video:upcoming_11']) {
    const { youtube, listener, follow } = await another({ live: false, haste: 1_000 })
    const broadcast = youtube.begin(name.replace('video:', ''), { state: 'upcoming', video: 'upcoming_11' })
    follow(name)
    await listener.until(({ state }) => state === 'waiting')
    assert.equal(listener.broadcasts, [])
    if (name === CHANNEL) assert.is(youtube.units, 0, 'the page says so')
    broadcast.state = 'live'
    await listener.until(({ state }) => state === 'live')
    assert.equal(listener.broadcasts.length, 1)
  }
})

test('says that a video is over, and looks at it seldom', async ({ another }) => {
  const { youtube, listener, follow } = await another({ live: false })
  youtube.begin('over_video1', { state: 'over', video: 'over_video1' })
  follow('video:over_video1')
  await listener.until(({ state }) => state === 'waiting')
  assert.is(listener.said, 'This broadcast has ended.')
})

test('waits while a chat is turned off, and does not take the broadcast for ended', async ({ another }) => {
  const { youtube, listener, follow } = await another({ haste: 1_000 })
  youtube.fail('stream', refusing(403, 'liveChatDisabled'))
  follow()
  await listener.until(({ state }) => state === 'waiting')
  assert.match(listener.said, /turned off/)
  await listener.until(({ state }) => state === 'live')
  assert.equal(
    listener.broadcasts.map(({ live }) => live),
    [true],
  )
})

const NO_CHAT = { status: 200, body: '<script>ytInitialData = {"contents":{"messageRenderer":{}}};</script>' }

test('waits while a broadcast runs without a chat, also without a key, and does not take it for ended', async ({
  another,
}) => {
  const { youtube, listener, follow } = await another({})
  follow(CHANNEL, { key: null })
  await listener.until(({ state }) => state === 'live')
  youtube.fail('chat', NO_CHAT)
  youtube.fail('innertube', { status: 400, body: '{"error":{}}' })
  await listener.until(({ state }) => state === 'waiting')
  assert.is(listener.said, 'The chat of this broadcast is turned off.')
  await listener.until(({ state }) => state === 'live')
  assert.equal(
    listener.broadcasts.map(({ live }) => live),
    [true],
  )
})

test('tries again where the page of a chat is another one, and does not take the broadcast for ended', async ({
  another,
}) => {
  const { youtube, listener, follow } = await another({})
  follow(CHANNEL, { key: null })
  await listener.until(({ state }) => state === 'live')
  youtube.fail('chat', GARBAGE)
  youtube.fail('innertube', { status: 400, body: '{"error":{}}' })
  await listener.until(({ lives }) => lives.length === 2)
  assert.ok(!listener.states.includes('waiting'))
  assert.is(listener.broadcasts.length, 1)
})

test('says that a broadcast has ended, also while its page shows it as running for a while', async ({ another }) => {
  const { youtube, listener, follow } = await another({ haste: 10 })
  const following = follow(CHANNEL, { key: null })
  await listener.until(({ state }) => state === 'live')
  youtube.fail('live', { status: 200, body: livePage(youtube.room(CHANNEL)) }, 10)
  youtube.end()
  await listener.until(({ state }) => state === 'waiting')
  following.retry()
  await listener.until(({ waits }) => waits.length === 2)
  assert.match(listener.said, /has ended/)
})

for (const reason of ['liveChatEnded', 'liveChatNotFound']) {
  test(`looks for the broadcast again after ${reason}`, async ({ another }) => {
    const { youtube, listener, follow } = await another({ haste: 1_000 })
    follow()
    await listener.until(({ state }) => state === 'live')
    youtube.fail('stream', refusing(reason === 'liveChatEnded' ? 403 : 404, reason))
    youtube.begin(CHANNEL)
    youtube.drop()
    await listener.until(({ lives }) => lives.length === 2)
    assert.is(listener.broadcasts.at(-1)?.live, true)
    youtube.say('Noodle_Knight', 'in the new one')
    await listener.until(({ texts }) => texts.length === 1)
  })
}

test('announces a broadcast once, also when it is followed anew, and tells of an end that it did not see', async ({
  another,
}) => {
  const { youtube, listener, follow } = await another({ haste: 1_000 })
  const { video } = youtube.begin(CHANNEL)
  follow(CHANNEL, { facts: { broadcast: video } })
  await listener.until(({ state }) => state === 'live')
  assert.equal(listener.broadcasts, [])
  const later = await another({ live: false })
  later.follow(CHANNEL, { facts: { broadcast: video } })
  await later.listener.until(({ state }) => state === 'waiting')
  assert.equal(
    later.listener.broadcasts.map(({ live }) => live),
    [false],
  )
  assert.is(later.listener.facts.broadcast, undefined)
})

test('says whether a broadcast may have been missed before it waits', async ({ another }) => {
  const { listener, follow } = await another({ live: false, haste: 1_000 })
  follow(CHANNEL, { facts: { broadcast: 'a1b2C3d4E5_' } })
  await listener.until(({ waits }) => waits.length === 2)
  assert.equal(listener.waits, [{ filled: false }, { filled: true }])
})

test('looks at once when a person asks to', async ({ another }) => {
  const { youtube, listener, follow } = await another({ live: false, haste: 1 })
  const following = follow()
  await listener.until(({ state }) => state === 'waiting')
  youtube.begin(CHANNEL)
  following.retry()
  await listener.until(({ state }) => state === 'live')
})

for (const [what, call, nameOf] of [
  ['pages', 'live', (number: number) => `UC${String(number).padStart(22, '0')}`],
  ['videos', 'videos', (number: number) => `video:${String(number).padStart(11, '0')}`],
] as const) {
  test(`asks for so many ${what} in a second, and for the others later`, async ({ another }) => {
    // The second does not pass: what would be asked after it never is.
    const { youtube, follow } = await another({ ground: { ms: (ms) => (ms === 1_000 ? 3_600_000 : ms) } })
    for (let number = 0; number < 60; number++) follow(nameOf(number))
    await youtube.until(({ calls }) => calls[call] === 20)
    for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate)
    assert.is(youtube.calls[call], 20)
  })
}

test('lets every one of many sources begin', async ({ another }) => {
  const { youtube, follow } = await another({ haste: 10 })
  for (let number = 0; number < 60; number++) follow(`UC${String(number).padStart(22, '0')}`)
  await youtube.until(({ calls }) => calls.stream === 60)
})

test.run()
