import { Nonces } from '../auth/nonces.ts'
import { ResetLinks } from '../auth/reset-links.ts'
import { MemoryBus } from '../bus/memory.ts'
import type { LastBeat } from '../heartbeat.ts'
import type { Nodes, Running } from './nodes.ts'

const NOBODY = { overlays: [], docks: [] }

/** A server without others: every channel has its home here. */
export function alone(): Nodes {
  return {
    bus: new MemoryBus(),
    resetLinks: new ResetLinks(),
    nonces: new Nonces(),
    tally: null,
    homes: null,
    list: null,
    stateOf: () => null,
    socketsOf: () => NOBODY,
    runs: async () => true,
    duty: () => async () => true,
    hubOf: (own) => own,
    previewsOf: (own) => own,
    forgetOf: (own) => own,
    changed() {},
    counts: () => false,
    idle() {},
    hears: () => ({ state() {}, anew() {}, shouted() {}, refused() {} }),
    listens() {},
    address: () => '',
    begin,
    open: (channelId, line) => line.open(channelId),
    leave() {},
    async handOver() {},
  }
}

/** Goes on with what the life before left. */
async function begin({ streams, webhooks, sources, autoStreams }: Running, last: LastBeat): Promise<void> {
  await streams.resume()
  await webhooks.begin()
  await sources.start(last)
  autoStreams.start()
}
