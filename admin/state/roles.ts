import type { ChannelRole } from '../../server/protocol.ts'
import type { Route } from '../router.ts'

/** Pages that need more than being able to see the channel. */
const NEEDED: Partial<Record<Route['page'], ChannelRole>> = {
  overlays: 'owner',
  overlay: 'owner',
  accounts: 'owner',
  docks: 'owner',
  keys: 'owner',
  webhooks: 'owner',
}

export function neededFor(page: Route['page']): ChannelRole {
  return NEEDED[page] ?? 'viewer'
}
