import { randomBytes } from 'node:crypto'
import type { Seal } from '../auth/seal.ts'
import { Crowd } from '../channels/crowd.ts'
import type { UpgradeParts } from '../channels/upgrade.ts'
import { WrongKeys } from '../channels/wrong-keys.ts'
import type { Config } from '../config.ts'
import type { House } from '../house.ts'
import type { Whole } from './life.ts'

const SETUP_TOKEN_BYTES = 16

/** What calls are answered with. */
export async function houseOf(whole: Whole): Promise<House> {
  const { nodes, thisNode, stores, config, seal } = whole
  return {
    ...whole,
    hub: nodes.hubOf(whole.hub),
    previews: nodes.previewsOf(whole.previews),
    resetLinks: nodes.resetLinks,
    nonces: nodes.nonces,
    tally: nodes.tally,
    homes: nodes.homes,
    nodes: thisNode,
    setupToken: (await stores.accounts.count()) === 0 ? newSetupToken(config, seal) : null,
    unready: () => thisNode.unready(),
  }
}

/** What sockets and event streams are let in with. */
export function upgradeOf(whole: Whole): UpgradeParts {
  const { config, stores, nodes, line } = whole
  return {
    ...whole,
    addresses: config,
    trustedProxies: config.trustedProxies,
    people: stores,
    overlays: stores.overlays,
    docks: stores.docks,
    looks: stores.looks,
    open: (channelId) => nodes.open(channelId, line),
    crowd: new Crowd(),
    wrongKeys: new WrongKeys(),
  }
}

/** Nodes with one database make the same one: whoever opens what one of them has printed may be answered by another. */
function newSetupToken({ databaseUrl }: Config, seal: Seal): string {
  const shared = databaseUrl === null ? undefined : seal.keys('set-up token')[0]
  return (shared?.subarray(0, SETUP_TOKEN_BYTES) ?? randomBytes(SETUP_TOKEN_BYTES)).toString('base64url')
}
