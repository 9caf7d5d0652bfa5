import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DeedView, HeldView } from '../../server/api/moderation.ts'
import type { ChatEvent } from '../../server/protocol.ts'
import { NO_RULES, type Rules } from '../../workers/ruled.ts'
import { Listener } from '../help/listener.ts'
import { deleteLine, ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** What waits for a moderator and who is hidden, on the real server: from the rule to the picture, over restarts. */

const test = suite('held')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let people = 0

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path })
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

async function newPanel(rules: Partial<Rules>): Promise<Panel> {
  const panel = await Panel.register(server.base, `keeper_${people++}`)
  await panel.json('PUT', '/api/moderation/rules', { ...NO_RULES, ...rules })
  return panel
}
const HELD = '/api/moderation/held'
const queue = async (panel: Panel) =>
  (await panel.json<HeldView>('GET', HELD)).items.map(({ event, rule }) => [event.id, rule])
const decide = (panel: Panel, id: string, how: 'release' | 'refuse') =>
  panel.call('POST', `${HELD}/${encodeURIComponent(id)}/${how}`)

/** What a page that is opened now would draw. */
async function drawn(key: string, until: string): Promise<string[]> {
  const fresh = await Listener.open(server.base, key)
  await fresh.until(() => fresh.events.some(({ id }) => id === until))
  fresh.close()
  return fresh.events.filter(({ hidden }) => hidden === undefined).map(({ id }) => id)
}
/** Somebody else than whoever writes the lines without a name. */
const byOther = (id: string) => ircLine(id, 'hello', 'Mossy_Otter').replace('user-id=1001', 'user-id=1002')
const link = (id: string) => ircLine(id, 'look at https://else.example/x')

test('holds links off the air until they are released, once, in the one order', async () => {
  const panel = await newPanel({ links: { action: 'hold', allow: ['example.org'] } })
  const { key } = await panel.overlay()
  const stream = await panel.startStream()
  const overlay = await Listener.open(server.base, key)
  await panel.pushLines([link('a1'), ircLine('a2', 'https://example.org/fine'), link('a3')])
  await overlay.until(() => overlay.events.some(({ id }) => id === 'twitch:a3'))
  assert.equal(
    overlay.events.filter(({ hidden }) => hidden === 'held:link').map(({ id }) => id),
    ['twitch:a1', 'twitch:a3'],
  )
  assert.equal(await queue(panel), [
    ['twitch:a1', 'link'],
    ['twitch:a3', 'link'],
  ])
  const answers = await Promise.all([decide(panel, 'twitch:a1', 'release'), decide(panel, 'twitch:a1', 'release')])
  assert.equal(answers.map(({ status }) => status).sort(), [202, 409])
  const isRelease = (event: ChatEvent) => event.kind === 'restore' && event.released === true
  await overlay.until(() => overlay.events.some(isRelease))
  const released = overlay.events.filter(isRelease)
  assert.is(released.length, 1)
  const [restore] = released
  assert.equal(restore?.kind === 'restore' && restore.events.map(({ id, seq, hidden }) => [id, seq, hidden]), [
    ['twitch:a1', restore?.seq, undefined],
  ])
  await panel.pushLines([ircLine('a4', 'after')])
  assert.equal(await drawn(key, 'twitch:a4'), ['twitch:a2', 'twitch:a1', 'twitch:a4'], 'where it was released')
  const kept = (await panel.transcript(stream.id)).filter((item) => item.kind === 'message')
  assert.equal(
    kept.map(({ id, hidden, releasedAt }) => [id, hidden, releasedAt !== undefined]),
    [
      ['twitch:a1', undefined, true],
      ['twitch:a2', undefined, false],
      ['twitch:a3', 'held:link', false],
      ['twitch:a4', undefined, false],
    ],
  )
  overlay.close()
})

test('takes a release back like anything else, and a refusal back into the queue', async () => {
  const panel = await newPanel({ everything: true })
  const { key } = await panel.overlay()
  await panel.pushLines([ircLine('b1', 'one'), ircLine('b2', 'two'), ircLine('b3', 'three')])
  await decide(panel, 'twitch:b1', 'release')
  await panel.json('POST', '/api/moderation/hide', { id: 'twitch:b1' })
  await decide(panel, 'twitch:b2', 'release')
  assert.equal(await drawn(key, 'twitch:b2'), ['twitch:b2'])
  await panel.json('POST', '/api/moderation/unhide', { id: 'twitch:b1' })
  assert.equal(await drawn(key, 'twitch:b2'), ['twitch:b1', 'twitch:b2'])
  await decide(panel, 'twitch:b3', 'refuse')
  assert.equal(await queue(panel), [])
  await panel.json('POST', '/api/moderation/unhide', { id: 'twitch:b3' })
  assert.equal(await queue(panel), [['twitch:b3', 'everything']])
  const { items } = await panel.json<{ items: DeedView[] }>('GET', '/api/moderation/log')
  const taken = new Map(items.map(({ id, what }) => [id, what]))
  assert.equal(
    items.map(({ what, undoes }) => [what, undoes === null ? null : taken.get(undoes)]),
    [
      ['unhide', 'refuse'],
      ['refuse', null],
      ['unhide', 'hide'],
      ['release', null],
      ['hide', 'release'],
      ['release', null],
      ['rules', null],
    ],
  )
})

test('lets go of what the platform removes meanwhile', async () => {
  const panel = await newPanel({ everything: true })
  await panel.pushLines([ircLine('c1', 'one'), ircLine('c2', 'two')])
  await panel.pushLines([deleteLine('c1')])
  assert.equal(await queue(panel), [['twitch:c2', 'everything']])
  assert.is((await decide(panel, 'twitch:c1', 'release')).status, 409)
})

test('has the queue of a running stream again after a kill, and releases nothing twice', async () => {
  const panel = await newPanel({ everything: true })
  const { key } = await panel.overlay()
  await panel.startStream()
  await panel.pushLines(['d1', 'd2', 'd3', 'd4'].map((id) => ircLine(id, `line ${id}`)))
  await decide(panel, 'twitch:d1', 'release')
  await decide(panel, 'twitch:d2', 'refuse')
  await server.end('SIGKILL')
  server = await startServer({ dataDir: data.path, port: server.port })
  assert.equal(
    (await queue(panel)).map(([id]) => id),
    ['twitch:d3', 'twitch:d4'],
  )
  assert.is((await decide(panel, 'twitch:d1', 'release')).status, 409)
  await panel.json('POST', '/api/moderation/unhide', { id: 'twitch:d2' })
  assert.equal(
    (await queue(panel)).map(([id]) => id),
    ['twitch:d2', 'twitch:d3', 'twitch:d4'],
  )
  assert.is((await decide(panel, 'twitch:d3', 'release')).status, 202)
  assert.equal(await drawn(key, 'twitch:d3'), ['twitch:d1', 'twitch:d3'])
})

test('hides a person on one platform from now on, over a restart, and shows them again', async () => {
  const panel = await newPanel({})
  const { key } = await panel.overlay()
  const overlay = await Listener.open(server.base, key)
  await panel.pushLines([ircLine('e1', 'buy viewers')])
  await overlay.until(() => overlay.events.some(({ id }) => id === 'twitch:e1'))
  const said = overlay.events.find(({ id }) => id === 'twitch:e1')
  const author = said?.kind === 'message' ? said.author : undefined
  overlay.close()
  const person = { platform: 'twitch', authorId: author?.id ?? '' }
  await panel.json('POST', '/api/moderation/people', { ...person, name: author?.name })
  await panel.pushLines([ircLine('e2', 'buy more'), byOther('e3')])
  assert.equal(await drawn(key, 'twitch:e3'), ['twitch:e3'])
  await server.end()
  server = await startServer({ dataDir: data.path, port: server.port })
  await panel.pushLines([ircLine('e4', 'still here'), byOther('e5')])
  // What was shown before may still stand there: Redis has some minutes of it.
  const since = async (id: string) => (await drawn(key, id)).filter((each) => each !== 'twitch:e3')
  assert.equal(await since('twitch:e5'), ['twitch:e5'])
  await panel.call('POST', '/api/moderation/people/show', person)
  await panel.pushLines([ircLine('e6', 'back')])
  const back = (await since('twitch:e6')).filter((each) => each !== 'twitch:e1')
  assert.equal(back, ['twitch:e5', 'twitch:e6'])
})

test('says what the rules would do, as the worker that judges every message sees it', async () => {
  const panel = await newPanel({ words: [{ text: 'ass', match: 'whole', action: 'hide' }] })
  const tried = (body: object) => panel.json('POST', '/api/moderation/rules/test', body)
  assert.equal(await tried({ text: 'what a class' }), { rule: null, action: 'show', found: null })
  assert.equal(await tried({ text: 'an a\u200bss' }), { rule: 'word', action: 'hide', found: 'ass' })
  const rules = { ...NO_RULES, links: { action: 'hold', allow: [] } }
  assert.equal(await tried({ text: 'go to cheap.shop', rules }), { rule: 'link', action: 'hold', found: 'cheap.shop' })
})

test.run()
