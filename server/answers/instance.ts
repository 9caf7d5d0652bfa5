import { z } from 'zod'
import type { EngineView } from '../api/engine.ts'
import type { AddressCheckView, InstanceSettingsView, InstanceView, LogView } from '../api/instance.ts'
import type { KeyView } from '../api/programs.ts'
import type { ErrorView } from '../api/shapes.ts'
import { ERRORS } from '../errors.ts'
import { TAIL_LEVELS } from '../log-tail.ts'
import { count, id, moment } from './shapes.ts'

/** The instance, its engine, keys for programs, and what went wrong. */

export const HealthAnswer = z.object({ status: z.literal('ok') })
export const ReadyAnswer = z.object({
  status: z.enum(['ready', 'unready']),
  reasons: z.array(z.string()).exactOptional().describe('Why it is not.'),
})

export const InstanceSettingsAnswer = z.object({
  registration: z.enum(['open', 'invite', 'closed']),
  registrationFrom: z.string().nullable().describe('The setting of the environment that says it.'),
  limits: z.object({ bytes: count, overlays: count, keys: count, pushes: z.number() }).describe('Of each channel.'),
}) satisfies z.ZodType<InstanceSettingsView>

export const sourceState = z.enum(['off', 'waiting', 'connecting', 'live', 'stale', 'retry', 'attention'])
export const connector = z.object({
  platform: z.string(),
  label: z.string(),
  states: z.partialRecord(sourceState, count).describe('State → sources that are in it.'),
  lastEventAt: moment.nullable(),
})
const node = id.exactOptional().describe('Of several servers, the one that answers.')
export const InstanceAnswer = z.object({
  node,
  version: z.string(),
  uptime: count.describe('Seconds.'),
  memory: z.object({ rss: count, heapUsed: count, external: count }),
  accounts: count,
  liveStreams: count,
  unready: z.array(z.string()),
  disk: z.object({ free: count, total: count }).nullable(),
  store: z.enum(['folder', 'database']).describe('Where accounts and transcripts are kept.'),
  folder: z.string().describe('Where on the server the rest lies, and all of it without a database.'),
  backup: z.object({ at: moment, bytes: count }).nullable().describe('The newest that was made.'),
  platforms: z.array(connector),
  settings: InstanceSettingsAnswer,
  addresses: z.object({ listening: z.string(), printed: z.string(), origins: z.array(z.string()) }),
}) satisfies z.ZodType<InstanceView>

export const LogAnswer = z.object({
  node,
  items: z.array(
    z.object({
      n: count,
      level: z.enum(TAIL_LEVELS),
      at: moment,
      message: z.string(),
      more: z.string().describe('The other fields, as JSON.'),
    }),
  ),
  last: count,
  level: z.string(),
}) satisfies z.ZodType<LogView>

export const AddressCheckAnswer = z.object({
  nonce: z.string(),
  addresses: z.array(z.string()),
}) satisfies z.ZodType<AddressCheckView>
export const HereAnswer = z.object({ here: z.boolean() })

const figure = z.number()
const spread = z.object({ p50: figure.nullable(), p99: figure.nullable() }).meta({ id: 'Spread' })
export const EngineAnswer = z
  .object({
    node,
    at: moment,
    over: figure.describe('The time up to `at` that rates and percentiles are of, ms.'),
    ring: z.object({
      capacity: count,
      head: count,
      tail: count,
      depth: count,
      deepest: count,
      recordsPerSecond: figure,
      bytesPerSecond: figure,
      records: count,
      bytes: count,
    }),
    lock: z.object({
      holdsPerSecond: figure,
      contended: figure,
      backoffsPerSecond: figure,
      busy: figure,
      held: spread,
      waited: spread,
      overdue: figure,
      recoveries: count,
    }),
    worker: z.object({
      ready: z.boolean(),
      restarts: count,
      busy: figure,
      held: count,
      pending: count,
      channels: count,
    }),
    loop: z.object({ busy: figure, wakeupsPerSecond: figure, p50: figure, p99: figure, max: figure }),
    latency: spread,
    archiveQueue: count,
    sockets: count,
  })
  .meta({ id: 'Engine' }) satisfies z.ZodType<EngineView>

export const KeyAnswer = z
  .object({
    id,
    name: z.string(),
    scopes: z.array(z.string()),
    createdAt: moment,
    lastUsedAt: moment.nullable(),
    key: z.string().exactOptional().describe('Only in the answer that makes it.'),
  })
  .meta({ id: 'Key' }) satisfies z.ZodType<KeyView>

export const ErrorAnswer = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(ERRORS) as [string, ...string[]]),
      message: z.string().describe('A sentence: what, why, and what to do.'),
      fields: z.record(z.string(), z.string()).exactOptional().describe('Field → what is wrong with it.'),
      requestId: z.string(),
    }),
  })
  .meta({ id: 'Error' }) satisfies z.ZodType<ErrorView>
