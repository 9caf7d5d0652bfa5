import { shownLately } from '../channels/shown-before.ts'
import { Homes, type HomesParts, type Tenant } from '../homes/homes.ts'
import type { Shared } from '../homes/open.ts'
import { Passes } from '../homes/pass.ts'
import type { Stores } from '../stores/stores.ts'
import { stateHere } from './channels.ts'
import type { Ground } from './ground.ts'
import type { Running } from './nodes.ts'

/** What this node takes up with a channel that has its home here, and lets go with it. */
export function makeHomes({ seal, stores, log }: Ground, shared: Shared, running: Running): Homes {
  const { hub, line, ingest, held } = running
  return new Homes({
    ...shared,
    passes: new Passes(seal),
    hub,
    line,
    ingest,
    log,
    streams: streamsOf(running),
    // Those who deliver are there before anything comes.
    tenants: [running.webhooks, stageOf(running), chatOf(running)],
    heldAgain: (slice) => held.take(slice),
    state: (channelId) => stateHere(running, channelId),
    wanted: () => wanted(stores),
  })
}

function streamsOf({ streams, held, ingest }: Running): HomesParts['streams'] {
  return {
    before: (channelId, fence) => streams.before(channelId, fence),
    goOn(before, entry, missing) {
      streams.goOn(before, entry, missing)
      held.resume(entry.id, before.held)
      for (const slice of missing) held.take(slice)
    },
    shown: ({ recent }) => shownLately(recent, ingest.platforms),
  }
}

/** Is no more here than anywhere once it is let go. */
function stageOf({ stage }: Running): Tenant {
  return { takeUp: (channelId) => stage.takeUp(channelId), async letGo() {} }
}

/** In an order that matters: what follows the chat may begin or end a stream. */
function chatOf({ sources, autoStreams, held, streams }: Running): Tenant {
  return {
    async takeUp(channelId, before) {
      await sources.takeUp(channelId, before)
      autoStreams.takeUp(channelId)
    },
    async letGo(channelId) {
      autoStreams.letGo(channelId)
      sources.letGo(channelId)
      held.forget(channelId)
      await streams.letGo(channelId)
    },
  }
}

/** Channels that follow something, of which a stream runs, or for whose webhooks something waits. */
async function wanted(stores: Pick<Stores, 'sources' | 'streams' | 'webhooks'>): Promise<string[]> {
  const followed = (await stores.sources.all()).filter(({ enabled }) => enabled)
  const running = [...followed, ...(await stores.streams.live())].map(({ channelId }) => channelId)
  return [...new Set([...running, ...(await stores.webhooks.owing())])]
}
