import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createCrossChat } from '../../server/app.ts'
import type { SourceView } from '../../server/protocol.ts'
import type { ChatEvent } from '../../workers/message.ts'
import { Listener } from '../help/listener.ts'
import { Panel } from '../help/panel.ts'
import { recorded } from '../help/payloads.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { YouTube } from '../help/stand-ins/youtube.ts'

const test = suite('youtube')
const CHANNEL = `UC${'n'.repeat(22)}`
const KEY = 'an-invented-api-key'

interface House {
  youtube: YouTube
  env: Record<string, string>
  data: Awaited<ReturnType<typeof temporaryData>>
  server: RunningServer
}

const opened: (() => Promise<unknown>)[] = []
test.after.each(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

async function outside(live = true): Promise<Pick<House, 'youtube' | 'env' | 'data'>> {
  const youtube = await YouTube.start(0, { live })
  const data = await temporaryData()
  opened.push(
    () => youtube.close(),
    () => data.remove(),
  )
  // Nobody listens there: emotes are no matter of this journey.
  const nowhere = 'http://127.0.0.1:9'
  const emotes = { CROSSCHAT_BTTV_URL: nowhere, CROSSCHAT_FFZ_URL: nowhere, CROSSCHAT_7TV_URL: nowhere }
  return { youtube, data, env: { ...youtube.env, ...emotes, CROSSCHAT_HASTE: '100' } }
}

async function house(live = true): Promise<House> {
  const { youtube, env, data } = await outside(live)
  const server = await startServer({ dataDir: data.path, env })
  opened.push(() => server.end('SIGKILL'))
  return { youtube, env, data, server }
}

/** A person at the panel who sees how the source is. */
class Watcher {
  readonly panel: Panel
  readonly #socket: Listener

  private constructor(panel: Panel, socket: Listener) {
    this.panel = panel
    this.#socket = socket
  }

  static async open(panel: Panel): Promise<Watcher> {
    const socket = new Listener(panel.base, '/ws/panel', { Cookie: panel.cookie, Origin: panel.base })
    opened.push(async () => socket.close())
    await socket.opened()
    socket.hello({})
    return new Watcher(panel, socket)
  }

  get #source(): SourceView | undefined {
    const status = this.#socket.frames.findLast((frame) => frame.type === 'status')
    return status?.sources.find(({ platform }) => platform === 'youtube')
  }

  /** Waits until the panel is told that the source is live and has brought something since a time: then nothing is in hand. */
  async heard(since: number): Promise<void> {
    await this.#socket.until(() => this.#source?.state === 'live' && (this.#source.lastEventAt ?? 0) >= since)
  }

  /** Waits until the panel is told of a state, and asks for the source. */
  async until(state: SourceView['state']): Promise<SourceView> {
    await this.#socket.until(() => this.#source?.state === state)
    const { items } = await this.panel.json<{ items: SourceView[] }>('GET', '/api/sources')
    const source = items.find(({ platform }) => platform === 'youtube')
    if (source === undefined) throw new Error('There is no source of YouTube.')
    return source
  }
}

async function person(base: string, name: string): Promise<{ panel: Panel; overlay: Listener; watcher: Watcher }> {
  const panel = await Panel.register(base, name)
  const overlay = await Listener.open(base, (await panel.overlay()).key)
  opened.push(async () => overlay.close())
  return { panel, overlay, watcher: await Watcher.open(panel) }
}

function follow(panel: Panel, body: Record<string, unknown>): Promise<SourceView> {
  return panel.json('PUT', '/api/sources/youtube', body)
}

const textsOf = (events: readonly { kind: string }[]) =>
  (events as readonly ChatEvent[]).flatMap((event) => (event.kind === 'message' ? [event.text] : []))

/** What is the same of an event by whichever way it came. */
function essence(event: ChatEvent): unknown {
  const { seq: _, receivedAt, at, ...rest } = event
  // Removals of an author carry neither id nor time of their own.
  const anonymous = event.kind === 'remove' && 'authorId' in event.target && event.id.split(':').length > 2
  return { ...rest, at: Math.abs(at - receivedAt) < 60_000 ? 'now' : at, ...(anonymous && { id: 'made' }) }
}

/** Everything that the pushing person's overlay shows comes to the following person's, too, and nothing else. */
async function compare(following: Listener, pushed: Listener): Promise<void> {
  await following.until(() => following.events.length >= pushed.events.length)
  assert.equal(following.events.map(essence), pushed.events.map(essence))
}

test('makes the same events of all recorded official messages, whether they are streamed or pushed', async () => {
  const responses = recorded<{ response: { items: unknown[] } }>('youtube-api.jsonl').map(({ response }) => response)
  if (responses.length === 0) return
  const { server, youtube } = await house()
  const follower = await person(server.base, 'follower')
  const pusher = await person(server.base, 'pusher')
  await follow(follower.panel, { channel: CHANNEL, apiKey: KEY })
  const { way } = await follower.watcher.until('live')
  assert.is(way, 'Official stream')
  youtube.pieceBytes = 7
  let accepted = 0
  for (const { items } of responses) {
    accepted += (await pusher.panel.json<{ accepted: number }>('POST', '/api/producers/youtube', items)).accepted
    for (const item of items) youtube.push(item)
  }
  await pusher.overlay.until(() => pusher.overlay.events.length === accepted)
  await compare(follower.overlay, pusher.overlay)
  console.log(`  ${accepted} events of ${responses.length} recorded answers`)
})

test('makes the same events of all recorded actions of the web page, whether they are asked for or pushed', async () => {
  type Recorded = { response: { continuationContents?: object; contents?: object } }
  const answers = recorded<Recorded>('youtube-innertube.jsonl').flatMap(({ response }) => actionsIn(response))
  const actions = [...answers, ...recorded<{ action: unknown }>('youtube-renderers.jsonl').map(({ action }) => action)]
  if (actions.length === 0) return
  const { server, youtube } = await house()
  const follower = await person(server.base, 'follower')
  const pusher = await person(server.base, 'pusher')
  await follow(follower.panel, { channel: '@Noodle_Knight' })
  const { way, channel } = await follower.watcher.until('live')
  assert.equal([way, channel], ['Unofficial', '@noodle_knight'])
  const { accepted } = await pusher.panel.json<{ accepted: number }>('POST', '/api/producers/youtube', actions)
  youtube.pushActions(actions)
  await pusher.overlay.until(() => pusher.overlay.events.length === accepted)
  await compare(follower.overlay, pusher.overlay)
  console.log(`  ${accepted} events of ${actions.length} recorded actions`)
})

function actionsIn(answer: { continuationContents?: object; contents?: object }): unknown[] {
  const [chat] = Object.values({ ...answer.continuationContents, ...answer.contents }) as { actions?: unknown[] }[]
  return chat?.actions ?? []
}

for (const [how, key] of [
  ['with a key', { apiKey: KEY }],
  ['without a key', {}],
] as const) {
  test(`waits for a broadcast, is live while it runs, and waits again after it, ${how}`, async () => {
    const { server, youtube } = await house(false)
    const { panel, overlay, watcher } = await person(server.base, 'streamer')
    const set = await follow(panel, { channel: `https://www.youtube.com/channel/${CHANNEL}`, ...key })
    assert.is(set.channel, CHANNEL)
    const waiting = await watcher.until('waiting')
    assert.is(waiting.error, 'Waiting for the stream to begin.')
    assert.is(waiting.title, 'Cool Channel')
    youtube.begin(CHANNEL)
    const live = await watcher.until('live')
    assert.is(live.error, null)
    assert.is(live.quota?.limit, 'apiKey' in key ? 10_000 : undefined)
    assert.ok(!JSON.stringify(live).includes(KEY))
    youtube.say('Noodle_Knight', 'hello 麺')
    await overlay.until(() => textsOf(overlay.events).includes('hello 麺'))
    youtube.end()
    assert.match((await watcher.until('waiting')).error ?? '', /[Ww]aiting for the/)
    youtube.begin(CHANNEL)
    await watcher.until('live')
  })

  test(`doubles nothing and loses nothing over cuts, errors, garbage and split bytes, ${how}`, async () => {
    const { server, youtube } = await house()
    const { panel, overlay, watcher } = await person(server.base, 'streamer')
    const stream = await panel.startStream()
    await follow(panel, { channel: CHANNEL, ...key })
    await watcher.until('live')
    const said: string[] = []
    const say = () => {
      said.push(`message ${said.length}`)
      youtube.say('Noodle_Knight', said.at(-1) ?? '')
    }
    for (const trouble of ['drop', 'errors', 'garbage', 'split', 'drop', 'garbage'] as const) {
      for (let count = 0; count < 5; count++) say()
      youtube.troubles[trouble]?.()
      for (let count = 0; count < 5; count++) say()
      await overlay.until(() => textsOf(overlay.events).includes(said.at(-1) ?? ''))
    }
    await panel.endStream()
    const transcript = await panel.transcript(stream.id)
    assert.equal(textsOf(overlay.events), said)
    assert.equal(textsOf(transcript), said)
    assert.ok(!transcript.some(({ kind }) => (kind as string) === 'gap'))
  })

  test(`shows the history once, also after a restart in the middle of a stream, ${how}`, async () => {
    const { server, youtube, env, data } = await house()
    const { panel, overlay, watcher } = await person(server.base, 'streamer')
    youtube.room(CHANNEL)
    youtube.say('Noodle_Knight', 'before')
    const stream = await panel.startStream()
    await follow(panel, { channel: CHANNEL, ...key })
    await watcher.until('live')
    youtube.say('Noodle_Knight', 'one')
    await overlay.until(() => textsOf(overlay.events).includes('one'))
    await server.end('SIGTERM')
    youtube.say('Noodle_Knight', 'while it was away')
    const next = await startServer({ dataDir: data.path, env })
    opened.push(() => next.end('SIGKILL'))
    const again = await Watcher.open(panel.at(next.base))
    await again.until('live')
    youtube.say('Noodle_Knight', 'two')
    const { key: overlayKey } = await again.panel.overlay()
    const returned = await Listener.open(next.base, overlayKey)
    opened.push(async () => returned.close())
    await returned.until(() => textsOf(returned.events).includes('two'))
    await again.panel.endStream()
    const transcript = await again.panel.transcript(stream.id)
    assert.equal(textsOf(transcript), ['before', 'one', 'while it was away', 'two'])
    assert.ok(!transcript.some(({ kind }) => (kind as string) === 'gap'), 'the history fills the gap')
  })

  test(`shows the history once, also after its worker has died, ${how}`, async () => {
    const { youtube, env, data } = await outside()
    const own = { PORT: '0', DATA_DIR: data.path, CROSSCHAT_LOG: 'silent' }
    const crosschat = createCrossChat({ env: { ...env, ...own } })
    opened.push(() => crosschat.close())
    const base = await crosschat.listen()
    const { panel, overlay, watcher } = await person(base, 'streamer')
    await follow(panel, { channel: CHANNEL, ...key })
    await watcher.until('live')
    const said: string[] = []
    for (let death = 0; death < 3; death++) {
      const shown = `before death ${death}`
      const at = Date.now()
      youtube.say('Noodle_Knight', shown)
      await overlay.until(() => textsOf(overlay.events).includes(shown))
      // A worker that dies with a payload of the source in hand throws suspicion on the source.
      await watcher.heard(at)
      await (await crosschat.parts()).ingest.shift?.worker.terminate()
      youtube.say('Noodle_Knight', `after death ${death}`)
      said.push(shown, `after death ${death}`)
      await overlay.until(() => textsOf(overlay.events).includes(`after death ${death}`))
    }
    assert.equal(textsOf(overlay.events), said)
  })
}

test('says what to do about a bad key, and goes on with a better one', async () => {
  const { server, youtube } = await house()
  const { panel, watcher } = await person(server.base, 'streamer')
  youtube.fail('videos', { status: 400, body: '{"error":{"errors":[{"reason":"keyInvalid"}]}}' })
  await follow(panel, { channel: 'video:a1b2C3d4E5_', apiKey: 'a-bad-key-of-old' })
  assert.match((await watcher.until('attention')).error ?? '', /refuses the API key/)
  await follow(panel, { apiKey: KEY })
  assert.is((await watcher.until('live')).channel, 'video:a1b2C3d4E5_')
})

test('says what a name must look like', async () => {
  const { server } = await house()
  const { panel } = await person(server.base, 'streamer')
  const answer = await panel.call('PUT', '/api/sources/youtube', { channel: 'https://example.com/@noodle' })
  assert.is(answer.status, 400)
  assert.match(await answer.text(), /@handle/)
})

test.run()
