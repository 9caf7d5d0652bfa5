import type { Engine } from '../engine.ts'
import type { Forget } from '../homes/shared-hub.ts'
import type { Slice } from '../slice.ts'
import type { ChannelParts } from './channels.ts'
import type { Nodes } from './nodes.ts'
import type { SocketParts } from './sockets.ts'

type Hearing = ChannelParts & SocketParts & { engine: Engine; nodes: Nodes }

/** Who hears of what. Where several hear of one thing, the hub is first: what they do about it comes behind on every screen. */
export function spreadNews(parts: Hearing, forget: Forget): void {
  const { nodes, hub, previews } = parts
  nodes.bus.listen({
    slice: (slice) => hearSlice(slice, parts),
    ...nodes.hears(hub, previews, forget),
  })
  hearOfStage(parts)
  hearOfStreams(parts)
  hearOfStatus(parts)
}

function hearSlice(slice: Slice, { hub, stage, held, engine, webhooks, nodes }: Hearing): void {
  hub.take(slice)
  // Of a channel that is only followed here, its home does all else.
  if (nodes.counts(slice)) return
  stage.take(slice)
  held.take(slice)
  engine.handed(slice)
  webhooks.take(slice)
}

function hearOfStage({ stage, hub, nodes }: Hearing): void {
  stage.onChange = (channelId, change) => {
    hub.stageChanged(channelId, change)
    nodes.changed(channelId, true)
  }
}

function hearOfStreams({ streams, hub, held, webhooks, nodes }: Hearing): void {
  streams.onChange = (channelId) => {
    hub.streamChanged(channelId)
    nodes.changed(channelId, true)
    webhooks.streamChanged(channelId)
  }
  streams.onTakenUp = (channelId, { recent, held: heldBefore }) => {
    hub.takeUp(channelId, recent)
    held.resume(channelId, heldBefore)
  }
}

function hearOfStatus({ sources, held, hub, nodes }: Hearing): void {
  const changed = (channelId: string) => {
    hub.statusChanged(channelId)
    nodes.changed(channelId)
  }
  sources.onChange = changed
  held.onChange = changed
}

/** Takes a person out of what this server has in memory of a channel. */
export function forgetHere({ hub, held, webhooks }: ChannelParts & SocketParts): Forget {
  return (channelId, person) => {
    hub.erase(channelId, person)
    held.erase(channelId, person)
    webhooks.erase(channelId, person)
  }
}
