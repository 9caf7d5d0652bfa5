import { AutoStreams, GRACE_MS } from '../auto-streams.ts'
import { HeldBack } from '../channels/held.ts'
import { StageHands } from '../channels/stage.ts'
import type { SharedState } from '../homes/state.ts'
import { Runs } from '../runs.ts'
import { Sources } from '../sources.ts'
import { requireRoom } from '../storage-use.ts'
import { LiveStreams } from '../streams.ts'
import { summarise } from '../summaries.ts'
import { Webhooks } from '../webhooks/webhooks.ts'
import type { Ground } from './ground.ts'
import type { Keys } from './keys.ts'
import type { Way } from './way.ts'

export type ChannelParts = Awaited<ReturnType<typeof openChannels>>

/** What is run of a channel, and only where it is at home. */
export async function openChannels(ground: Ground, keys: Keys, { ingest, line, archivist }: Way) {
  const { config, log, metrics, stores } = ground
  const { vault, hookKeys } = keys
  const open = (channelId: string) => line.open(channelId)
  const platforms = () => ingest.platforms
  const stage = await StageHands.open({ store: stores.stages, platforms, log })
  const held = new HeldBack({ platforms, now: Date.now, steady: () => performance.now() })
  const streams = openStreams(ground, { line, archivist })
  const sources = new Sources({ store: stores.sources, ingest, open, archivist, vault, hookKeys, log, metrics })
  const autoStreams = new AutoStreams({ streams, sources, ingest, graceMs: GRACE_MS / config.haste, log })
  const webhooks = openWebhooks(ground, vault, streams)
  line.settled = (channelId) => sources.settled(channelId)
  sources.onBroadcast = (...news) => autoStreams.hear(...news)
  return { stage, held, streams, sources, runs: new Runs(ingest, open), autoStreams, webhooks }
}

function openStreams({ stores, settings, log }: Ground, { line, archivist }: Pick<Way, 'line' | 'archivist'>) {
  const streams = new LiveStreams(stores, archivist, line)
  streams.room = (channelId) => requireRoom(stores, channelId, settings.channelBytes)
  streams.onLost = ({ id, channelId }, error) =>
    log.error({ err: error, channel: channelId, stream: id }, 'a stream that was running cannot go on')
  streams.onKept = (stream) => void summarise(stores, stream, log)
  return streams
}

function openWebhooks({ config, stores, log, metrics }: Ground, vault: Keys['vault'], streams: LiveStreams): Webhooks {
  return new Webhooks({
    stores,
    vault,
    anywhere: config.webhooksAnywhere,
    haste: config.haste,
    stream: (channelId) => streams.state(channelId),
    log,
    metrics,
  })
}

/** What is to be said of a channel that is run here. */
export function stateHere({ streams, stage, sources, held }: ChannelParts, channelId: string): SharedState {
  return {
    stream: {
      ...streams.state(channelId),
      messages: streams.messagesOf(channelId),
      lastAt: streams.lastAt(channelId),
    },
    stage: stage.of(channelId),
    sources: sources.list(channelId),
    held: held.count(channelId),
  }
}
