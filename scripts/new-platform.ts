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
    [`${folder}/read.ts`]: READ,
    [`${folder}/normalise.ts`]: normalise(id),
    [`${folder}/samples.ts`]: SAMPLES,
    [`tests/${folder}/normalise.test.ts`]: test(id),
  }
}

const index = (id: string, label: string): string => `import type { Platform } from '../platform.ts'
import { normalise } from './normalise.ts'
import { read } from './read.ts'
import { sample } from './samples.ts'

export const ${id}: Platform = {
  about: {
    id: ${quoted(id)},
    label: ${quoted(label)},
    color: '#444444',
    glyph: '#ffffff',
    ink: { dark: '#bbbbbb', light: '#444444' },
    mark: 'M4 4h16v16H4z',
    source: { label: 'Channel name', placeholder: 'your_channel', fields: [], broadcasts: false },
    samples: ['message'],
  },
  read,
  normalise,
  sample,
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

const test = (id: string): string => `import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ${id} as platform } from '../../../../workers/platforms/${id}/index.ts'

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
