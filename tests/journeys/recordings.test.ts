import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ProducedView } from '../../server/api/sources.ts'
import type { ChatEvent } from '../../workers/message.ts'
import { Panel } from '../help/panel.ts'
import { recorded } from '../help/payloads.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

const test = suite('recordings')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let panel: Panel

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path })
  panel = await Panel.register(server.base, 'recorder')
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

/** Pushes one payload as a producer would; the answer must be 202 and account for it. */
async function push(
  platform: string,
  body: string,
  headers: Record<string, string>,
  what: string,
): Promise<ProducedView> {
  const answer = await panel.call('POST', `/api/producers/${platform}`, body, headers)
  const text = await answer.text()
  assert.is(answer.status, 202, `${what}: ${answer.status} ${text}`)
  const produced = JSON.parse(text) as ProducedView
  assert.is(produced.accepted, produced.events.length)
  assert.ok(produced.accepted + produced.ignored + produced.duplicates > 0, `${what} vanished`)
  assert.is(produced.reasons.length, Math.min(produced.ignored, 100), `${what}: each ignored item has its reason`)
  return produced
}

const JSON_BODY = { 'Content-Type': 'application/json' }
const TEXT_BODY = { 'Content-Type': 'text/plain' }

test('takes every recorded payload through the door: accepted, ignored for a stated reason, or duplicate', async () => {
  const stream = await panel.startStream('Recordings')
  const totals = { accepted: 0, ignored: 0, duplicates: 0 }
  const count = ({ accepted, ignored, duplicates }: ProducedView) => {
    totals.accepted += accepted
    totals.ignored += ignored
    totals.duplicates += duplicates
  }
  for (const file of ['twitch-irc.jsonl', 'twitch-irc-more.jsonl']) {
    for (const { source, line, previous = [] } of recorded<{ source: string; line: string; previous?: string[] }>(
      file,
    )) {
      for (const each of [...previous, line]) count(await push('twitch', each, TEXT_BODY, source))
    }
  }
  for (const { source, body } of recorded<{ source: string; body: unknown }>('twitch-eventsub.jsonl')) {
    count(await push('twitch', JSON.stringify(body), JSON_BODY, source))
  }
  for (const { source, message } of recorded<{ source: string; message: unknown }>('twitch-eventsub-ws.jsonl')) {
    count(await push('twitch', JSON.stringify(message), JSON_BODY, source))
  }
  for (const file of ['youtube-innertube.jsonl', 'youtube-api.jsonl']) {
    for (const { source, response } of recorded<{ source: string; response: unknown }>(file)) {
      count(await push('youtube', JSON.stringify(response), JSON_BODY, source))
    }
  }
  for (const { source, action } of recorded<{ source: string; action: unknown }>('youtube-renderers.jsonl')) {
    count(await push('youtube', JSON.stringify(action), JSON_BODY, source))
  }
  for (const { source, type, body } of recorded<{ source: string; type: string; body: unknown }>(
    'kick-webhooks.jsonl',
  )) {
    count(await push('kick', JSON.stringify(body), { ...JSON_BODY, 'Kick-Event-Type': type }, source))
  }
  for (const { source, frame } of recorded<{ source: string; frame: unknown }>('kick-pusher.jsonl')) {
    count(await push('kick', JSON.stringify(frame), JSON_BODY, source))
  }
  console.log(`  ${JSON.stringify(totals)}`)
  const transcript = (await panel.transcript(stream.id)) as ChatEvent[]
  assert.is(transcript.length, totals.accepted + 1, 'all accepted events and the opening clear')
  for (const event of transcript) {
    assert.is(event.seq > 0, true)
    if (event.kind === 'message') assert.is(event.parts.map(({ text }) => text).join(''), event.text, event.id)
  }
  await panel.endStream()
})

test('takes whole arrays of recorded bodies at once', async () => {
  const other = await Panel.register(server.base, 'arrays')
  const send = async (platform: string, items: unknown[]) => {
    const answer = await other.call('POST', `/api/producers/${platform}`, items)
    assert.is(answer.status, 202, await answer.text())
  }
  const bodies = recorded<{ body: unknown }>('twitch-eventsub.jsonl').map(({ body }) => body)
  const hooks = recorded<{ type: string; body: unknown }>('kick-webhooks.jsonl').map(({ type, body }) => ({
    type,
    body,
  }))
  const answers = recorded<{ response: unknown }>('youtube-api.jsonl').map(({ response }) => response)
  if (bodies.length > 0) await send('twitch', bodies)
  if (hooks.length > 0) await send('kick', hooks)
  if (answers.length > 0) await send('youtube', answers)
})

test('answers bad input with a 4xx that names the item, and stores nothing of it', async () => {
  const stream = await panel.startStream('Nothing comes of it')
  const cases: [string, string, Record<string, string>, number, RegExp][] = [
    ['twitch', '{"broken', JSON_BODY, 400, /Item 0|JSON/],
    ['twitch', '[{"subscription":{"type":"channel.follow"},"event":{}}, 7]', JSON_BODY, 400, /Item 1/],
    ['twitch', Array.from({ length: 501 }, (_, index) => `:a PRIVMSG #b :${index}`).join('\n'), TEXT_BODY, 400, /500/],
    ['youtube', '"text"', JSON_BODY, 400, /Item 0/],
    ['youtube', '[{"kind":"youtube#liveChatMessage"},null]', JSON_BODY, 400, /Item [01]/],
    ['kick', '{}', JSON_BODY, 400, /Item 0/],
    ['kick', JSON.stringify(Array.from({ length: 501 }, () => ({ event: 'x', data: '{}' }))), JSON_BODY, 400, /500/],
    ['nowhere', '{}', JSON_BODY, 404, /platform/],
    ['twitch', 'x'.repeat(1_100_000), TEXT_BODY, 413, /larger/],
    ['twitch', '', TEXT_BODY, 400, /./],
  ]
  for (const [platform, body, headers, status, message] of cases) {
    const answer = await panel.call('POST', `/api/producers/${platform}`, body, headers)
    const { error } = (await answer.json()) as { error: { code: string; message: string; requestId: string } }
    assert.is(answer.status, status, `${platform} ${body.slice(0, 40)}: ${error.message}`)
    assert.match(error.message, message)
    assert.type(error.requestId, 'string')
  }
  const kinds = (await panel.transcript(stream.id)).map(({ kind }) => kind)
  assert.equal(kinds, ['clear'])
  await panel.endStream()
})

test('passes hostile strings and prototype keys on as text, and nothing of the server changes', async () => {
  const hostile = "<img src=x onerror=alert(1)> \u202Eevil {{7*7}} '; DROP TABLE"
  const line = `@id=hostile-1;display-name=<script>x</script>;color=red\\s;__proto__=polluted;tmi-sent-ts=1 :h!h@h PRIVMSG #c :${hostile}`
  const stream = await panel.startStream('Hostile')
  assert.is((await push('twitch', line, TEXT_BODY, 'hostile')).accepted, 1)
  const body =
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"kind":"youtube#liveChatMessage","id":"p-1","snippet":{"type":"textMessageEvent","textMessageDetails":{"messageText":"safe"},"publishedAt":"2026-01-01T00:00:00Z"},"authorDetails":{"channelId":"UCx","displayName":"__proto__"}}'
  assert.is((await push('youtube', body, JSON_BODY, 'proto')).accepted, 1)
  const [, first, second] = (await panel.transcript(stream.id)) as ChatEvent[]
  assert.is(first?.kind === 'message' && first.text, hostile.replace('\u202E', ''))
  assert.is(first?.kind === 'message' && first.author.name, '<script>x</script>')
  assert.is(first?.kind === 'message' && first.author.color, undefined)
  assert.is(second?.kind === 'message' && second.author.name, '__proto__')
  assert.equal(await panel.json('GET', '/healthz'), { status: 'ok' })
  await panel.endStream()
})

test.run()
