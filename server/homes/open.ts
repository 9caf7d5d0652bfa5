import { randomBytes } from 'node:crypto'
import type { Words } from '../auth/nonces.ts'
import type { ResetLinking } from '../auth/reset-links.ts'
import type { Seal } from '../auth/seal.ts'
import type { Bus } from '../bus/bus.ts'
import type { Leases } from '../leases/leases.ts'
import type { Log } from '../log.ts'
import type { Tally } from '../redis/tally.ts'
import type { NodeList } from './node-list.ts'
import type { SocketsElsewhere } from './sockets-elsewhere.ts'

const NODE_BYTES = 9
/** A Redis that cannot be reached at the start is waited for so long, ms: a node that does not know who runs what cannot begin. */
const READY_WITHIN_MS = 10_000

/** What several nodes share: the chat of all channels, who runs which, counts of calls, and what opens a door for a while. */
export interface Shared {
  bus: Bus
  leases: Leases
  tally: Tally
  resetLinks: ResetLinking
  nonces: Words
  sockets: SocketsElsewhere
  nodes: NodeList
  /** Asks Redis nothing by itself any more. */
  leave(): void
}

/**
 * Connects to Redis. `address`: where the other nodes reach this one, known once it listens. Throws with a sentence when Redis does
 * not answer, or knows nodes with another secret.
 */
export async function openShared(url: string, seal: Seal, log: Log, address: () => string): Promise<Shared> {
  const rooms = await load()
  const node = randomBytes(NODE_BYTES).toString('base64url')
  const { link, reader, secret } = await connect(rooms, { url, seal, log, node })
  const sockets = new rooms.SocketsElsewhere(link, node, log)
  const bus = new rooms.RedisBus({ link, reader, node, log })
  await bus.hear().catch(async (error: unknown) => {
    secret.stop()
    await bus.close()
    throw error
  })
  const leases = new rooms.RedisLeases({ link, node, address, log })
  link.onReady = () => {
    leases.ready()
    bus.tryAgain()
  }
  return {
    ...{ bus, leases, sockets },
    tally: new rooms.Tally(link, log),
    resetLinks: new rooms.SharedResetLinks(link, log),
    nonces: new rooms.SharedNonces(link),
    nodes: new rooms.NodeList(link, node, log),
    leave() {
      secret.stop()
      sockets.stop()
    },
  }
}

type Rooms = Awaited<ReturnType<typeof load>>

/** What speaks with Redis is loaded only here: a server without REDIS_URL never has it in memory. */
async function load() {
  const [link, streamReader, bus, leases, tally, resetLinks, nonces, sameSecret, sockets, nodes] = await Promise.all([
    import('../redis/link.ts'),
    import('../redis/stream-reader.ts'),
    import('../bus/redis/index.ts'),
    import('../leases/redis.ts'),
    import('../redis/tally.ts'),
    import('../redis/reset-links.ts'),
    import('../redis/nonces.ts'),
    import('./same-secret.ts'),
    import('./sockets-elsewhere.ts'),
    import('./node-list.ts'),
  ])
  const ways = { ...link, ...streamReader, ...bus, ...leases }
  return { ...ways, ...tally, ...resetLinks, ...nonces, ...sameSecret, ...sockets, ...nodes }
}

interface Connecting {
  url: string
  seal: Seal
  log: Log
  node: string
}

/** Leaves no connection behind when it fails. */
async function connect({ Link, StreamReader, SameSecret }: Rooms, { url, seal, log, node }: Connecting) {
  const link = new Link({ url, log, name: `crosschat-${node}` })
  const reading = new Link({ url, log, name: `crosschat-${node}-reads` })
  const reader = new StreamReader({ reading, asking: link, node, log })
  reading.begin()
  const secret = new SameSecret(link, seal, log)
  try {
    await ready(link)
    await secret.begin()
  } catch (error) {
    reader.close()
    link.close()
    throw error
  }
  return { link, reader, secret }
}

/** Also one that is being started beside this server. */
function ready(link: { onReady: () => void; begin(): void }): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () =>
        reject(
          new Error(
            'Redis does not answer at REDIS_URL. Start it, or correct the address; a password stands in it as redis://:password@host:6379.',
          ),
        ),
      READY_WITHIN_MS,
    )
    link.onReady = () => {
      clearTimeout(late)
      resolve()
    }
    link.begin()
  })
}
