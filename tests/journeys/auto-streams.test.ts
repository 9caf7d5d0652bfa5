import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StreamView } from '../../server/api/streams.ts'
import type { StreamState } from '../../server/protocol.ts'
import { Listener } from '../help/listener.ts'
import { NOWHERE } from '../help/outside.ts'
import { Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { TwitchIrc } from '../help/stand-ins/twitch-irc.ts'

/** Divides the three minutes of grace, too. */
const HASTE = '900'
/** So that a process can end and the next one start within the grace. */
const LITTLE_HASTE = '30'

interface Context {
  data: Awaited<ReturnType<typeof temporaryData>>
  irc: TwitchIrc
  server: RunningServer
  start(haste?: string): Promise<RunningServer>
}

const test = suite<Context>('streams that begin and end with a broadcast')
test.before.each(async (context) => {
  context.data = await temporaryData()
  context.irc = await TwitchIrc.start(0, { haste: Number(HASTE) })
  context.start = async (haste = HASTE) => {
    const env = { ...NOWHERE, ...context.irc.env, CROSSCHAT_HASTE: haste }
    context.server = await startServer({ dataDir: context.data.path, env })
    return context.server
  }
})
test.after.each(async ({ data, irc, server }) => {
  await server.end('SIGKILL')
  await irc.close()
  await data.remove()
})

let deliveries = 0

/** EventSub's words, by the producer's door. */
function twitch(panel: Panel, type: 'stream.online' | 'stream.offline', at = Date.now()) {
  const time = new Date(at).toISOString()
  const who = {
    broadcaster_user_id: '2002',
    broadcaster_user_login: 'cool_channel',
    broadcaster_user_name: 'Cool_Channel',
  }
  const event = type === 'stream.online' ? { id: '9', ...who, type: 'live', started_at: time } : who
  return panel.json(
    'POST',
    '/api/producers/twitch',
    { subscription: { type }, event },
    {
      'Twitch-Eventsub-Message-Id': `d-${++deliveries}`,
      'Twitch-Eventsub-Message-Type': 'notification',
      'Twitch-Eventsub-Message-Timestamp': time,
    },
  )
}

async function watching(base: string, panel: Panel): Promise<Listener & { state(): StreamState | undefined }> {
  const listener = new Listener(base, '/ws/panel', { Origin: base, Cookie: panel.cookie })
  await listener.opened()
  listener.hello({})
  await listener.until(() => listener.welcome !== null)
  const state = (): StreamState | undefined =>
    listener.frames.findLast((frame) => frame.type === 'stream') ?? listener.welcome?.stream
  return Object.assign(listener, { state })
}

async function streamsOf(panel: Panel): Promise<StreamView[]> {
  return (await panel.json<{ items: StreamView[] }>('GET', '/api/streams')).items
}

test('begins with Twitch’s word, tells the panel, and ends some time after its end', async ({ start }) => {
  const { base } = await start()
  const panel = await Panel.register(base, 'goes_live')
  await panel.json('PUT', '/api/sources/twitch', { channel: 'Cool_Channel', autoStream: true })
  const watch = await watching(base, panel)
  await twitch(panel, 'stream.online')
  await watch.until(() => watch.state()?.live === true)
  assert.is(watch.state()?.title, 'Twitch broadcast')
  await twitch(panel, 'stream.offline')
  await watch.until(() => watch.state()?.live === false)
  const [stream, ...others] = await streamsOf(panel)
  assert.ok(stream?.endedAt)
  assert.is(others.length, 0)
  watch.close()
})

test('takes the title that Kick gives, and nothing of old or repeated news', async ({ start }) => {
  const { base } = await start()
  const panel = await Panel.register(base, 'goes_live')
  await panel.json('PUT', '/api/sources/kick', { channel: 'cool-channel', autoStream: true })
  const watch = await watching(base, panel)
  const status = (is_live: boolean, at: number) => {
    const time = new Date(at).toISOString()
    const body = { is_live, title: 'First light', started_at: time, ended_at: is_live ? null : time }
    return panel.json('POST', '/api/producers/kick', { type: 'livestream.status.updated', body })
  }
  const now = Date.now()
  await status(true, now - 3_600_000)
  await status(false, now - 1_800_000)
  assert.equal(await streamsOf(panel), [], 'old news')
  await status(true, now)
  await watch.until(() => watch.state()?.live === true)
  assert.is(watch.state()?.title, 'First light')
  await panel.endStream()
  await watch.until(() => watch.state()?.live === false)
  await status(true, now)
  await panel.pushLines(['PING :done'])
  assert.is((await streamsOf(panel)).length, 1, 'a person has ended it')
  watch.close()
})

test('leaves a stream alone that a person has begun, and does nothing where it was not asked to', async ({ start }) => {
  const { base } = await start()
  const [asked, silent] = [await Panel.register(base, 'begins_by_hand'), await Panel.register(base, 'asks_nothing')]
  await asked.json('PUT', '/api/sources/twitch', { channel: 'cool_channel', autoStream: true })
  await silent.json('PUT', '/api/sources/twitch', { channel: 'cool_channel' })
  const stream = await asked.startStream('mine')
  const watch = await watching(base, asked)
  for (const panel of [asked, silent]) {
    await twitch(panel, 'stream.online', Date.now() - 1_000)
    await twitch(panel, 'stream.offline')
  }
  // Another stream of the same grace, begun later, has ended: the time is over for this one, too.
  const other = await Panel.register(base, 'shows_the_time')
  await other.json('PUT', '/api/sources/twitch', { channel: 'cool_channel', autoStream: true })
  const clock = await watching(base, other)
  await twitch(other, 'stream.online', Date.now() - 1_000)
  await clock.until(() => clock.state()?.live === true)
  await twitch(other, 'stream.offline')
  await clock.until(() => clock.state()?.live === false)
  assert.equal(
    (await streamsOf(asked)).map(({ id, endedAt }) => [id, endedAt]),
    [[stream.id, null]],
  )
  assert.equal(await streamsOf(silent), [])
  watch.close()
  clock.close()
})

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`ends after ${signal} and a new start what was to be ended`, async ({ start }) => {
    const first = await start(LITTLE_HASTE)
    const panel = await Panel.register(first.base, 'comes_back')
    await panel.json('PUT', '/api/sources/twitch', { channel: 'cool_channel', autoStream: true })
    const before = await watching(first.base, panel)
    await twitch(panel, 'stream.online', Date.now() - 1_000)
    await before.until(() => before.state()?.live === true)
    await twitch(panel, 'stream.offline')
    await first.end(signal)
    const { base } = await start(LITTLE_HASTE)
    const again = panel.at(base)
    const watch = await watching(base, again)
    assert.is(watch.welcome?.stream.live, true, 'it goes on')
    await watch.until(() => watch.state()?.live === false)
    assert.is((await streamsOf(again)).length, 1)
    before.close()
    watch.close()
  })
}

test.run()
