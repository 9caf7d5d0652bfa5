import type { ChannelRole } from '../../server/protocol.ts'
import type { Text } from '../language/words.ts'
import type { Route } from '../router.ts'

export type MemberRole = Exclude<ChannelRole, 'owner'>

export const MEMBER_ROLES: readonly MemberRole[] = ['moderator', 'viewer']

export const ROLE_LABELS: Readonly<Record<MemberRole, Text>> = { moderator: 'Moderator', viewer: 'Viewer' }

/** As a mark beside a name. */
export const ROLE_MARKS: Readonly<Record<ChannelRole, Text>> = {
  owner: 'owner',
  moderator: 'moderator',
  viewer: 'viewer',
}

export const ROLE_MEANS: Readonly<Record<MemberRole, Text>> = {
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
