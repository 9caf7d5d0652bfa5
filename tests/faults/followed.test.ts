import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type CrossChat, createCrossChat } from '../../server/app.ts'
import type { Parts } from '../../server/parts/index.ts'
import type { SourceView } from '../../server/protocol.ts'
import { Listener } from '../help/listener.ts'
import { NOWHERE } from '../help/outside.ts'
import { Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { chatLine, TwitchIrc } from '../help/stand-ins/twitch-irc.ts'

const HASTE = 50
const CHANNEL = 'cool_channel'

interface Context {
  data: Awaited<ReturnType<typeof temporaryData>>
  irc: TwitchIrc
  crosschat: CrossChat
  base: string
  parts: Parts
}

const test = suite<Context>('followed sources when something dies')
test.before.each(async (context) => {
  context.data = await temporaryData()
  context.irc = await TwitchIrc.start(0, { haste: HASTE })
  context.crosschat = createCrossChat({
    env: {
      PORT: '0',
      DATA_DIR: context.data.path,
      CROSSCHAT_LOG: 'silent',
      CROSSCHAT_HASTE: String(HASTE),
      ...NOWHERE,
      ...context.irc.env,
    },
  })
  context.base = await context.crosschat.listen()
  context.parts = await context.crosschat.parts()
})
test.after.each(async ({ crosschat, irc, data }) => {
  await crosschat.close()
  await irc.close()
  await data.remove()
})

async function following(base: string, irc: TwitchIrc, name: string, channel = CHANNEL) {
  const panel = await Panel.register(base, name)
  await panel.json('PUT', '/api/sources/twitch', { channel })
  await irc.until(() => irc.listeners(channel) === 1)
  const overlay = await Listener.open(base, (await panel.overlay()).key)
  return { panel, overlay }
}

const twitchOf = async (panel: Panel): Promise<SourceView> => {
  const { items } = await panel.json<{ items: SourceView[] }>('GET', '/api/sources')
  return items.find(({ platform }) => platform === 'twitch') as SourceView
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}

const isLive = (panel: Panel) => until(async () => (await twitchOf(panel)).state === 'live')
const textsOf = (overlay: Listener) => overlay.events.flatMap((event) => (event.kind === 'message' ? [event.text] : []))

test('go on with the next worker: one gap a death in its place, nothing doubled', async ({ base, irc, parts }) => {
  const { panel, overlay } = await following(base, irc, 'survives_workers')
  const stream = await panel.startStream()
  const said: string[] = []
  for (let death = 0; death < 3; death++) {
    await isLive(panel)
    const line = chatLine(CHANNEL, 'Noodle_Knight', `message ${death}`)
    irc.send(CHANNEL, line)
    said.push(`message ${death}`)
    await overlay.until(() => textsOf(overlay).length === said.length)
    // What is on air may still be in hand for a moment; a thread that dies then has a suspect.
    await until(async () => parts.ingest.shift?.reader.job === 0)
    await parts.ingest.shift?.worker.terminate()
    await irc.until(() => irc.listeners(CHANNEL) === 1)
    await isLive(panel)
    // What was shown before the death comes again, as a history would bring it.
    irc.send(CHANNEL, line)
  }
  irc.send(CHANNEL, chatLine(CHANNEL, 'Noodle_Knight', 'the last'))
  await overlay.until(() => textsOf(overlay).includes('the last'))
  assert.equal(textsOf(overlay), [...said, 'the last'])
  await panel.endStream()
  const transcript = await panel.transcript(stream.id)
  const kinds = transcript.flatMap((entry) =>
    entry.kind === 'message' ? [entry.text] : entry.kind === 'gap' ? [`gap of ${entry.platform}`] : [],
  )
  assert.equal(kinds, said.flatMap((text) => [text, 'gap of twitch']).concat('the last'))
  await until(async () => (await twitchOf(panel)).events > 0)
  const metrics = async () => (await fetch(`${base}/metrics`)).text()
  await until(async () => /cc_ingest_total\{platform="twitch"\} 4/.test(await metrics()))
  assert.match(await metrics(), /cc_source_gap_total\{platform="twitch"\} 3/)
  assert.match(await metrics(), /cc_sources\{platform="twitch",state="live"\} 1/)
  overlay.close()
})

test('leave the others alone when one of them ends the worker twice', async ({ base, irc, parts }) => {
  const good = await following(base, irc, 'good_chat', 'good_channel')
  const bad = await following(base, irc, 'bad_chat', 'bad_channel')
  for (let death = 0; death < 2; death++) {
    await Promise.all([isLive(good.panel), isLive(bad.panel)])
    const { shift } = parts.ingest
    assert.ok(shift)
    // No payload is known that ends the worker: the second source is what it had in hand.
    Object.defineProperty(shift.reader, 'job', { get: () => 2 ** 32 - 2 })
    await shift.worker.terminate()
  }
  await irc.until(() => irc.listeners('good_channel') === 1)
  await isLive(good.panel)
  const view = await twitchOf(bad.panel)
  assert.is(view.state, 'attention')
  assert.match(view.error ?? '', /stopped the reader twice/)
  assert.is(irc.listeners('bad_channel'), 0)
  irc.send('good_channel', chatLine('good_channel', 'Noodle_Knight', 'here we go on'))
  await good.overlay.until(() => textsOf(good.overlay).includes('here we go on'))
  await bad.panel.json('POST', '/api/sources/twitch/retry')
  await irc.until(() => irc.listeners('bad_channel') === 1)
  await isLive(bad.panel)
  for (const { overlay } of [good, bad]) overlay.close()
})

test.run()

const restart = suite<{ server: RunningServer }>('followed sources over a restart')

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  restart(`go on after ${signal} with one gap, from when the process was last alive`, async () => {
    const data = await temporaryData()
    const irc = await TwitchIrc.start(0, { haste: HASTE })
    const env = { ...NOWHERE, ...irc.env, CROSSCHAT_HASTE: String(HASTE) }
    const first = await startServer({ dataDir: data.path, env })
    const { panel, overlay } = await following(first.base, irc, 'restarted')
    const stream = await panel.startStream()
    await isLive(panel)
    irc.send(CHANNEL, chatLine(CHANNEL, 'Noodle_Knight', 'before'))
    await overlay.until(() => textsOf(overlay).includes('before'))
    // A kill leaves the last beat of the heart; there must have been one.
    if (signal === 'SIGKILL') await new Promise((resolve) => setTimeout(resolve, 5_500))
    const died = Date.now()
    await first.end(signal)
    const next = await startServer({ dataDir: data.path, env })
    const again = panel.at(next.base)
    await isLive(again)
    irc.send(CHANNEL, chatLine(CHANNEL, 'Noodle_Knight', 'after'))
    const after = await Listener.open(next.base, (await again.overlay()).key)
    await after.until(() => textsOf(after).includes('after'))
    let transcript = await again.transcript(stream.id)
    await until(async () => {
      transcript = await again.transcript(stream.id)
      return transcript.some((entry) => entry.kind === 'message' && entry.text === 'after')
    })
    const gaps = transcript.flatMap((entry) => (entry.kind === 'gap' ? [entry] : []))
    assert.is(gaps.length, 1)
    assert.ok(gaps[0] && gaps[0].at <= died + 1_000 && died - gaps[0].at < 6_000, JSON.stringify(gaps))
    assert.equal(
      transcript.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : [])),
      ['before', 'after'],
    )
    for (const each of [overlay, after]) each.close()
    await next.end('SIGKILL')
    await irc.close()
    await data.remove()
  })
}

restart.run()
