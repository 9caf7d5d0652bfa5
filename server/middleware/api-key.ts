import type Koa from 'koa'
import { apiKeyDigest } from '../auth/api-keys.ts'
import type { Notes } from '../auth/notes.ts'
import { CrossChatError } from '../errors.ts'
import { MAX_BEARER } from '../settings.ts'
import type { Channel } from '../stores/accounts.ts'
import type { Scope } from '../stores/programs.ts'
import type { Stores } from '../stores/stores.ts'

/** How exactly a key's last use is kept; a write for each use would be a write for each message. */
const TOUCH_EVERY_MS = 60_000
const BEARER = new RegExp(`^Bearer +(\\S{1,${MAX_BEARER}}) *$`, 'i')

/** The bearer of a request, or null when there is none. */
export function bearerOf(ctx: Koa.Context): string | null {
  return BEARER.exec(ctx.get('Authorization'))?.[1] ?? null
}

/** The channel that the request's API key belongs to; null without a key. Throws `bad_key`, `suspended`, `wrong_scope`. */
export async function keyedChannel(
  ctx: Koa.Context,
  { stores, notes }: { stores: Stores; notes: Notes },
  scope: Scope,
): Promise<Channel | null> {
  if (ctx.get('Authorization') === '') return null
  const digest = apiKeyDigest(bearerOf(ctx) ?? '')
  const key = digest === null ? null : await stores.keys.byDigest(digest)
  const channel = key === null ? null : await stores.channels.byId(key.channelId)
  if (key === null || channel === null) throw new CrossChatError('bad_key')
  const account = await stores.accounts.byId(channel.accountId)
  if (account?.suspendedAt !== undefined) throw new CrossChatError('suspended')
  if (!key.scopes.includes(scope)) throw new CrossChatError('wrong_scope')
  const now = Date.now()
  if (Math.abs(now - (key.lastUsedAt ?? 0)) > TOUCH_EVERY_MS) notes.take(key.id, () => stores.keys.touch(key.id, now))
  return channel
}
