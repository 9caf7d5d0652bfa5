import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineView } from '../../server/api/engine.ts'
import type { NodeView } from '../../server/api/nodes.ts'
import { isSecure } from '../../server/auth/addresses.ts'
import { HookKeys } from '../../server/auth/hook-keys.ts'
import { newId } from '../../server/auth/ids.ts'
import { DockKeys, OverlayKeys, PreviewKeys } from '../../server/auth/keys.ts'
import { Nonces } from '../../server/auth/nonces.ts'
import { Notes } from '../../server/auth/notes.ts'
import { Passwords } from '../../server/auth/passwords.ts'
import { ResetLinks } from '../../server/auth/reset-links.ts'
import { Seal } from '../../server/auth/seal.ts'
import { PanelSessions } from '../../server/auth/sessions.ts'
import { Vault } from '../../server/auth/vault.ts'
import { HeldBack } from '../../server/channels/held.ts'
import { StageHands } from '../../server/channels/stage.ts'
import { type Environment, isGiven, loadConfig } from '../../server/config.ts'
import { Erasing } from '../../server/erasures.ts'
import { CrossChatError } from '../../server/errors.ts'
import type { House, Receipt } from '../../server/house.ts'
import { InstanceSettings } from '../../server/instance-settings.ts'
import { createLog } from '../../server/log.ts'
import { LogTail } from '../../server/log-tail.ts'
import { createMetrics } from '../../server/metrics.ts'
import type { SourceView } from '../../server/protocol.ts'
import { createHandler } from '../../server/routes/index.ts'
import { openStores } from '../../server/stores/index.ts'
import type { Stores } from '../../server/stores/stores.ts'
import type { Stream } from '../../server/stores/streams.ts'
import { Webhooks } from '../../server/webhooks/webhooks.ts'
import type { About } from '../../workers/about.ts'
import type { ChatEvent } from '../../workers/message.ts'
import { Pace } from '../../workers/pace.ts'

/** The doors on a real port with real stores, thread and files; behind them a line that only writes down what came. */

export interface Doors {
  house: House
  stores: Stores
  port: number
  /** What reached the line, hub and runs, in order. */
  seen: unknown[][]
  logged(): string
  /** Makes the line answer with this error. */
  failWith(error: Error | null): void
  close(): Promise<void>
}
export interface DoorsOptions {
  env?: Environment
  setupToken?: string | null
  pagesDir?: string
}

let passwords: Passwords | undefined
/** One thread for all doors of a test's process: most tests would do little else than start theirs. */
function hashing(): Passwords {
  passwords ??= new Passwords({ cost: 4 })
  return passwords
}

export async function openDoors({ env = {}, setupToken = null, pagesDir = 'none' }: DoorsOptions = {}): Promise<Doors> {
  const dataDir = await mkdtemp(join(tmpdir(), 'crosschat-doors-'))
  const lines: string[] = []
  const config = loadConfig({ DATA_DIR: dataDir, CROSSCHAT_LOG: 'debug', ...env })
  const logTail = new LogTail()
  const log = createLog(config.logLevel, { write: (line) => void lines.push(line) }, logTail)
  const stores = await openStores({ driver: 'embedded', dataDir, log, keepFree: 0 })
  const seal = new Seal([Buffer.alloc(32, 7)])
  const seen: unknown[][] = []
  const failing: { with: Error | null } = { with: null }
  const forget = (...whom: unknown[]) => void seen.push(['erase', ...whom])
  const erasures = new Erasing({ stores, log, forget })
  const metrics = createMetrics()
  const webhooks = new Webhooks({
    ...{ stores, vault: new Vault(seal), anywhere: false, haste: 1, log, metrics },
    stream: () => ({ live: false, startedAt: null, title: null }),
  })
  const house: House = {
    config,
    log,
    logTail,
    settings: await InstanceSettings.open(stores.instance, {
      registration: config.registration,
      fixed: isGiven(env, 'CROSSCHAT_REGISTRATION'),
    }),
    metrics,
    stores,
    passwords: hashing(),
    pace: new Pace(),
    notes: new Notes(),
    overlayKeys: new OverlayKeys(seal),
    previewKeys: new PreviewKeys(seal),
    dockKeys: new DockKeys(seal),
    hookKeys: new HookKeys(seal),
    sessions: new PanelSessions(stores, seal, isSecure(config)),
    resetLinks: new ResetLinks(),
    nonces: new Nonces(),
    setupToken,
    ...fakeLine(seen, failing),
    stage: await StageHands.open({ store: stores.stages, platforms: () => [ABOUT], log }),
    held: new HeldBack({ platforms: () => [ABOUT], now: Date.now, steady: () => performance.now() }),
    streams: fakeStreams(stores),
    erasures,
    webhooks,
    engine: { look: () => ENGINE },
    nodes: { id: NODE.id, all: () => [NODE], figures: () => NODE, addressOf: (id) => (id === NODE.id ? '' : null) },
    homes: null,
    tally: null,
    unready: () => (failing.with === null ? [] : [failing.with.message]),
  }
  const server = createServer(createHandler(house, pagesDir).callback())
  const port = await listen(server)
  const close = async () => {
    server.closeAllConnections()
    server.close()
    house.metrics.close()
    await erasures.stop()
    await webhooks.stop()
    await stores.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  const failWith = (error: Error | null) => {
    failing.with = error
  }
  return { house, stores, port, seen, logged: () => lines.join(''), failWith, close }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

export const ABOUT: About = {
  id: 'testtube',
  label: 'Testtube',
  color: '#112233',
  glyph: '#ffffff',
  profile: '',
  ink: { dark: '#ffffff', light: '#000000' },
  mark: 'M0 0h24v24z',
  source: { label: 'Channel', placeholder: 'name', fields: [], broadcasts: false },
  samples: ['message', 'cheer'],
}

/** An engine that stands still. */
const ENGINE: EngineView = {
  at: 1_700_000_000_000,
  over: 1_000,
  ring: {
    capacity: 1_024,
    head: 0,
    tail: 0,
    depth: 0,
    deepest: 0,
    recordsPerSecond: 0,
    bytesPerSecond: 0,
    records: 0,
    bytes: 0,
  },
  lock: {
    holdsPerSecond: 0,
    contended: 0,
    backoffsPerSecond: 0,
    busy: 0,
    held: { p50: null, p99: null },
    waited: { p50: null, p99: null },
    overdue: 0,
    recoveries: 0,
  },
  worker: { ready: true, restarts: 0, busy: 0, held: 0, pending: 0, channels: 0 },
  loop: { busy: 0, wakeupsPerSecond: 0, p50: 0, p99: 0, max: 0 },
  latency: { p50: null, p99: null },
  archiveQueue: 0,
  sockets: 0,
}

/** The only server there is. */
const NODE: NodeView = {
  ...{ id: 'only', here: true, heardAt: 1_700_000_000_000, silent: false },
  ...{ version: '1.0.0', startedAt: 1_700_000_000_000, unready: [] },
  ...{ channels: 0, sockets: 0, eventsPerSecond: 0, cpu: 0, memory: 0 },
  ...{ redis: null, database: null, lastError: null, platforms: [] },
}

/** A delivery that wants an answer. */
export const CHALLENGE = 'who are you?'
/** A body that is about another channel. */
export const FOREIGN = 'not for you'
export const ENDED = 'no more of it'

function fakeLine(
  seen: unknown[][],
  failing: { with: Error | null },
): Pick<House, 'line' | 'hub' | 'previews' | 'runs' | 'sources'> {
  const take = async (...what: unknown[]): Promise<Receipt> => {
    if (failing.with !== null) throw failing.with
    seen.push(what)
    const accepted = [{ id: `testtube:${seen.length}`, seq: seen.length }]
    return { accepted, duplicates: 0, ignored: [], archived: false }
  }
  const note = (...what: unknown[]) => {
    seen.push(what)
  }
  const started = new Map<string, string>()
  return {
    line: {
      platforms: () => [ABOUT],
      scenarios: () => [{ id: 'calm', label: 'Calm' }],
      push: (...args) => take('push', ...args),
      sample: (...args) => take('sample', ...args),
      event: (...args) => take('event', ...args),
      rulesChanged: async (...args) => note('rules', ...args),
      try: async (...args) => {
        note('try', ...args)
        return { rule: null, action: 'show', found: null }
      },
      hook: async (...args) => {
        await take('hook', ...args)
        const text = Buffer.from(args[2].bytes).toString()
        const reply = text === CHALLENGE ? { status: 200, text: '<b>challenge</b>' } : null
        return {
          reply,
          foreign: text === FOREIGN,
          ended: text === ENDED ? 'No more follows: the app was removed.' : null,
        }
      },
    },
    sources: fakeSources(note),
    hub: {
      clients: () => [],
      docks: () => [],
      find: () => null,
      restorable: () => [],
      noted: () => undefined,
      withdrawDock: (...args) => note('withdrawDock', ...args),
      reloadOverlay: (...args) => {
        note('reload', ...args)
        return 1
      },
      settingsChanged: (...args) => note('settings', ...args),
      looksChanged: () => undefined,
      withdrawOverlay: (...args) => note('withdrawOverlay', ...args),
      withdrawAccount: (...args) => note('withdrawAccount', ...args),
      withdrawSession: (...args) => note('withdrawSession', ...args),
      sessionChanged: (...args) => note('sessionChanged', ...args),
      withdrawMember: (...args) => note('withdrawMember', ...args),
      memberChanged: (...args) => note('memberChanged', ...args),
    },
    previews: {
      dress: (...args) => note('dress', ...args),
      act: (...args) => note('act', ...args),
      replay: (...args) => note('replay', ...args),
      endReplay: (...args) => note('endReplay', ...args),
      withdraw: (...args) => note('withdrawPreview', ...args),
    },
    runs: {
      async start(channelId, order) {
        const id = newId()
        started.set(id, channelId)
        note('run', channelId, order)
        return { id, ...order, made: 0, finished: false }
      },
      get: (channelId, id) =>
        started.get(id) === channelId
          ? { id, scenario: 'calm', platforms: [], count: 1, perSecond: 1, seed: 0, made: 0, finished: false }
          : null,
      cancel: (channelId, id) => started.get(id) === channelId && started.delete(id),
    },
  }
}

/** What channels follow, under the name that was typed. */
function fakeSources(note: (...what: unknown[]) => void): House['sources'] {
  const followed = new Map<string, SourceView>()
  const nameOf = (...of: string[]) => of.join(' ')
  const known = (...of: string[]) => {
    const view = followed.get(nameOf(...of))
    if (view === undefined) throw new CrossChatError('not_found')
    return view
  }
  return {
    list: (channelId) => [followed.get(nameOf(channelId, ABOUT.id)) ?? NOT_FOLLOWED],
    async set(channelId, platform, change) {
      if (platform !== ABOUT.id) throw new CrossChatError('unknown_platform')
      note('set', channelId, platform, change)
      const view = { ...NOT_FOLLOWED, ...followed.get(nameOf(channelId, platform)) }
      followed.set(nameOf(channelId, platform), { ...view, enabled: true, channel: change.channel ?? view.channel })
      return known(channelId, platform)
    },
    async remove(channelId, platform) {
      known(channelId, platform)
      followed.delete(nameOf(channelId, platform))
    },
    retry(channelId, platform) {
      known(channelId, platform)
      note('retry', channelId, platform)
    },
    followed(channelId, platform) {
      const channel = followed.get(nameOf(channelId, platform))?.channel ?? null
      return channel === null ? null : { name: channel, options: {}, facts: {} }
    },
  }
}

const NOT_FOLLOWED: SourceView = {
  platform: ABOUT.id,
  channel: null,
  enabled: false,
  autoStream: false,
  state: 'off',
  since: null,
  error: null,
  retryAt: null,
  lastEventAt: null,
  events: 0,
  way: null,
  quota: null,
  title: null,
  avatar: null,
  options: {},
  hook: null,
}

function fakeStreams(stores: Stores): House['streams'] {
  return {
    async start(channelId, title) {
      if ((await stores.streams.liveOf(channelId)) !== null) throw new CrossChatError('stream_live')
      const stream = { id: newId(), channelId, title, startedAt: Date.now(), endedAt: null, messages: 0 }
      await stores.streams.insert(stream)
      await stores.archive.open(stream.id)
      return stream
    },
    async end(channelId) {
      const live = await stores.streams.liveOf(channelId)
      if (live === null) throw new CrossChatError('no_stream')
      const { messages } = await stores.archive.end(live.id)
      return (await stores.streams.update(live.id, { endedAt: Date.now(), messages })) ?? live
    },
    state: () => ({ live: false, startedAt: null, title: null }),
    renamed: () => {},
    messages: (stream: Stream) => stream.messages,
  }
}

/** Writes events into a stream's archive as the line would. */
export async function archive(stores: Stores, streamId: string, events: ChatEvent[]): Promise<void> {
  const texts = events.map((event) => Buffer.from(JSON.stringify(event)))
  let end = 0
  const ends = Uint32Array.from(texts, (text) => (end += text.length))
  const seqs = Float64Array.from(events, ({ seq }) => seq)
  await stores.archive.append({ streamId, epoch: 'epoch-1', bytes: Buffer.concat(texts), ends, seqs })
}

export function message(seq: number, text: string, more: Partial<ChatEvent> = {}): ChatEvent {
  const author = { id: '77', name: 'Mossy Otter', roles: [], badges: [] }
  const base = {
    seq,
    id: `testtube:m${seq}`,
    platform: 'testtube',
    at: 1_700_000_000_000 + seq,
    receivedAt: 1_700_000_000_000 + seq,
  }
  return { ...base, kind: 'message', author, text, parts: [{ type: 'text', text }], ...more } as ChatEvent
}

/** An answer as it came. */
export interface Answer {
  status: number
  headers: IncomingMessage['headers']
  text: string
  cookies: string[]
}
export interface Ask {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string | Buffer
}

/** One request, exactly as given: no header is added but Host. */
export function ask(port: number, { method = 'GET', path, headers = {}, body }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length =
      body === undefined || 'transfer-encoding' in headers ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const req = request({ host: '127.0.0.1', port, method, path, headers: { ...length, ...headers } }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('error', reject)
      res.on('end', () => {
        const cookies = res.headers['set-cookie'] ?? []
        resolve({ status: res.statusCode ?? 0, headers: res.headers, text: Buffer.concat(chunks).toString(), cookies })
      })
    })
    req.on('error', reject)
    req.end(body)
  })
}

/** A browser of sorts: keeps cookies, sends the Origin of its page and JSON. */
export class Visitor {
  readonly port: number
  readonly jar = new Map<string, string>()

  constructor(port: number) {
    this.port = port
  }

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const own: Record<string, string> = { origin: `http://127.0.0.1:${this.port}` }
    if (this.jar.size > 0) own.cookie = this.cookie
    if (body !== undefined) own['content-type'] = 'application/json'
    const text = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await ask(this.port, { method, path, headers: { ...own, ...headers }, ...text })
    for (const cookie of answer.cookies) this.#keep(cookie)
    return answer
  }

  #keep(cookie: string): void {
    const [pair = ''] = cookie.split(';')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    const expires = /expires=([^;]+)/i.exec(cookie)?.[1]
    if (expires !== undefined && Date.parse(expires) < Date.now()) this.jar.delete(name)
    else this.jar.set(name, value)
  }
}

export const PASSWORD = 'a long enough secret'

/** A visitor with an account of their own. */
export async function member(port: number, username: string): Promise<Visitor> {
  const visitor = new Visitor(port)
  const answer = await visitor.call('POST', '/api/auth/register', { username, password: PASSWORD })
  if (answer.status !== 201) throw new Error(`register answered ${answer.status} ${answer.text}`)
  return visitor
}

/** The answer's JSON; the caller says what it expects to be there. */
export function jsonOf<T = Record<string, unknown>>(answer: Answer): T {
  return JSON.parse(answer.text) as T
}

/** The code of an error answer. */
export function codeOf(answer: Answer): string {
  return jsonOf<{ error: { code: string } }>(answer).error.code
}
