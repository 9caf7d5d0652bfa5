import { Engine } from '../engine.ts'
import { ThisNode } from '../homes/this-node.ts'
import type { ChannelParts } from './channels.ts'
import type { Ground } from './ground.ts'
import type { Nodes } from './nodes.ts'
import type { SocketParts } from './sockets.ts'
import type { Way } from './way.ts'

/** Looks on at all that a message passes. */
export function measure({ config, metrics, droppedLines, ingest, drain, archivist, hub }: Ground & Way & SocketParts) {
  metrics.watch({ dataDir: config.dataDir, waitingBytes: () => hub.waiting, droppedLines })
  return new Engine(
    {
      queue: () => ingest.shift?.reader ?? null,
      thread: () => ingest.shift?.worker.performance.eventLoopUtilization() ?? null,
      drained: () => ({ takes: drain.takes, deepest: drain.deepest() }),
      worker: () => ({ ready: ingest.ready, ...ingest.figures }),
      archiveQueue: () => archivist.queued,
      sockets: () => hub.size,
    },
    metrics,
  )
}

type Told = Ground & Way & Pick<ChannelParts, 'sources'> & { nodes: Nodes; engine: Engine }

/** How this server is, for its owner and the other ones. */
export function tell({ logTail, stores, metrics, ingest, sources, nodes, engine }: Told): ThisNode {
  return new ThisNode({
    engine,
    logTail,
    metrics,
    trouble: () => ingest.trouble,
    database: stores.answers,
    platforms: () => sources.states(),
    address: () => nodes.address(),
    list: nodes.list,
  })
}
