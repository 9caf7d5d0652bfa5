import type { ChannelRole } from '../../server/protocol.ts'
import type { Text } from '../language/words.ts'

/** What members may be, in words. */

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
