import { z } from 'zod'
import type { NodesView } from '../api/nodes.ts'
import { connector } from './instance.ts'
import { count, id, moment } from './shapes.ts'

/** The servers that share the channels. */

const figure = z.number()
const reached = z.object({ answered: figure.nullable().describe('Null = it does not answer; ms.') }).nullable()
const sums = {
  channels: count.describe('Channels that it runs.'),
  sockets: count,
  eventsPerSecond: figure,
  cpu: figure.describe('Cores that were busy with it.'),
  memory: count.describe('Resident, bytes.'),
}
const node = z
  .object({
    id,
    here: z.boolean().describe('It has answered this call.'),
    heardAt: moment,
    silent: z.boolean().describe('It has said nothing for some seconds.'),
    version: z.string(),
    startedAt: moment,
    unready: z.array(z.string()),
    ...sums,
    redis: reached,
    database: reached,
    lastError: z.object({ at: moment, message: z.string() }).nullable(),
    platforms: z.array(connector.omit({ label: true })),
  })
  .meta({ id: 'Node' })

export const NodesAnswer = z.object({
  items: z.array(node),
  whole: z.object({ nodes: count, ...sums }).describe('Sums over all that are not silent.'),
}) satisfies z.ZodType<NodesView>
