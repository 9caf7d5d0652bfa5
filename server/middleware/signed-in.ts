import type Koa from 'koa'
import { type Actor, actorIn, reaches } from '../auth/actor.ts'
import type { PanelSessions, SignedIn } from '../auth/sessions.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import type { ChannelRole } from '../protocol.ts'
import type { Stores } from '../stores/stores.ts'

/** Names the channel that a call speaks of; sockets and downloads, which carry no headers of ours, say `?channel=` instead. */
export const CHANNEL_HEADER = 'X-CrossChat-Channel'

/** Whoever the cookie signs in. Throws `signed_out`. */
export async function signedIn(ctx: Koa.Context, sessions: PanelSessions): Promise<SignedIn> {
  const who = await sessions.of(ctx)
  if (who === null) throw new CrossChatError('signed_out')
  return who
}

/**
 * Whoever the cookie signs in, in the channel that the call names, with at least this role there. Throws `signed_out`;
 * `not_found` for a channel that they cannot see, as for one that does not exist; `not_allowed`; `suspended` for a change where the
 * channel's owner is.
 */
export async function actor(
  ctx: Koa.Context,
  { sessions, stores }: Pick<House, 'sessions' | 'stores'>,
  least: ChannelRole,
): Promise<Actor> {
  const found = await actorIn(stores, await signedIn(ctx, sessions), namedChannel(ctx))
  if (found === null) throw new CrossChatError('not_found')
  if (!reaches(found.role, least)) throw new CrossChatError('not_allowed', { message: refusal(found.role, least) })
  if (found.role !== 'owner' && ctx.method !== 'GET' && least !== 'viewer') await refuseWhereSuspended(found, stores)
  return found
}

/** In the channel of an owner who is suspended, members look on, or leave, and change nothing. Throws `suspended`. */
async function refuseWhereSuspended({ channel }: Actor, { accounts }: Pick<Stores, 'accounts'>): Promise<void> {
  const owner = await accounts.byId(channel.accountId)
  if (owner?.suspendedAt === undefined) return
  throw new CrossChatError('suspended', {
    message: 'The owner of this channel is suspended: nothing can be changed in it. Ask the owner of this instance.',
  })
}

/** The id of the channel that a call names; null = none. */
export function namedChannel(ctx: Koa.Context): string | null {
  const { channel } = ctx.query
  return ctx.get(CHANNEL_HEADER) || (channel === undefined ? null : String(channel))
}

/** Only the owner of the instance; for all others there is nothing here. Throws `signed_out`, `not_found`. */
export async function instanceOwner(ctx: Koa.Context, sessions: PanelSessions): Promise<SignedIn> {
  const who = await signedIn(ctx, sessions)
  if (!who.account.owner) throw new CrossChatError('not_found')
  return who
}

function refusal(role: ChannelRole, least: ChannelRole): string {
  return `You are a ${role} in this channel, and this needs ${least === 'owner' ? 'its owner' : `a ${least}`}. Ask the owner of the channel.`
}
