import { z } from 'zod'
import type { ChannelRole } from '../protocol.ts'
import type { MemberRole } from '../stores/members.ts'
import { lineText } from './shapes.ts'

/** Who works with whom. */

const memberRole = z.enum(['moderator', 'viewer'])
export const RoleBody = z.strictObject({ role: memberRole })
export const CreateInviteBody = z.strictObject({ role: memberRole, name: lineText().max(50).optional() })
export const InstanceInviteBody = CreateInviteBody.omit({ role: true })
export const TokenBody = z.strictObject({ token: z.string().max(100) })

export interface MemberView {
  /** The account's. */
  id: string
  name: string
  role: ChannelRole
  since: number
  /** Whoever asks. */
  you: boolean
}

export interface InviteView {
  id: string
  /** Null = it only lets somebody register. */
  role: MemberRole | null
  name: string
  createdAt: number
  expiresAt: number
  /** The link with its token; only in the answer that makes it. */
  url?: string
}

/** What an invitation opens, for whoever holds its token. */
export interface InvitedView {
  /** Null = it only lets somebody register. */
  channel: string | null
  role: MemberRole | null
  /** Who made it. */
  by: string
  expiresAt: number
}
