import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { HeldView } from '../../../server/api/moderation.ts'
import type { OverlayView } from '../../../server/api/overlays.ts'
import type { KeyView, WebhookView } from '../../../server/api/programs.ts'
import type { RunView } from '../../../server/api/simulator.ts'
import type { StreamView } from '../../../server/api/streams.ts'
import { EXPORT_FORMATS } from '../../../server/api/transcripts.ts'
import { pick } from '../../../workers/random.ts'
import { NO_RULES } from '../../../workers/ruled.ts'
import { PASSWORD, type Panel } from '../../help/panel.ts'
import { written } from './chat.ts'
import { PatientPanel, patiently } from './patient-panel.ts'
import { keyOf, pause, type Tenant } from './tenant.ts'

/** What everybody does again and again. Each leaves things as they were: what grows then is the server's. */

export interface Hand {
  name: string
  /** From the end of one act to the next, on average. */
  everyMs: number
  act(): Promise<void>
}

/** What is refused for a reason that the load itself makes, such as a message that has just been taken away. */
const REFUSED: ReadonlySet<number> = new Set([403, 404, 409, 429, 503, 507])
const SECOND = 1_000
/** Four messages each: with what an act takes, some hundred messages a second of six channels. */
const CHAT_MS = 170
const PAGE_MS = [5 * SECOND, 60 * SECOND] as const
const STREAM_MS = [20 * SECOND, 60 * SECOND] as const
const NOBODYS_KEY = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/** Streams that a channel keeps; they are kept within ten minutes. */
const KEPT_STREAMS = 5

interface Made {
  id: string
}

/** Of one channel. `bot`: where its webhooks go. */
export function handsOf(tenant: Tenant, bot: string): Hand[] {
  const { panel } = tenant
  const hand = (name: string, everyMs: number, act: () => Promise<unknown>): Hand => ({
    name,
    everyMs,
    act: async () => void (await act()),
  })
  const aMessage = (path: string, back?: string) => async () => {
    const id = tenant.recent()
    if (id === null) return
    await may(panel, 'POST', path, { id })
    if (back !== undefined) await may(panel, 'POST', back, { id })
  }
  return [
    hand('chat', CHAT_MS, () => tenant.say(4)),
    ...['/ws/overlay', '/ws/overlay', '/ws/overlay'].map((path) =>
      hand('an overlay', SECOND, () => tenant.watch(path, tenant.key, between(PAGE_MS))),
    ),
    hand('a panel', SECOND, () => tenant.watch('/ws/panel', null, between(PAGE_MS))),
    hand('an event stream', SECOND, () => tenant.read(between(PAGE_MS))),
    hand('a dock', 3 * SECOND, () => aDock(tenant)),
    hand('a stream', 3 * SECOND, () => aStream(tenant)),
    hand('rules', 5 * SECOND, () => changeRules(panel)),
    hand('hide and show', 2 * SECOND, aMessage('/api/moderation/hide', '/api/moderation/unhide')),
    hand('feature', 7 * SECOND, async () => {
      await aMessage('/api/moderation/feature')()
      await may(panel, 'POST', '/api/moderation/feature', { id: null })
    }),
    hand('panic and slow', 30 * SECOND, async () => {
      for (const on of [true, false]) {
        await may(panel, 'POST', '/api/moderation/panic', { on })
        await may(panel, 'POST', '/api/moderation/slow', { on })
      }
    }),
    hand('clear', 40 * SECOND, () => may(panel, 'POST', '/api/moderation/clear', {})),
    hand('a person', 8 * SECOND, () => aPerson(panel)),
    hand('held', 5 * SECOND, () => decide(panel)),
    hand('a moment', 9 * SECOND, () => aMoment(tenant)),
    hand('search', 3 * SECOND, () => searchAll(panel)),
    hand('read', 5 * SECOND, () => readOne(panel)),
    hand('export', 15 * SECOND, () => exportOne(panel)),
    hand('a run', 15 * SECOND, () => aRun(panel)),
    hand('an overlay’s life', 6 * SECOND, () => anOverlay(tenant)),
    hand('a webhook', 10 * SECOND, () => aWebhook(panel, bot)),
    hand('a key', 10 * SECOND, () => aKey(tenant)),
    hand('an invitation', 15 * SECOND, () => anInvitation(panel)),
    hand('nonsense', 4 * SECOND, () => nonsense(panel)),
  ]
}

/** Of the house. */
export function handsOfAll(base: string, owner: Panel): Hand[] {
  let newcomers = 0
  return [
    { name: 'sign in and out', everyMs: 6 * SECOND, act: () => signInAndOut(base) },
    { name: 'a wrong password', everyMs: 20 * SECOND, act: () => wrongPassword(base) },
    { name: 'wrong keys', everyMs: 2 * SECOND, act: () => wrongKeys(base) },
    { name: 'figures of the house', everyMs: 5 * SECOND, act: () => lookAtTheHouse(owner) },
    {
      name: 'an account’s life',
      everyMs: 25 * SECOND,
      act: () => anAccount(base, `guest_${process.pid}_${newcomers++}`),
    },
  ]
}

/** A call that the load itself may make impossible. Gives its answer, or null when it was refused. */
async function may<T>(panel: Panel, method: string, path: string, body?: unknown): Promise<T | null> {
  const answer = await panel.call(method, path, body)
  const text = await answer.text()
  if (answer.ok) return text === '' ? null : JSON.parse(text)
  if (REFUSED.has(answer.status)) return null
  throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 200)}`)
}

function between([least, most]: readonly [number, number]): number {
  return least + Math.random() * (most - least)
}

async function aDock(tenant: Tenant): Promise<void> {
  const { panel } = tenant
  const scope = pick(Math.random, ['read', 'moderate', 'control'])
  const dock = await panel.json<OverlayView>('POST', '/api/docks', { name: 'Side screen', scope })
  await tenant.watch('/ws/dock', keyOf(dock), between(PAGE_MS))
  const rotated = await panel.json<OverlayView>('POST', `/api/docks/${dock.id}/rotate`)
  await tenant.watch('/ws/dock', keyOf(rotated), SECOND)
  await panel.json('DELETE', `/api/docks/${dock.id}`)
}

/**
 * A disk that is behind makes the end wait for another try. Of what is kept there is something to search, and not always more: a stream
 * that is deleted stands for seven days, so only a discarded one is gone.
 */
async function aStream(tenant: Tenant): Promise<void> {
  const { panel } = tenant
  const stream = await may<Made>(panel, 'POST', '/api/streams', { title: 'An evening of the soak' })
  await pause(between(STREAM_MS))
  const discard = tenant.kept.length >= KEPT_STREAMS || Math.random() < 0.5
  const ended = await may<Made>(panel, 'POST', '/api/streams/live/end', { discard })
  if (!discard && ended !== null && ended.id === stream?.id) tenant.kept.push(ended.id)
  const id = tenant.kept[Math.floor(Math.random() * tenant.kept.length)]
  if (id === undefined) return
  await may(panel, 'DELETE', `/api/streams/${id}`)
  await may(panel, 'POST', `/api/streams/${id}/restore`)
}

async function changeRules(panel: Panel): Promise<void> {
  const words = Array.from({ length: 50 }, (_, nth) => `word${nth}${Math.random().toString(36).slice(2, 6)}`)
  await panel.json('PUT', '/api/moderation/rules', {
    ...NO_RULES,
    words: ['spoiler', ...words],
    links: { action: 'hold', allow: [] },
    repeats: { action: 'hide', within: 30 },
    bots: Math.random() < 0.5,
  })
  await panel.json('POST', '/api/moderation/rules/test', { text: `a ${words[0]} and more` })
}

async function aPerson(panel: Panel): Promise<void> {
  const person = { platform: 'twitch', authorId: String(Math.floor(Math.random() * 1e6)) }
  await may(panel, 'POST', '/api/moderation/people', { ...person, name: 'Loud_Goose' })
  await may(panel, 'POST', '/api/moderation/people/note', { ...person, note: 'sells things' })
  await may(panel, 'POST', '/api/moderation/people/show', person)
}

async function decide(panel: Panel): Promise<void> {
  const { items } = await panel.json<HeldView>('GET', '/api/moderation/held')
  for (const { event } of items.slice(0, 10)) {
    const way = Math.random() < 0.5 ? 'release' : 'refuse'
    await may(panel, 'POST', `/api/moderation/held/${encodeURIComponent(event.id)}/${way}`)
  }
}

async function aMoment(tenant: Tenant): Promise<void> {
  const id = tenant.recent()
  const moment = id === null ? null : await may<Made>(tenant.panel, 'POST', '/api/moments', { id })
  if (moment !== null) await may(tenant.panel, 'DELETE', `/api/moments/${moment.id}`)
}

async function searchAll(panel: Panel): Promise<void> {
  const q = pick(Math.random, ['harbour', 'nobodysaidthis', 'from:noodle_knight_7 -jump', 'has:link'])
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = `/api/search?limit=30&q=${encodeURIComponent(q)}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
    const page: { items: unknown[]; next: string | null } | null = await may(panel, 'GET', path)
    cursor = page === null || page.items.length > 0 ? null : page.next
  }
}

async function someStream(panel: Panel): Promise<string | null> {
  const { items } = await panel.json<{ items: StreamView[] }>('GET', '/api/streams?limit=20')
  return items[Math.floor(Math.random() * items.length)]?.id ?? null
}

async function readOne(panel: Panel): Promise<void> {
  const id = await someStream(panel)
  if (id === null) return
  await may(panel, 'GET', `/api/streams/${id}/events?limit=500`)
  await may(panel, 'GET', `/api/streams/${id}/figures`)
}

async function exportOne(panel: Panel): Promise<void> {
  const id = await someStream(panel)
  if (id === null) return
  const format = pick(Math.random, EXPORT_FORMATS)
  const names = Math.random() < 0.3 ? 'pseudonyms' : 'real'
  const answer = await panel.call('GET', `/api/streams/${id}/export?format=${format}&names=${names}`)
  // A stream that is deleted meanwhile breaks its file off.
  await answer.text().catch(() => undefined)
}

async function aRun(panel: Panel): Promise<void> {
  const run = await may<RunView>(panel, 'POST', '/api/simulator/runs', { scenario: 'hype', count: 50, perSecond: 10 })
  await may(panel, 'POST', '/api/simulator/messages', { platform: 'kick', name: 'Quiet_Otter', text: 'good luck!' })
  if (run !== null && Math.random() < 0.3) await may(panel, 'DELETE', `/api/simulator/runs/${run.id}`)
}

async function anOverlay(tenant: Tenant): Promise<void> {
  const { panel } = tenant
  const overlay = await panel.json<OverlayView>('POST', '/api/overlays', { name: 'Second screen' })
  const path = `/api/overlays/${overlay.id}`
  const watching = tenant.watch('/ws/overlay', keyOf(overlay), 2 * SECOND)
  // Awaited below; should something else fail before that, it has failed, too, and nobody else is told.
  watching.catch(() => undefined)
  await panel.json('PATCH', path, { settings: { theme: pick(Math.random, ['neon', 'clean']) } })
  await panel.json('PUT', `${path}/draft`, { revision: 0, settings: { theme: 'neon' } })
  await may(panel, 'POST', `${path}/preview`, { act: 'burst' })
  await may(panel, 'POST', `${path}/publish`, { revision: 1 })
  const rotated = await panel.json<OverlayView>('POST', `${path}/rotate`)
  await tenant.watch('/ws/overlay', keyOf(rotated), SECOND)
  await watching
  await panel.json('DELETE', path)
}

/** One address hears, one does not. */
async function aWebhook(panel: Panel, bot: string): Promise<void> {
  const events = ['message', 'notice', 'remove', 'stream', 'moderation']
  const url = Math.random() < 0.7 ? bot : 'http://127.0.0.1:9/nobody'
  const webhook = await panel.json<WebhookView>('POST', '/api/webhooks', { name: 'my bot', url, events })
  await pause(between([5 * SECOND, 20 * SECOND]))
  await may(panel, 'POST', `/api/webhooks/${webhook.id}/test`)
  await panel.json('GET', `/api/webhooks/${webhook.id}/deliveries`)
  await panel.json('DELETE', `/api/webhooks/${webhook.id}`)
}

async function aKey(tenant: Tenant): Promise<void> {
  const { panel } = tenant
  const { id, key } = await panel.json<KeyView>('POST', '/api/keys', { name: 'my bridge', scopes: ['produce', 'read'] })
  const { platform, body, headers } = written(2)
  const authorization = `Bearer ${key}`
  await patiently(`${panel.base}/api/producers/${platform}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/plain', ...headers, authorization },
  }).then((answer) => answer.text())
  await patiently(`${panel.base}/api/streams`, { headers: { authorization } }).then((answer) => answer.text())
  await panel.json('DELETE', `/api/keys/${id}`)
}

async function anInvitation(panel: Panel): Promise<void> {
  const { id, url = '' } = await panel.json<{ id: string; url?: string }>('POST', '/api/invites', { role: 'viewer' })
  await may(panel, 'POST', '/api/invites/look', { token: url.split('/').at(-1) })
  await panel.json('DELETE', `/api/invites/${id}`)
}

/** What no program of ours sends. */
async function nonsense(panel: Panel): Promise<void> {
  const sent: [path: string, body: string][] = [
    ['/api/producers/twitch', '\u0000not a line at all'],
    ['/api/producers/kick', '{"a":'],
    ['/api/producers/nowhere', '{}'],
    ['/api/overlays', `{"name":"${'x'.repeat(100_000)}"}`],
    [`/api/streams/${Math.random()}`, '{}'],
  ]
  for (const [path, body] of sent) await panel.call('POST', path, body).then((answer) => answer.text())
}

async function signInAndOut(base: string): Promise<void> {
  const panel = new PatientPanel(base)
  const body = { username: tenantName(0), password: PASSWORD }
  if ((await may(panel, 'POST', '/api/auth/login', body)) === null) return
  await panel.me()
  await panel.call('POST', '/api/auth/logout', {}).then((answer) => answer.text())
}

async function wrongPassword(base: string): Promise<void> {
  const body = { username: tenantName(Math.floor(Math.random() * 100)), password: 'not this one, no' }
  const answer = await new PatientPanel(base).call('POST', '/api/auth/login', body)
  await answer.text()
  if (answer.ok) throw new Error('A wrong password was taken.')
}

async function wrongKeys(base: string): Promise<void> {
  for (const path of ['/ws/overlay', '/ws/dock', '/ws/preview']) {
    const socket = new WebSocket(base.replace('http', 'ws') + path)
    socket.on('error', () => undefined)
    await once(socket, 'open')
    socket.send(JSON.stringify({ type: 'hello', key: NOBODYS_KEY }))
    await once(socket, 'close')
  }
  const headers = { authorization: `Bearer ${NOBODYS_KEY}${Math.random()}` }
  for (const path of ['/api/overlay/stream', '/api/streams', '/api/moderation/log'])
    await patiently(base + path, { headers }).then((answer) => answer.text())
}

async function lookAtTheHouse(owner: Panel): Promise<void> {
  for (const path of ['/metrics', '/readyz', '/api/instance', '/api/instance/engine', '/api/instance/log', '/admin/'])
    await owner.call('GET', path).then((answer) => answer.text())
}

/** Somebody comes, has chat, overlays and a stream, and takes it all away again. */
async function anAccount(base: string, username: string): Promise<void> {
  const panel = await PatientPanel.register(base, username)
  const { key } = await panel.overlay()
  await panel.startStream()
  const socket = new WebSocket(`${base.replace('http', 'ws')}/ws/overlay`)
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'hello', key }))
  const closed = once(socket, 'close')
  closed.catch(() => undefined)
  for (let nth = 0; nth < 5; nth++) {
    const { platform, body, headers } = written(20)
    await panel.json('POST', `/api/producers/${platform}`, body, { 'Content-Type': 'text/plain', ...headers })
  }
  await panel.endStream()
  await panel.json('DELETE', '/api/auth/me', { username, password: PASSWORD })
  await closed
}

export function tenantName(nth: number): string {
  return `soaked_streamer_${nth}`
}
