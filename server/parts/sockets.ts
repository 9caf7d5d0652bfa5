import { Hub } from '../channels/hub.ts'
import { Previews } from '../channels/previews.ts'
import { type ChannelParts, stateHere } from './channels.ts'
import type { Ground } from './ground.ts'
import type { Nodes } from './nodes.ts'
import type { Way } from './way.ts'

export type SocketParts = ReturnType<typeof openSockets>

/** Who looks on at this server. */
export function openSockets(ground: Ground, way: Way, channels: ChannelParts, nodes: Nodes) {
  const hub = openHub(ground, way, channels, nodes)
  way.drain.completed = (slice) => hub.completed(slice)
  return { hub, previews: new Previews(ground.stores.archive, ground.log) }
}

function openHub({ build, metrics }: Ground, way: Way, channels: ChannelParts, nodes: Nodes): Hub {
  const { stage, sources, held, webhooks } = channels
  return new Hub(
    {
      stream: (channelId) => (nodes.stateOf(channelId) ?? stateHere(channels, channelId)).stream,
      stage: (channelId) => nodes.stateOf(channelId)?.stage ?? stage.of(channelId),
      platforms: () => way.ingest.platforms,
      sources: (channelId) => nodes.stateOf(channelId)?.sources ?? sources.list(channelId),
      held: (channelId) => nodes.stateOf(channelId)?.held ?? held.count(channelId),
      refused: (channelId, id) => held.refused(channelId, id),
      elsewhere: (channelId) => nodes.socketsOf(channelId).overlays,
      build,
      idle: (channelId) => {
        // A server without others delivers in any case.
        const runs = sources.follows(channelId) || (nodes.homes !== null && webhooks.waits(channelId))
        return !runs && forget(channelId, way, nodes)
      },
    },
    way.ingest,
    metrics,
  )
}

/** Nothing of the channel is left to run or to look at. */
function forget(channelId: string, { ingest, marks }: Way, nodes: Nodes): true {
  const entry = ingest.channel(channelId)
  if (entry !== undefined) void marks.keep(entry)
  ingest.close(channelId)
  nodes.idle(channelId)
  return true
}
