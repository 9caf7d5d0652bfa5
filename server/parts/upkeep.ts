import { Canary } from '../canary.ts'
import { SessionWatch } from '../channels/session-watch.ts'
import { Erasing } from '../erasures.ts'
import { Expiry } from '../expiry.ts'
import { Heartbeat } from '../heartbeat.ts'
import type { Forget } from '../homes/shared-hub.ts'
import { Lifting } from '../lifting.ts'
import { lifted } from '../routes/lifted.ts'
import type { ChannelParts } from './channels.ts'
import type { Ground } from './ground.ts'
import type { Keys } from './keys.ts'
import type { Nodes } from './nodes.ts'
import type { SocketParts } from './sockets.ts'
import type { Way } from './way.ts'

export type Upkeep = ReturnType<typeof openUpkeep>

type Made = Ground & Keys & Way & ChannelParts & SocketParts & { nodes: Nodes }

/** What the server does by itself from time to time. */
export function openUpkeep(made: Made, forget: Forget) {
  const { config, log, metrics, stores, ingest, hub, line, webhooks, sessions, sources, nodes } = made
  const hubs = nodes.hubOf(hub)
  const heartbeat = new Heartbeat(config.dataDir, log)
  heartbeat.away = () => sources.away()
  return {
    heartbeat,
    erasures: new Erasing({ stores, log, mine: nodes.duty('erasures'), forget: nodes.forgetOf(forget) }),
    expiry: new Expiry({ stores, log, mine: nodes.duty('expiry') }),
    watch: new SessionWatch({ hub, sessions, accounts: stores.accounts, log }),
    lifting: new Lifting({
      stores,
      log,
      // What it tells the chat goes in at its home.
      mine: (channelId) => nodes.runs(channelId),
      lifted: (person) => lifted({ stores, line, log, hub: hubs, webhooks }, person),
    }),
    canary: new Canary({ ingest, hub, log, metrics }),
  }
}
