import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { AutoStreams, FRESH_MS, GRACE_MS } from '../../server/auto-streams.ts'
import { CrossChatError } from '../../server/errors.ts'
import { createLog } from '../../server/log.ts'
import type { Stream } from '../../server/stores/streams.ts'
import { ABOUT } from '../help/doors.ts'

const CHANNEL = 'c'

/** A clock that stands until it is moved. */
class Clock {
  time = 1_800_000_000_000
  #due: { at: number; act: () => void }[] = []

  now = () => this.time

  after = (ms: number, act: () => void) => {
    const each = { at: this.time + ms, act }
    this.#due.push(each)
    return () => {
      this.#due = this.#due.filter((other) => other !== each)
    }
  }

  get waiting(): number {
    return this.#due.length
  }

  async pass(ms: number): Promise<void> {
    this.time += ms
    const due = this.#due.filter(({ at }) => at <= this.time)
    this.#due = this.#due.filter(({ at }) => at > this.time)
    for (const { act } of due) act()
    await settled()
  }
}

const settled = () => new Promise(setImmediate)

/** Streams of one channel, as they stand in the store. */
class Streams {
  live: Stream | null = null
  readonly told: string[] = []
  failing: CrossChatError | null = null

  async start(channelId: string, title: string, auto = false): Promise<Stream> {
    if (this.failing !== null) throw this.failing
    if (this.live !== null) throw new CrossChatError('stream_live')
    const begun = { id: 's', channelId, title, startedAt: 1, endedAt: null, messages: 0 }
    this.live = auto ? { ...begun, auto } : begun
    this.told.push(`${auto ? 'auto' : 'by hand'}: ${title}`)
    return this.live
  }

  async end(): Promise<Stream> {
    if (this.failing !== null) throw this.failing
    const { live } = this
    if (live === null) throw new CrossChatError('no_stream')
    this.live = null
    this.told.push('end')
    return live
  }

  state = () => ({ live: this.live !== null, startedAt: null, title: null })
  isAuto = () => this.live?.auto === true
  auto = () => (this.isAuto() ? [CHANNEL] : [])
}

function open(streams = new Streams(), clock = new Clock(), asked = new Map([['testtube', false]])) {
  const autoStreams = new AutoStreams({
    streams,
    sources: { broadcasts: () => [...asked].map(([platform, live]) => ({ platform, live })) },
    ingest: { platforms: [ABOUT] },
    graceMs: GRACE_MS,
    log: createLog('silent'),
    clock,
  })
  /** What the sources tell: kept there first. */
  const hear = async (live: boolean, more: { platform?: string; at?: number; title?: string } = {}) => {
    const { platform = 'testtube', at = clock.now(), title } = more
    if (asked.has(platform)) asked.set(platform, live)
    autoStreams.hear(CHANNEL, platform, { live, at, ...(title !== undefined && { title }) })
    await settled()
  }
  return { autoStreams, streams, clock, asked, hear }
}

const test = suite('auto-streams')

test('begins a stream with the broadcast, under its title, and ends it with its end', async () => {
  const { streams, clock, hear } = open()
  await hear(true, { title: 'Evening' })
  assert.equal(streams.told, ['auto: Evening'])
  await hear(false)
  await clock.pass(GRACE_MS - 1)
  assert.ok(streams.live)
  await clock.pass(1)
  assert.equal(streams.told, ['auto: Evening', 'end'])
  await hear(true)
  assert.equal(streams.told.at(-1), 'auto: Testtube broadcast')
})

test('does nothing for a platform that was not asked to', async () => {
  const { streams, clock, hear, asked } = open()
  await hear(true, { platform: 'elsewhere' })
  asked.clear()
  await hear(true)
  await hear(false)
  await clock.pass(GRACE_MS)
  assert.equal([streams.told, clock.waiting], [[], 0])
})

test('does not cut a stream whose encoder comes back within the grace period', async () => {
  const { streams, clock, hear } = open()
  await hear(true)
  for (let crash = 0; crash < 3; crash++) {
    await hear(false)
    await clock.pass(GRACE_MS - 1)
    await hear(true)
    await clock.pass(GRACE_MS * 2)
  }
  assert.equal(streams.told, ['auto: Testtube broadcast'])
  assert.is(clock.waiting, 0)
})

test('goes on while another platform that was asked for is on', async () => {
  const { streams, clock, hear } = open(
    undefined,
    undefined,
    new Map([
      ['testtube', false],
      ['othertube', false],
    ]),
  )
  await hear(true)
  await hear(true, { platform: 'othertube' })
  await hear(false)
  await clock.pass(GRACE_MS * 3)
  assert.ok(streams.live)
  await hear(false, { platform: 'othertube' })
  await clock.pass(GRACE_MS)
  assert.is(streams.live, null)
  assert.equal(streams.told, ['auto: Testtube broadcast', 'end'])
})

test('begins nothing with old news', async () => {
  const { streams, clock, hear } = open()
  await hear(true, { at: clock.now() - FRESH_MS - 1 })
  assert.equal(streams.told, [])
})

test('takes old news for a reason not to end', async () => {
  const { streams, clock, hear } = open()
  await hear(true)
  await hear(false)
  await hear(true, { at: clock.now() - FRESH_MS - 1 })
  await clock.pass(GRACE_MS)
  assert.ok(streams.live)
})

test('leaves a stream alone that a person has begun', async () => {
  const { streams, clock, hear } = open()
  await streams.start(CHANNEL, 'mine')
  await hear(true)
  await hear(false)
  await clock.pass(GRACE_MS * 2)
  assert.equal(streams.told, ['by hand: mine'])
  assert.is(clock.waiting, 0)
})

test('does not overrule a person who has ended the stream, until the next broadcast', async () => {
  const { streams, clock, hear } = open()
  await hear(true)
  await streams.end()
  await clock.pass(GRACE_MS * 2)
  assert.is(streams.live, null)
  await hear(false)
  await streams.start(CHANNEL, 'mine')
  await clock.pass(GRACE_MS)
  assert.ok(streams.live, 'the grace period of the broadcast before ends nothing of theirs')
  await streams.end()
  await hear(true)
  assert.is(streams.told.at(-1), 'auto: Testtube broadcast')
})

test('ends nothing once a person asks for it no longer', async () => {
  const { streams, clock, hear, asked } = open()
  await hear(true)
  await hear(false)
  asked.clear()
  await clock.pass(GRACE_MS)
  assert.ok(streams.live)
})

test('ends after a restart what was to be ended, with its grace anew', async () => {
  const before = open()
  await before.hear(true)
  await before.hear(false)
  before.autoStreams.stop()
  await before.clock.pass(GRACE_MS * 10)
  assert.ok(before.streams.live, 'the process was gone')
  const { autoStreams, streams, clock } = open(before.streams, before.clock, before.asked)
  autoStreams.start()
  await clock.pass(GRACE_MS - 1)
  assert.ok(streams.live)
  await clock.pass(1)
  assert.is(streams.live, null)
})

test('leaves after a restart what goes on, and what a person has begun', async () => {
  const on = open(undefined, undefined, new Map([['testtube', true]]))
  await on.streams.start(CHANNEL, 'Evening', true)
  on.autoStreams.start()
  const theirs = open()
  await theirs.streams.start(CHANNEL, 'mine')
  theirs.autoStreams.start()
  for (const { clock, streams } of [on, theirs]) {
    await clock.pass(GRACE_MS * 2)
    assert.ok(streams.live)
  }
})

test('tries again what the disk did not take, and gives up a beginning in the end', async () => {
  const { streams, clock, hear } = open()
  streams.failing = new CrossChatError('storage_failed')
  await hear(true)
  await clock.pass(5_000)
  streams.failing = null
  await clock.pass(5_000)
  assert.ok(streams.live)
  streams.failing = new CrossChatError('storage_failed')
  await hear(false)
  await clock.pass(GRACE_MS)
  assert.ok(streams.live)
  streams.failing = null
  await clock.pass(GRACE_MS)
  assert.is(streams.live, null)
  streams.failing = new CrossChatError('storage_failed')
  await hear(true)
  for (let tries = 0; tries < 100; tries++) await clock.pass(5_000)
  assert.is(clock.waiting, 0)
})

test('begins one stream when two platforms go on at once', async () => {
  const { streams, clock, hear } = open(
    undefined,
    undefined,
    new Map([
      ['testtube', false],
      ['othertube', false],
    ]),
  )
  await Promise.all([hear(true), hear(true, { platform: 'othertube' })])
  await clock.pass(60_000)
  assert.equal(streams.told, ['auto: Testtube broadcast'])
})

test.run()
