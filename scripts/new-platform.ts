import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ROOT } from './child.ts'
import { isMain } from './main.ts'

/**
 * `node --import tsx scripts/new-platform.ts owncast Owncast` makes the folder of a platform: it compiles, its test
 * passes, and its payload is invented. Put the real one in its place.
 */

const ID = /^[a-z][a-z0-9]{1,30}$/

/** Writes the files below `root` and gives their paths. Throws when the id does not fit or is taken; then writes nothing. */
export async function newPlatform(root: string, id: string, label: string): Promise<string[]> {
  if (!ID.test(id)) throw new Error(`An id is 2 to 31 small letters and digits, a letter first; got "${id}".`)
  if (existsSync(join(root, 'workers', 'platforms', id))) throw new Error(`There is a platform "${id}" already.`)
  const files = Object.entries(skeleton(id, label))
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return files.map(([path]) => path)
}

/** What is left to do by hand, to print. */
export function registerLines(id: string): string {
  return `Add to workers/platforms/index.ts:\n\n  import { ${id} } from './${id}/index.ts'\n\nand \`${id}\` to its list.`
}

function skeleton(id: string, label: string): Record<string, string> {
  const folder = `workers/platforms/${id}`
  return {
    [`${folder}/index.ts`]: index(id, label),
    [`${folder}/payload.ts`]: payload(label),
    [`${folder}/name.ts`]: name(label),
    [`${folder}/connect.ts`]: connect(id, label),
    [`${folder}/verify.ts`]: verify(id),
    [`${folder}/read.ts`]: READ,
    [`${folder}/normalise.ts`]: normalise(id),
    [`${folder}/samples.ts`]: SAMPLES,
    [`tests/${folder}/normalise.test.ts`]: test(id),
  }
}

const index = (id: string, label: string): string => `import type { Platform } from '../platform.ts'
import { connector } from './connect.ts'
import { nameOf } from './name.ts'
import { normalise } from './normalise.ts'
import { read } from './read.ts'
import { sample } from './samples.ts'
import { verifier } from './verify.ts'

export const ${id}: Platform = {
  about: {
    id: ${quoted(id)},
    label: ${quoted(label)},
    color: '#444444',
    glyph: '#ffffff',
    ink: { dark: '#bbbbbb', light: '#444444' },
    mark: 'M4 4h16v16H4z',
    profile: '',
    source: {
      label: 'Channel name',
      placeholder: 'your_channel',
      fields: [{ name: 'secret', kind: 'secret', label: 'Webhook secret', hint: 'Only for signed deliveries.' }],
      hook: 'Takes signed deliveries.',
      broadcasts: false,
    },
    samples: ['message'],
  },
  read,
  normalise,
  sample,
  nameOf,
  connector,
  verifier,
}
`

const payload = (
  label: string,
): string => `/** What ${label.replaceAll('*/', '')} sends, in its own naming. Past the normaliser none of these names appears. */
export interface ChatLine {
  message_id?: unknown
  sent_at?: unknown
  body?: unknown
  user?: { user_id?: unknown; display_name?: unknown }
}
`

const name = (label: string): string => `import { BadName } from '../platform.ts'

const NAME = /^[a-z0-9_]{1,40}$/

/** What a person typed, in the form that the platform itself has for it. */
export function nameOf(typed: string): string {
  const name = typed.trim().replace(/^[@#]/, '').toLowerCase()
  if (NAME.test(name)) return name
  throw new BadName(${quoted(`A name on ${label} has 1 to 40 letters, digits or underscores.`)})
}
`

const connect = (id: string, label: string): string => `import { Backoff } from '../../backoff.ts'
import { Wire } from '../../wire.ts'
import type { Connector, Ears, Following, Ground, SourceOrder } from '../platform.ts'

/** Where the chat is; a setting of that name in server/settings.ts replaces it. */
const ADDRESS = 'wss://chat.example'
const PAUSES = { first: 1_000, longest: 30_000 }
const QUIET_AFTER_MS = 60_000
const DEAD_AFTER_MS = 15_000

/** What connects to ${label.replaceAll('*/', '')}: one socket a channel. */
export function connector(ground: Ground): Connector {
  const readers = new Set<Reader>()
  return {
    follow(order, ears) {
      const reader = new Reader(order, ears, ground, () => readers.delete(reader))
      readers.add(reader)
      return reader
    },
    close() {
      for (const reader of [...readers]) reader.stop()
    },
  }
}

/** Comes back by itself, with growing pauses, until it is stopped. */
class Reader implements Following {
  readonly #address: string
  readonly #ears: Ears
  readonly #ground: Ground
  readonly #gone: () => void
  readonly #backoff: Backoff
  #wire: Wire | null = null
  #pause: NodeJS.Timeout | null = null

  constructor({ name }: SourceOrder, ears: Ears, ground: Ground, gone: () => void) {
    this.#address = \`\${ground.settings.${id}Url ?? ADDRESS}/\${encodeURIComponent(name)}\`
    this.#ears = ears
    this.#ground = ground
    this.#gone = gone
    this.#backoff = new Backoff({ first: ground.ms(PAUSES.first), longest: ground.ms(PAUSES.longest) }, ground.random)
    this.#connect()
  }

  stop(): void {
    if (this.#pause !== null) clearTimeout(this.#pause)
    this.#pause = null
    this.#wire?.close()
    this.#gone()
  }

  retry(): void {
    if (this.#pause !== null) this.#connect()
  }

  #connect(): void {
    if (this.#pause !== null) clearTimeout(this.#pause)
    this.#pause = null
    this.#ears.connecting()
    const times = { quietAfter: this.#ground.ms(QUIET_AFTER_MS), deadAfter: this.#ground.ms(DEAD_AFTER_MS) }
    this.#wire = new Wire(
      this.#address,
      {
        opened: () => this.#opened(),
        heard: (frame) => this.#heard(frame),
        quiet: () => this.#wire?.send('ping'),
        closed: (why) => this.#closed(why),
      },
      times,
    )
  }

  /** Live when the platform has confirmed the channel, and no earlier; here it does so by opening. */
  #opened(): void {
    this.#backoff.succeeded()
    this.#ears.live({ filled: false })
  }

  /** While the line takes no more, nothing is read. */
  #heard(frame: string): void {
    const wire = this.#wire
    const { full } = this.#ears.take(frame)
    if (full === null) return
    wire?.pause()
    void full.then(() => wire?.resume())
  }

  #closed(why: string): void {
    const pause = this.#backoff.next()
    this.#ears.retry(\`The connection was lost (\${why}).\`, pause)
    this.#pause = setTimeout(() => this.#connect(), pause)
  }
}
`

const verify = (id: string): string => `import { createHmac, timingSafeEqual } from 'node:crypto'
import { BadDelivery, type Delivery, type Verdict, type Verifier } from '../platform.ts'

/** Its beginning stands in PUSH_HEADER_PREFIXES, else it does not come through. */
const SIGNATURE = '${id}-signature'

/** Checks signed deliveries: HMAC-SHA256 over the body with the secret of the source. */
export function verifier(): Verifier {
  return ({ bytes, headers, source }: Delivery): Verdict => {
    if (source === null) return { kind: 'foreign', why: 'Nothing is followed here.' }
    const { secret = '' } = source.options
    const hmac = createHmac('sha256', secret).update(bytes)
    const [right, given] = [hmac.digest(), Buffer.from(headers[SIGNATURE] ?? '', 'hex')]
    const fits = given.length === right.length && timingSafeEqual(given, right)
    if (secret === '' || !fits) throw new BadDelivery('bad_signature', 'The signature does not fit.')
    return { kind: 'payload', body: new TextDecoder().decode(bytes), headers }
  }
}
`

const READ = `import { BadPayload, MAX_ITEMS, type Payload, type PushHeaders } from '../platform.ts'

/** A pushed body: one JSON object, or an array of them. */
export function read(body: string, headers: PushHeaders): Payload[] {
  const value = parsed(body)
  const items: unknown[] = Array.isArray(value) ? value : [value]
  if (items.length > MAX_ITEMS) throw new BadPayload(MAX_ITEMS, \`more than \${MAX_ITEMS} items.\`)
  return items.map((item, place) => {
    if (typeof item !== 'object' || item === null) throw new BadPayload(place, 'not a JSON object.')
    return { item: place, value: item, headers }
  })
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new BadPayload(0, 'the body is not valid JSON.')
  }
}
`

const normalise = (id: string): string => `import type { Draft } from '../../message.ts'
import { clean, cleanName } from '../../text.ts'
import type { Context, Normalised, Payload } from '../platform.ts'
import type { ChatLine } from './payload.ts'

/** A kind that is not known becomes a notice, never an error and never silence. */
export function normalise(payload: Payload, context: Context): Normalised {
  const line = payload.value as ChatLine
  const event = typeof line.body === 'string' ? message(line, line.body, context) : unknown(payload, context)
  return { events: [event], ignored: [] }
}

function message(line: ChatLine, body: string, { receivedAt, delivery }: Context): Draft {
  const text = clean(body)
  return {
    kind: 'message',
    id: \`${id}:\${typeof line.message_id === 'string' ? line.message_id : delivery}\`,
    platform: '${id}',
    at: typeof line.sent_at === 'number' ? Math.trunc(line.sent_at) : receivedAt,
    receivedAt,
    author: {
      id: String(line.user?.user_id ?? ''),
      name: cleanName(String(line.user?.display_name ?? '')),
      roles: [],
      badges: [],
    },
    parts: [{ type: 'text', text }],
    text,
  }
}

function unknown({ item }: Payload, { receivedAt, delivery }: Context): Draft {
  const text = 'Something happened that is not known yet'
  const id = \`${id}:\${delivery}-\${item}\`
  return { kind: 'notice', what: 'other', id, platform: '${id}', at: receivedAt, receivedAt, text }
}
`

const SAMPLES = `import type { Pushed, SampleFields } from '../platform.ts'
import type { ChatLine } from './payload.ts'

/** A payload as it comes from outside, so that the simulator takes the whole way. */
export function sample({ id, at, name, text }: SampleFields): Pushed {
  const line: ChatLine = { message_id: id, sent_at: at, body: text, user: { user_id: name, display_name: name } }
  return { body: JSON.stringify(line), headers: { 'content-type': 'application/json' } }
}
`

/** In the order of their paths, as the formatter has them. */
function testImports(id: string): string {
  const folder = '../../../../workers/platforms'
  const imports = [
    [`${id}/index.ts`, `import { ${id} as platform } from '${folder}/${id}/index.ts'`],
    ['platform.ts', `import type { Ears } from '${folder}/platform.ts'`],
  ] as const
  const sorted = [...imports].sort(([one], [other]) => (one < other ? -1 : 1))
  return sorted.map(([, line]) => line).join('\n')
}

const test = (id: string): string => `import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocketServer } from 'ws'
${testImports(id)}

const normalising = suite('${id} normalise')
const CONTEXT = { receivedAt: 1_780_000_000_000, delivery: 'd1' }
const eventsOf = (body: string) =>
  platform.read(body, {}).flatMap((payload) => platform.normalise(payload, CONTEXT).events)

normalising('turns a sample into the message it describes', () => {
  const { body } = platform.sample({ id: 'm1', at: 5, kind: 'message', name: 'quiet_otter', text: 'hello', roles: [] })
  const [event] = eventsOf(body)
  assert.is(event?.id, '${id}:m1')
  assert.is(event?.kind === 'message' && event.author.name, 'quiet_otter')
  assert.is(event?.kind === 'message' && event.text, 'hello')
})

normalising('gives the same ids for the same delivery', () => {
  assert.equal(eventsOf('{}'), eventsOf('{}'))
})

normalising('turns what it does not know into a notice', () => {
  assert.is(eventsOf('{"poll":1}')[0]?.kind, 'notice')
})

normalising.run()

const following = suite('${id} following')
const CLOCK = { now: Date.now, steady: () => performance.now() }
const GROUND = { settings: {}, ms: (ms: number) => Math.ceil(ms / 1_000), ...CLOCK, random: Math.random }

following('knows a name in whatever form it is typed, and says what a right one looks like', () => {
  assert.is(platform.nameOf?.(' @Quiet_Otter ', {}), 'quiet_otter')
  assert.throws(() => platform.nameOf?.('two words', {}), /1 to 40 letters/)
})

following('reads what comes, and comes back when it is lost', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const connector = platform.connector?.({ ...GROUND, settings: { ${id}Url: \`ws://127.0.0.1:\${port}\` } })
  const first = once(server, 'connection')
  const told: string[] = []
  let hear: (body: string) => void = () => {}
  const heard = new Promise<string>((resolve) => {
    hear = resolve
  })
  const ears: Ears = {
    take(body) {
      hear(body)
      return { accepted: 1, duplicates: 0, full: null }
    },
    heard() {},
    connecting: () => told.push('connecting'),
    live: () => told.push('live'),
    waiting() {},
    stale() {},
    retry: () => told.push('retry'),
    attention() {},
    learn() {},
    broadcast() {},
    quota() {},
  }
  const of = { name: 'quiet_otter', options: {}, facts: {} }
  connector?.follow({ channel: 1, platform: '${id}', number: 1, leftAt: null, ...of }, ears)
  const [socket, request] = await first
  assert.is(request.url, '/quiet_otter')
  socket.send('{"message_id":"m1"}')
  assert.is(await heard, '{"message_id":"m1"}')
  const second = once(server, 'connection')
  socket.terminate()
  await second
  assert.equal(told.slice(0, 4), ['connecting', 'live', 'retry', 'connecting'])
  connector?.close()
  for (const client of server.clients) client.terminate()
  server.close()
})

following('takes a delivery that is signed right, and no other', async () => {
  const bytes = Buffer.from('{"body":"hello"}')
  const source = { name: 'quiet_otter', options: { secret: 'a secret' }, facts: {} }
  const sign = (secret: string) => createHmac('sha256', secret).update(bytes).digest('hex')
  const deliver = async (signature: string) =>
    platform.verifier?.(GROUND)({ bytes, headers: { '${id}-signature': signature }, receivedAt: 1, source })
  assert.is((await deliver(sign('a secret')))?.kind, 'payload')
  for (const wrong of [sign('another'), sign(''), '', 'zz']) {
    const refused = await deliver(wrong).catch((error: Error) => error.name)
    assert.is(refused, 'BadDelivery', wrong)
  }
})

following.run()
`

/** As the formatter would write it: double quotes only where they save escapes. */
function quoted(text: string): string {
  if (text.includes("'") && !text.includes('"')) return JSON.stringify(text)
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

if (isMain(import.meta)) {
  const [id = '', label = id] = process.argv.slice(2)
  try {
    console.log((await newPlatform(ROOT, id, label)).join('\n'))
    console.log(`\n${registerLines(id)}`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
