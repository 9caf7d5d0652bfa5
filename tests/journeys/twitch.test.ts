import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SourceView } from '../../server/protocol.ts'
import type { Archived } from '../../server/stores/archive.ts'
import { Listener } from '../help/listener.ts'
import { Panel } from '../help/panel.ts'
import { recorded } from '../help/payloads.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import {
  bytesOf,
  chatEvent,
  type Delivering,
  notification,
  revocation,
  TwitchEventSub,
  verification,
} from '../help/stand-ins/twitch-eventsub.ts'
import { chatLine, TwitchIrc } from '../help/stand-ins/twitch-irc.ts'

/** Waits towards Twitch are divided by this. */
const HASTE = 20
const MINUTE_MS = 60_000

const test = suite('twitch')
const sender = new TwitchEventSub()
let irc: TwitchIrc
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>

test.before(async () => {
  data = await temporaryData()
  irc = await TwitchIrc.start(0, { haste: HASTE })
  const env = { ...irc.env, ...sender.env, CROSSCHAT_HASTE: String(HASTE) }
  server = await startServer({ dataDir: data.path, env })
})
test.after(async () => {
  await server.end('SIGKILL')
  await irc.close()
  await data.remove()
})

/** An account that follows a channel, and an overlay that hears it. */
async function following(username: string, channel: string, more: Record<string, unknown> = {}) {
  const panel = await Panel.register(server.base, username)
  const source = await panel.json<SourceView>('PUT', '/api/sources/twitch', { channel, ...more })
  // One for each server that follows it.
  await irc.until(() => irc.listeners(channel) >= 1)
  const listener = await Listener.open(server.base, (await panel.overlay()).key)
  const hears = (text: string) =>
    listener.until(() => listener.events.some((event) => 'text' in event && event.text === text))
  return { panel, source, listener, hears, hook: `${server.base}${source.hook}` }
}

function sourceOf(panel: Panel): Promise<SourceView | undefined> {
  return panel
    .json<{ items: SourceView[] }>('GET', '/api/sources')
    .then(({ items }) => items.find(({ platform }) => platform === 'twitch'))
}

/** What must be the same whichever way an event came: not its place, not our clock, and no id made of the delivery. */
function bare(entry: Archived): Record<string, unknown> {
  if (entry.kind === 'gap') return { kind: 'gap' }
  const { seq: _seq, receivedAt, at, id, removed: _removed, ...rest } = entry
  const made = /^twitch:[0-9a-f]+-\d+\.\d+$/.test(id)
  // Without a time of the server's own, the time of receipt counts.
  return { ...rest, id: made ? 'made' : id, at: at === receivedAt ? 'received' : at }
}

function same(some: Record<string, unknown>[], others: Record<string, unknown>[]): void {
  some.forEach((entry, place) => {
    assert.equal(entry, others[place])
  })
  assert.is(some.length, others.length)
}

async function ended(panel: Panel): Promise<Record<string, unknown>[]> {
  const { id } = await panel.endStream()
  return (await panel.transcript(id)).filter((entry) => entry.kind === 'gap' || entry.platform === 'twitch').map(bare)
}

test('gives the same events over the real socket as through the door, whatever was recorded', async () => {
  const { panel, hears, listener } = await following('over_socket', 'cool_channel')
  const door = await Panel.register(server.base, 'through_door')
  await Promise.all([panel.startStream(), door.startStream()])
  const rows = ['twitch-irc.jsonl', 'twitch-irc-more.jsonl'].flatMap((file) =>
    recorded<{ line: string; previous?: string[] }>(file),
  )
  const lines = rows.flatMap(({ line, previous = [] }) => [...previous, line]).map(inOurChannel)
  lines.push(chatLine('cool_channel', 'Noodle_Knight', 'the last of all'))
  irc.send('cool_channel', ...lines)
  await door.json('POST', '/api/producers/twitch', lines.join('\r\n'), { 'Content-Type': 'text/plain' })
  await hears('the last of all')
  const [socket, pushed] = await Promise.all([ended(panel), ended(door)])
  assert.ok(rows.length === 0 || socket.length > 80)
  same(socket, pushed)
  const source = await untilSource(panel, ({ events }) => events === socket.length)
  assert.is(source.state, 'live')
  listener.close()
})

/** Recorded lines come from many channels; here they all come from the one that is followed. */
function inOurChannel(line: string): string {
  return line.replace(/^((?:@\S+ +)?(?::\S* +)?[A-Za-z]+ +)\S+/, '$1#cool_channel')
}

function aboutOurChannel(body: unknown): string {
  return JSON.stringify(body).replace(/("(?:to_)?broadcaster_user_login":)"[^"]*"/g, '$1"cool_channel"')
}

/** What IRC tells as well is shown once, from there. */
const OVER_IRC = /^channel\.(cheer|bits\.use|raid|subscribe|subscription\.(gift|message))$/

test('gives the same events for signed deliveries as through the door, less what IRC tells as well', async () => {
  const { panel, hook, listener } = await following('by_hook', 'cool_channel')
  await untilSource(panel, ({ state }) => state === 'live')
  const door = await Panel.register(server.base, 'by_door')
  await Promise.all([panel.startStream(), door.startStream()])
  const rows = recorded<Delivered>('twitch-eventsub.jsonl')
  for (const { messageType: type, body: recorded } of rows) {
    const body = aboutOurChannel(recorded)
    // Sent a while ago, so that its time cannot be mistaken for that of receipt.
    const headers = sender.headers(bytesOf(body), { type, at: Date.now() - MINUTE_MS })
    const signed = await fetch(hook, { method: 'POST', body: bytesOf(body), headers })
    assert.is(signed.status, type === 'webhook_callback_verification' ? 200 : 204, await signed.text())
    if (OVER_IRC.test(recorded.subscription.type)) continue
    const pushed = await door.call('POST', '/api/producers/twitch', body, headers)
    assert.is(pushed.status, 202, await pushed.text())
  }
  const [signed, pushed] = await Promise.all([ended(panel), ended(door)])
  assert.ok(rows.length === 0 || signed.length > 20)
  same(signed, pushed)
  listener.close()
})

interface Delivered {
  messageType: string
  body: { subscription: { type: string } }
}

test('takes what is signed right and fresh, and answers everything else with a 4xx', async () => {
  const { panel, hook, hears, listener } = await following('matrix', 'cool_channel')
  const status = async (body: unknown, how: Delivering = {}) => (await sender.deliver(hook, body, how)).status
  const right = sender.headers(bytesOf(chatEvent('m-0', 'x')))['Twitch-Eventsub-Message-Signature'] ?? ''
  assert.is(await status(chatEvent('m-1', 'grüße 👋 ünïcode')), 204)
  await hears('grüße 👋 ünïcode')
  for (const signature of [null, '', right, right.slice(0, 20), `sha1=${'0'.repeat(40)}`, 'foo=bar', 'sha256=zz'])
    assert.is(await status(chatEvent('m-2', 'forged'), { signature }), 403, String(signature))
  const stranger = new TwitchEventSub('another secret altogether')
  assert.is((await stranger.deliver(hook, chatEvent('m-2', 'forged'))).status, 403)
  const now = Date.now()
  assert.is(await status(chatEvent('m-3', 'stale'), { at: now - 11 * MINUTE_MS }), 403)
  assert.is(await status(chatEvent('m-3', 'early'), { at: now + 2 * MINUTE_MS }), 403)
  assert.is(await status('no json', {}), 400)
  assert.is(await status({ no: 'subscription' }), 400)
  assert.is(await status(''), 400)
  const packed = gzipSync(bytesOf(chatEvent('m-4', 'packed')))
  const headers = { ...sender.headers(new Uint8Array(packed)), 'Content-Encoding': 'gzip' }
  assert.is((await fetch(hook, { method: 'POST', body: new Uint8Array(packed), headers })).status, 415)
  assert.is(await status(chatEvent('m-5', 'x'.repeat(300_000))), 413)
  const elsewhere = await sender.deliver(`${server.base}/hooks/twitch/${'A'.repeat(43)}`, chatEvent('m-6', 'nobody'))
  assert.is(elsewhere.status, 404)
  const other = JSON.stringify(chatEvent('m-8', 'of another channel')).replaceAll('cool_channel', 'other_channel')
  assert.is(await status(other), 204)
  assert.is(await status(chatEvent('m-7', 'the last')), 204)
  await hears('the last')
  const texts = listener.events.flatMap((event) => ('text' in event ? [event.text] : []))
  assert.equal(texts, ['grüße 👋 ünïcode', 'the last'])
  await untilSource(panel, ({ events }) => events === 2)
  listener.close()
})

test('shows a delivery that comes again once', async () => {
  const { hook, hears, listener } = await following('replayed', 'cool_channel')
  const how = { id: 'delivery-1', at: Date.now() }
  const follow = notification('channel.follow', { user_id: '7', user_login: 'mira', user_name: 'Mira' })
  for (let n = 0; n < 3; n++) assert.is((await sender.deliver(hook, follow, how)).status, 204)
  for (let n = 0; n < 3; n++) assert.is((await sender.deliver(hook, chatEvent('m-1', 'once'))).status, 204)
  irc.send('cool_channel', chatLine('cool_channel', 'Noodle_Knight', 'once', 'm-1'))
  irc.send('cool_channel', chatLine('cool_channel', 'Noodle_Knight', 'the last'))
  await hears('the last')
  assert.equal(
    listener.events.map(({ kind }) => kind),
    ['notice', 'message', 'message'],
  )
  listener.close()
})

test('answers a challenge exactly, and a revocation with a yes', async () => {
  const { hook, listener } = await following('challenged', 'challenge_channel')
  const challenge = 'pogchamp-kappa-360noscope-<b>vohiyo</b>'
  const asked = await sender.deliver(hook, verification('stream.online', challenge), {
    type: 'webhook_callback_verification',
  })
  assert.is(asked.status, 200)
  assert.match(asked.headers.get('content-type') ?? '', /^text\/plain/)
  assert.is(await asked.text(), challenge)
  const forged = await sender.deliver(hook, verification('stream.online', challenge), {
    type: 'webhook_callback_verification',
    signature: 'sha256=0',
  })
  assert.is(forged.status, 403)
  assert.not.match(await forged.text(), /pogchamp/)
  const revoked = await sender.deliver(hook, revocation('channel.follow', 'user_removed'), { type: 'revocation' })
  assert.is(revoked.status, 204)
  listener.close()
})

test('checks with the secret that belongs to the source, and never shows it', async () => {
  const own = new TwitchEventSub('my very own secret')
  const { panel, hook, hears, listener } = await following('own_secret', 'cool_channel', { secret: own.secret })
  assert.is((await sender.deliver(hook, chatEvent('m-1', 'not mine'))).status, 403)
  assert.is((await own.deliver(hook, chatEvent('m-1', 'mine'))).status, 204)
  await hears('mine')
  assert.not.match(JSON.stringify(await sourceOf(panel)), /my very own/)
  listener.close()
})

test('says how a channel is: not there, then live with its id, and whom it follows', async () => {
  irc.unknown.add('typo_channel')
  const panel = await Panel.register(server.base, 'mistyper')
  await panel.json('PUT', '/api/sources/twitch', { channel: 'https://www.twitch.tv/Typo_Channel' })
  const lost = await untilSource(panel, ({ state }) => state === 'attention')
  assert.is(lost.channel, 'typo_channel')
  assert.match(lost.error ?? '', /No Twitch channel named 'typo_channel'/)
  await panel.json('PUT', '/api/sources/twitch', { channel: '@Right_Channel' })
  const found = await untilSource(panel, ({ state }) => state === 'live')
  assert.is(found.channel, 'right_channel')
  assert.is(found.error, null)
})

/** Looks again as often as an answer comes. */
async function untilSource(panel: Panel, holds: (source: SourceView) => boolean): Promise<SourceView> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const source = await sourceOf(panel)
    if (source !== undefined && holds(source)) return source
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${JSON.stringify(source)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('an outage leaves one gap, a server that goes away none, and everything delivered stands there once', async () => {
  const { panel, hears, listener } = await following('outage', 'outage_channel')
  const stream = await panel.startStream('Through it all')
  // One for each server that follows something.
  const { connections } = irc
  const delivered: string[] = []
  const say = async (text: string) => {
    delivered.push(text)
    irc.send('outage_channel', chatLine('outage_channel', 'Noodle_Knight', text))
    await hears(text)
  }
  for (let n = 0; n < 5; n++) await say(`before ${n}`)
  irc.troubles.refuse()
  irc.send('outage_channel', chatLine('outage_channel', 'Noodle_Knight', 'into the void'))
  await irc.until(() => irc.listeners('outage_channel') === 0)
  await irc.until(() => irc.listeners('outage_channel') === 1 && irc.connections === connections)
  for (let n = 0; n < 5; n++) await say(`between ${n}`)
  const all = irc.opened + connections
  irc.troubles.reconnect()
  for (let n = 0; irc.opened < all || irc.connections > connections || n < 5; n++) await say(`during ${n}`)
  for (let n = 0; n < 5; n++) await say(`after ${n}`)
  await panel.endStream()
  const transcript = (await panel.transcript(stream.id)).filter(({ kind }) => kind === 'message' || kind === 'gap')
  const told = transcript.map((entry) => (entry.kind === 'message' ? entry.text : entry.kind))
  assert.equal(told, [...delivered.slice(0, 5), 'gap', ...delivered.slice(5)])
  const gap = transcript.find(({ kind }) => kind === 'gap')
  assert.ok(gap?.kind === 'gap' && gap.platform === 'twitch' && /Twitch was not connected/.test(gap.reason))
  listener.close()
})

test('keeps to the limits of Twitch through all of this', () => {
  assert.equal(irc.violations, [])
})

test.run()
