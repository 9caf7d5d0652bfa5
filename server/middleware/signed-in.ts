import type Koa from 'koa'
import type { PanelSessions, SignedIn } from '../auth/sessions.ts'
import { CrossChatError } from '../errors.ts'

/** Whoever the cookie signs in. Throws `signed_out`. */
export async function signedIn(ctx: Koa.Context, sessions: PanelSessions): Promise<SignedIn> {
  const who = await sessions.of(ctx)
  if (who === null) throw new CrossChatError('signed_out')
  return who
}

/** Only the owner of the instance; for all others there is nothing here. Throws `signed_out`, `not_found`. */
export async function instanceOwner(ctx: Koa.Context, sessions: PanelSessions): Promise<SignedIn> {
  const who = await signedIn(ctx, sessions)
  if (!who.account.owner) throw new CrossChatError('not_found')
  return who
}
