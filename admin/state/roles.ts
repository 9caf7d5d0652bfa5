import type { ChannelRole } from '../../server/protocol.ts'
import type { Route } from '../router.ts'

type MemberRole = Exclude<ChannelRole, 'owner'>

export const MEMBER_ROLES: readonly { value: MemberRole; label: string }[] = [
  { value: 'moderator', label: 'Moderator' },
  { value: 'viewer', label: 'Viewer' },
]

/** What somebody is, in a sentence that goes on: `You are a moderator`. */
export const ROLE_NAMES: Readonly<Record<ChannelRole, string>> = {
  owner: 'the owner',
  moderator: 'a moderator',
  viewer: 'a viewer',
}

export const ROLE_MEANS: Readonly<Record<MemberRole, string>> = {
  moderator:
    'A moderator sees the live chat and the history, hides and features messages, empties the overlays and changes the rules; but sees no keys, addresses or secrets, and cannot start, end or delete streams.',
  viewer: 'A viewer sees the live chat, the history and the rules, and changes nothing.',
}

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
