import type { ChannelRole } from '../protocol.ts'
import { CHANNEL_ROLES } from '../protocol.ts'
import type { Stores } from '../stores/stores.ts'
import type { SignedIn } from './sessions.ts'

/** Who acts, in which channel, and as what. */
export interface Actor extends SignedIn {
  /** The channel that the call speaks of, not always their own. */
  channel: SignedIn['channel']
  role: ChannelRole
}

/**
 * The one place that decides whether somebody may see a channel, for calls and sockets alike. `named` = the id of a channel
 * that they work in; null = their own. Null for a channel that does not exist and for one that is none of theirs.
 */
export async function actorIn(
  { channels, members }: Pick<Stores, 'channels' | 'members'>,
  who: SignedIn,
  named: string | null,
): Promise<Actor | null> {
  if (named === null || named === who.channel.id) return { ...who, role: 'owner' }
  const membership = await members.one(named, who.account.id)
  const channel = membership === null ? null : await channels.byId(named)
  return membership === null || channel === null ? null : { ...who, channel, role: membership.role }
}

/** Whether a role may do what needs at least the other one. */
export function reaches(role: ChannelRole, least: ChannelRole): boolean {
  return CHANNEL_ROLES.indexOf(role) >= CHANNEL_ROLES.indexOf(least)
}
