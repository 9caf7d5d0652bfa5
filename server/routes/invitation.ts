import type Koa from 'koa'
import type { InviteView } from '../api/members.ts'
import { linkBase } from '../auth/addresses.ts'
import { newId, newSecret } from '../auth/ids.ts'
import { inviteDigest } from '../auth/invites.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import type { Account } from '../stores/accounts.ts'
import type { Invite } from '../stores/members.ts'
import type { Stores } from '../stores/stores.ts'

export const INVITE_MS = 7 * 24 * 3_600_000
/** Open at a time, of a channel, and of those that only let register. */
export const MAX_INVITES = 20
export const MAX_MEMBERS = 50
/** Channels that one account works in besides its own. */
export const MAX_WORKPLACES = 100

type Terms = Pick<Invite, 'channelId' | 'role' | 'name' | 'by'>

/** Makes an invitation; the answer is the only place where its link stands. To be called in turns, one for each channel. */
export async function invite({ stores, config }: House, ctx: Koa.Context, terms: Terms): Promise<InviteView> {
  if ((await stores.invites.open(terms.channelId)).length >= MAX_INVITES) {
    throw new CrossChatError('bad_request', {
      message: `At most ${MAX_INVITES} invitations can be open. Take one back first.`,
    })
  }
  const token = newSecret()
  const now = Date.now()
  const made = { id: newId(), digest: inviteDigest(token) ?? '', ...terms, createdAt: now, expiresAt: now + INVITE_MS }
  await stores.invites.insert(made)
  // In the fragment, which no server and no proxy ever sees.
  return { ...inviteView(made), url: `${linkBase(config, ctx.req)}/admin/#/invite/${token}` }
}

export function inviteView({ id, role, name, createdAt, expiresAt }: Invite): InviteView {
  return { id, role, name, createdAt, expiresAt }
}

/** The open invitation with that token. Throws `bad_invite`. */
export async function openInvite(stores: Stores, token: string): Promise<Invite> {
  const digest = inviteDigest(token)
  const found = digest === null ? null : await stores.invites.byDigest(digest)
  if (found === null) throw new CrossChatError('bad_invite')
  return found
}

/**
 * Uses an invitation up: of many callers at once one gets through to `enter`, and the others get `bad_invite`. Should `enter`
 * fail, the invitation opens again.
 */
export async function use<T>(stores: Stores, { digest }: Invite, enter: (taken: Invite) => Promise<T>): Promise<T> {
  const taken = await stores.invites.take(digest)
  if (taken === null) throw new CrossChatError('bad_invite')
  try {
    return await enter(taken)
  } catch (error) {
    await stores.invites.insert(taken)
    throw error
  }
}

/** Whether the account can become a member of what the invitation is for. Throws `bad_request`, `member_already`, `bad_invite`. */
export async function checkRoom({ channels, members }: Stores, { channelId }: Invite, account: Account): Promise<void> {
  const channel = channelId === null ? null : await channels.byId(channelId)
  if (channel === null) throw new CrossChatError('bad_invite')
  if (channel.accountId === account.id) {
    throw new CrossChatError('bad_request', {
      message: 'This is your own channel. The invitation is for somebody else.',
    })
  }
  if ((await members.one(channel.id, account.id)) !== null) throw new CrossChatError('member_already')
  await checkSeats(members, channel.id)
  if ((await members.byAccount(account.id)).length >= MAX_WORKPLACES) {
    throw new CrossChatError('bad_request', { message: `An account works in at most ${MAX_WORKPLACES} channels.` })
  }
}

export async function checkSeats(members: Stores['members'], channelId: string): Promise<void> {
  if ((await members.byChannel(channelId)).length < MAX_MEMBERS) return
  throw new CrossChatError('bad_request', { message: `A channel has at most ${MAX_MEMBERS} members.` })
}

/** Makes the account a member; nothing where the invitation only lets register. */
export async function join(
  { stores: { members }, log }: Pick<House, 'stores' | 'log'>,
  { channelId, role }: Invite,
  account: Account,
): Promise<void> {
  if (channelId === null || role === null) return
  await members.insert({ channelId, accountId: account.id, role, since: Date.now() })
  log.info({ channel: channelId, account: account.id, role }, 'a member came by an invitation')
}
