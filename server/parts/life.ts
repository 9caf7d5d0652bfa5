import type { Engine } from '../engine.ts'
import type { ThisNode } from '../homes/this-node.ts'
import { KEEP_EVERY_MS } from '../kept-marks.ts'
import type { ChannelParts } from './channels.ts'
import type { Ground } from './ground.ts'
import type { Keys } from './keys.ts'
import type { Nodes } from './nodes.ts'
import type { SocketParts } from './sockets.ts'
import type { Upkeep } from './upkeep.ts'
import type { Way } from './way.ts'

export type Whole = Ground &
  Keys &
  Way &
  ChannelParts &
  SocketParts &
  Upkeep & { engine: Engine; nodes: Nodes; thisNode: ThisNode }

/** Takes up what was live, and starts what runs by itself. */
export async function begin(whole: Whole): Promise<void> {
  try {
    const last = await whole.heartbeat.last()
    await whole.ingest.start()
    await whole.nodes.begin(whole, last)
    beginUpkeep(whole)
    await whole.stores.stood()
  } catch (error) {
    // The threads that run already would keep a process alive that cannot work.
    await close(whole)
    throw error
  }
}

function beginUpkeep(whole: Whole): void {
  const { heartbeat, expiry, erasures, watch, lifting, canary, thisNode, marks, ingest, config } = whole
  heartbeat.begin()
  expiry.begin()
  erasures.begin()
  watch.begin()
  lifting.begin()
  canary.begin()
  thisNode.begin()
  marks.begin(() => ingest.entries(), KEEP_EVERY_MS / config.haste)
}

/** In the order in which nothing accepted is lost. */
export async function close(whole: Whole): Promise<void> {
  takeNoMore(whole)
  await stopUpkeep(whole)
  // What the worker holds is written out and drained first, then kept, and only then the sockets are sent away.
  await emptyLine(whole)
  await sendAway(whole)
  await whole.stores.close()
  await whole.passwords.close()
  whole.metrics.close()
}

function takeNoMore({ canary, settings, nodes, autoStreams, sources, line }: Whole): void {
  canary.stop()
  settings.stop()
  nodes.leave()
  autoStreams.stop()
  sources.stop()
  line.stop()
}

async function stopUpkeep({ heartbeat, expiry, erasures, watch, lifting }: Whole): Promise<void> {
  await heartbeat.stop()
  await expiry.stop()
  await erasures.stop()
  await watch.stop()
  await lifting.stop()
}

async function emptyLine({ ingest, drain, archivist, nodes, thisNode, webhooks, marks }: Whole): Promise<void> {
  await ingest.stop()
  drain.stop()
  await archivist.stop()
  await thisNode.stop()
  // What waits for webhooks is kept before another node reads it.
  await webhooks.stop()
  await nodes.handOver()
  await marks.stop(ingest.entries())
}

async function sendAway({ engine, held, hub, previews, nodes }: Whole): Promise<void> {
  engine.close()
  held.close()
  await hub.close()
  previews.close()
  await nodes.bus.close()
}
