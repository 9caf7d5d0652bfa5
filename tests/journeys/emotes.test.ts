import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ChatEvent } from '../../server/protocol.ts'
import { Listener } from '../help/listener.ts'
import { alone } from '../help/one-server.ts'
import { Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { Emotes, type Whose } from '../help/stand-ins/emotes.ts'
import { roomId, TwitchIrc } from '../help/stand-ins/twitch-irc.ts'

/** The built server follows a channel; its services tell which words are emotes. */

const HASTE = 20
const CHANNEL = 'cool_channel'
const WHOSE: Whose = `twitch/${roomId(CHANNEL)}`

const test = suite('emotes on the real server')
let services: Emotes
let irc: TwitchIrc
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let panel: Panel
let overlay: Listener

async function start(): Promise<void> {
  const env = { ...services.env, ...irc.env, CROSSCHAT_HASTE: String(HASTE) }
  server = await startServer({ dataDir: data.path, env })
  panel = panel === undefined ? await Panel.register(server.base, 'streamer') : panel.at(server.base)
  overlay = await Listener.open(server.base, (await panel.overlay()).key)
}

test.before(async () => {
  services = await Emotes.start()
  irc = await TwitchIrc.start(0, { haste: HASTE })
  data = await temporaryData()
  services.give('7tv', WHOSE, ['catJAM', { word: 'hatOn', zeroWidth: true }])
  services.give('7tv', 'global', ['forAll'])
  await start()
})
test.after(async () => {
  overlay.close()
  await server.end('SIGKILL')
  await irc.close()
  await services.close()
  await data.remove()
})

/** What somebody writes, as it reaches an overlay: text as it is, emotes as `[word]`, zero-width ones as `[^word]`. */
async function shown(text: string): Promise<string> {
  const known = overlay.events.length
  irc.say('Noodle_Knight', text)
  await overlay.until(() => overlay.events.length > known)
  return spelled(overlay.events.at(-1))
}

function spelled(event: ChatEvent | undefined): string {
  const parts = event?.kind === 'message' ? event.parts : []
  return parts
    .map((part) => (part.type === 'emote' ? `[${part.zeroWidth ? '^' : ''}${part.text}]` : part.text))
    .join('')
}

test('shows a followed channel’s emotes', async () => {
  const watched = Promise.all([services.watched(WHOSE), services.watched('global')])
  await panel.json('PUT', '/api/sources/twitch', { channel: CHANNEL })
  await watched
  assert.is(await shown('catJAM hatOn and forAll, catjam'), '[catJAM] [^hatOn] and forAll, catjam')
  assert.is(await shown('forAll'), '[forAll]')
  const [emote] = overlay.events.flatMap((event) => (event.kind === 'message' ? event.parts : []))
  assert.match(emote?.type === 'emote' ? emote.url : '', /^https:\/\/cdn\.7tv\.app\/emote\/\w+\/2x\.webp$/)
})

test('shows an emote that is put into the set while it runs', async () => {
  await services.told(WHOSE, { pushed: ['justNow'], pulled: ['hatOn'] })
  assert.is(await shown('justNow hatOn'), '[justNow] hatOn')
})

test('dresses what the simulator says in that channel', async () => {
  const known = overlay.events.length
  await panel.json('POST', '/api/simulator/messages', { platform: 'twitch', name: 'PixelPanda', text: 'so catJAM' })
  await overlay.until(() => overlay.events.length > known)
  assert.is(spelled(overlay.events.at(-1)), 'so [catJAM]')
})

alone(test)('has its emotes after a restart although no service answers', async () => {
  overlay.close()
  await server.end()
  services.troubles.slow()
  const watched = services.watched(WHOSE)
  await start()
  await watched
  await irc.until(() => irc.listeners(CHANNEL) > 0)
  assert.is(await shown('catJAM nothing'), '[catJAM] nothing')
  services.troubles.well()
})

test('lets go of a channel that is no longer followed', async () => {
  const gone = services.unwatched(WHOSE)
  await panel.call('DELETE', '/api/sources/twitch')
  await gone
  const known = overlay.events.length
  await panel.json('POST', '/api/simulator/messages', { platform: 'twitch', name: 'PixelPanda', text: 'so catJAM' })
  await overlay.until(() => overlay.events.length > known)
  assert.is(spelled(overlay.events.at(-1)), 'so catJAM')
})

test.run()
