import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SourceView } from '../../server/protocol.ts'
import { Listener } from '../help/listener.ts'
import { Nodes, overlayKey } from '../help/nodes.ts'
import { NOWHERE } from '../help/outside.ts'
import { Panel } from '../help/panel.ts'
import { CuttableProxy } from '../help/proxy.ts'
import { redisStands } from '../help/redis.ts'
import type { RunningServer } from '../help/server.ts'
import { TwitchIrc } from '../help/stand-ins/twitch-irc.ts'

const HASTE = 50
const CHANNEL = 'cool_channel'

interface Context {
  nodes: Nodes
  irc: TwitchIrc
  panel: Panel
  key: string
  proxy: CuttableProxy
}

/** A channel that follows a chat, on several nodes: who reads it, what is shown, and what a home that was away may still do. */
const test = suite<Context>('homes of a followed channel')

test.before(async (context) => {
  context.irc = await TwitchIrc.start(0, { haste: HASTE })
  const env = { ...NOWHERE, ...context.irc.env, CROSSCHAT_HASTE: String(HASTE) }
  context.nodes = await Nodes.of(async ({ base }) => {
    context.panel = await Panel.register(base, 'noodle_knight')
    context.key = await overlayKey(context.panel)
    await context.panel.json('PUT', '/api/sources/twitch', { channel: CHANNEL })
  }, env)
  context.proxy = await CuttableProxy.to(context.nodes.redis.port)
})
test.after.each(async ({ nodes, proxy }) => {
  proxy.thaw()
  await nodes.clear()
})
test.after(async ({ nodes, irc, proxy }) => {
  await nodes.close()
  proxy.close()
  await irc.close()
})

let said = 0
function say(irc: TwitchIrc, count = 5): void {
  for (let nth = 0; nth < count; nth++) irc.say('Mossy_Otter', `word ${++said}`)
}
const texts = ({ events }: Listener) => events.flatMap((event) => (event.kind === 'message' ? [event.text] : []))
const words = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, nth) => `word ${from + nth}`)

async function hears(listener: Listener, word: number): Promise<void> {
  await listener.until(() => texts(listener).includes(`word ${word}`), 30_000)
}

const twitchOf = async (panel: Panel, { base }: RunningServer): Promise<SourceView | undefined> => {
  const { items } = await panel.at(base).json<{ items: SourceView[] }>('GET', '/api/sources')
  return items.find(({ platform }) => platform === 'twitch')
}

test('one node reads the chat, all show it; killed, another one reads on', async ({ nodes, irc, panel, key }) => {
  const [one, two] = [await nodes.start(), await nodes.start()]
  await irc.until(() => irc.listeners(CHANNEL) === 1)
  const sockets = await Promise.all([one, two].map(({ base }) => Listener.open(base, key)))
  const from = said + 1
  say(irc)
  for (const each of sockets) {
    await hears(each, said)
    assert.equal(texts(each), words(from, said))
  }
  // Asked at either, both say how it is.
  for (const node of [one, two]) assert.is((await twitchOf(panel, node))?.state, 'live')
  await one.end('SIGKILL')
  await irc.until(() => irc.listeners(CHANNEL) === 0)
  await irc.until(() => irc.listeners(CHANNEL) === 1)
  say(irc)
  const there = sockets[1]
  if (there === undefined) throw new Error('There is no socket.')
  await hears(there, said)
  assert.equal([texts(there), there.closed, there.welcome?.recovered], [words(from, said), null, true])
  for (const each of sockets) each.close()
})

test('a home that stood still finds that it is none any more, and harms nobody', async ({ nodes, irc, key }) => {
  const one = await nodes.start()
  await irc.until(() => irc.listeners(CHANNEL) === 1)
  const two = await nodes.start()
  const [here, there] = [await Listener.open(one.base, key), await Listener.open(two.base, key)]
  const from = said + 1
  say(irc)
  await hears(here, said)
  await hears(there, said)
  one.child.kill('SIGSTOP')
  await irc.until(() => irc.listeners(CHANNEL) === 2)
  say(irc)
  await hears(there, said)
  one.child.kill('SIGCONT')
  // It has the same lines in its socket, gives them numbers of its own, and is refused; then it follows.
  await irc.until(() => irc.listeners(CHANNEL) === 1)
  say(irc)
  await hears(there, said)
  await hears(here, said)
  assert.equal(texts(there), words(from, said))
  assert.is(here.epoch, there.epoch)
  const last = await Listener.open(two.base, key)
  await last.until(() => last.events.length > 0)
  assert.equal(texts(last), words(from, said))
  for (const each of [here, there, last]) each.close()
})

test('a home that is cut off from Redis shows its chat to its own, and goes on with the others', async (context) => {
  const { nodes, irc, key, proxy } = context
  const one = await nodes.start(proxy.base.replace('http:', 'redis:'))
  await irc.until(() => irc.listeners(CHANNEL) === 1)
  const here = await Listener.open(one.base, key)
  const from = said + 1
  say(irc)
  await hears(here, said)
  proxy.freeze()
  say(irc)
  await hears(here, said)
  assert.equal(texts(here), words(from, said))
  const two = await nodes.start()
  await irc.until(() => irc.listeners(CHANNEL) === 2)
  const there = await Listener.open(two.base, key)
  say(irc)
  await hears(here, said)
  await hears(there, said)
  proxy.thaw()
  await irc.until(() => irc.listeners(CHANNEL) === 1)
  await here.until(() => here.epoch === there.epoch)
  say(irc)
  await hears(here, said)
  await hears(there, said)
  assert.equal(texts(here).slice(-5), words(said - 4, said))
  assert.equal(texts(there).slice(-5), words(said - 4, said))
  for (const each of [here, there]) each.close()
})

test('Redis dies and comes back empty: nobody misses anything', async ({ nodes, irc, key }) => {
  const one = await nodes.start()
  await irc.until(() => irc.listeners(CHANNEL) === 1)
  const two = await nodes.start()
  const [here, there] = [await Listener.open(one.base, key), await Listener.open(two.base, key)]
  const from = said + 1
  say(irc)
  await hears(there, said)
  await nodes.redis.kill()
  await nodes.redis.forget()
  say(irc)
  await hears(here, said)
  await nodes.redis.begin()
  await hears(there, said)
  say(irc)
  for (const each of [here, there]) {
    await hears(each, said)
    assert.equal(texts(each), words(from, said))
    each.close()
  }
})

if (redisStands('faults/homes')) test.run()
