import type { ErrorCode } from '../errors.ts'
import type { Json } from './schemas.ts'

/** What of the description stands in no route. */

export const SERVERS = [{ url: '/', description: 'Where this document came from.' }]

/** First part of the address behind `/api/` → tag; in the order in which they are to be read. */
const GROUPS: Readonly<Record<string, readonly [tag: string, about: string]>> = {
  auth: ['Accounts', 'Coming in, going out, and where one is signed in.'],
  streams: ['Streams', 'From start to end, and the transcript of each.'],
  search: ['Streams', ''],
  retention: ['Streams', ''],
  producers: ['Chat in', 'Native payloads of the platforms, pushed or delivered.'],
  hooks: ['Chat in', ''],
  sources: ['Sources', 'What is followed on each platform.'],
  platforms: ['Sources', ''],
  simulator: ['Simulator', 'Messages that nobody wrote, on the way of real ones.'],
  overlays: ['Overlays', 'Pages for OBS, their looks and their keys.'],
  overlay: ['Overlays', ''],
  themes: ['Overlays', ''],
  docks: ['Docks', 'Pages beside OBS and what their keys may do.'],
  moderation: ['Moderation', 'Rules, and what moderators do.'],
  keys: ['Programs', 'Keys for programs, and deliveries to them.'],
  webhooks: ['Programs', ''],
  viewers: ['Moderation', ''],
  members: ['Members', 'Who works in a channel.'],
  invites: ['Members', ''],
  instance: ['Instance', 'For whoever runs it.'],
}
const INSTANCE = 'Instance'

export const TAGS: Json[] = Object.values(GROUPS)
  .filter(([, about]) => about !== '')
  .map(([name, description]) => ({ name, description }))

export function tagOf(path: string): string {
  const [group = ''] = path
    .replace(/^\/api\//, '/')
    .split('/')
    .slice(1)
  return GROUPS[group]?.[0] ?? INSTANCE
}

interface Beside {
  path: string
  fails: ErrorCode[]
  operation: Json
  answer: Json
}

/** Answered before the routing table is asked, since the caller's origin is opaque: `channels/page-stream.ts`. */
export const BESIDE: readonly Beside[] = [
  pageStream('overlay', 'Overlays', 'Gives what an overlay’s socket gives, as server-sent events.'),
  pageStream('dock', 'Docks', 'Gives what a dock’s socket gives, as server-sent events.'),
]

function pageStream(page: 'overlay' | 'dock', tag: string, summary: string): Beside {
  return {
    path: `/api/${page}/stream`,
    fails: ['bad_key', 'too_many'],
    operation: {
      operationId: page === 'overlay' ? 'getOverlayStream' : 'getDockStream',
      tags: [tag],
      summary,
      security: [{ [page]: [] }],
      parameters: [
        { name: 'epoch', in: 'query', required: false, schema: { type: 'string' } },
        { name: 'seq', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } },
      ],
    },
    answer: {
      description: 'Frames as docs/protocol.md says.',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    },
  }
}

const header = (name: string, description: string): Json => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
})
/** Of what goes to webhooks. */
export const DELIVERY: Json = {
  operationId: 'delivery',
  tags: ['Programs'],
  summary: 'Delivers what happened in a channel to a webhook.',
  security: [],
  parameters: [
    header('webhook-id', 'The same for every try of one delivery.'),
    header('webhook-timestamp', 'Seconds since 1970, of this try.'),
    header(
      'webhook-signature',
      '`v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`, as Standard Webhooks has it.',
    ),
  ],
}
