import type { ChannelRole } from '../protocol.ts'

/** Who works in whose channel, and who is asked to. */

/** Somebody works in a channel that is not their own. */
export interface Membership {
  channelId: string
  accountId: string
  role: MemberRole
  since: number
}

/** A channel's owner is no member of it: the channel itself says whose it is. */
export type MemberRole = Exclude<ChannelRole, 'owner'>

/** Changes are on disk (fsync) when they resolve. */
export interface Members {
  /** Throws `member_already` when the account is one, also under concurrency. */
  insert(membership: Membership): Promise<void>
  one(channelId: string, accountId: string): Promise<Membership | null>
  /** Oldest first, like those of an account. */
  byChannel(channelId: string): Promise<Membership[]>
  byAccount(accountId: string): Promise<Membership[]>
  setRole(channelId: string, accountId: string, role: MemberRole): Promise<Membership | null>
  /** True if there was one. */
  remove(channelId: string, accountId: string): Promise<boolean>
}

/** A link that lets one person in, once. */
export interface Invite {
  id: string
  /** SHA-256 of its token, hex. */
  digest: string
  /** What it makes them a member of; null = it only lets them register. */
  channelId: string | null
  /** Null where there is no channel. */
  role: MemberRole | null
  /** For whom, in the words of whoever made it. */
  name: string
  /** The account that made it. */
  by: string
  createdAt: number
  expiresAt: number
}

/** One that has expired is as if it were not there. */
export interface Invites {
  insert(invite: Invite): Promise<void>
  byDigest(digest: string): Promise<Invite | null>
  /** Newest first; with null those that only let register. */
  open(channelId: string | null): Promise<Invite[]>
  /** Gives it to one caller and never again; on disk (fsync) when it resolves. */
  take(digest: string): Promise<Invite | null>
  /** True if there was one. */
  remove(channelId: string | null, id: string): Promise<boolean>
}
