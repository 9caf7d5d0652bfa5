import type Koa from 'koa'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { DOCK_SCOPES, type DockScope } from '../protocol.ts'
import type { Channel } from '../stores/accounts.ts'
import type { Dock } from '../stores/overlays.ts'
import { bearerOf } from './api-key.ts'

/** Which dock calls, by the key it bears, and for which channel; null without a key. Throws `bad_key`, `suspended`, `wrong_scope`. */
export async function callingDock(
  ctx: Koa.Context,
  { dockKeys, stores }: Pick<House, 'dockKeys' | 'stores'>,
  scope: DockScope,
): Promise<{ dock: Dock; channel: Channel } | null> {
  if (ctx.get('Authorization') === '') return null
  const dock = await dockKeys.find(bearerOf(ctx) ?? '', stores.docks)
  const channel = dock === null ? null : await stores.channels.byId(dock.channelId)
  if (dock === null || channel === null) throw new CrossChatError('bad_key')
  const account = await stores.accounts.byId(channel.accountId)
  if (account?.suspendedAt !== undefined) throw new CrossChatError('suspended')
  if (DOCK_SCOPES.indexOf(dock.scope) < DOCK_SCOPES.indexOf(scope)) throw new CrossChatError('wrong_scope')
  return { dock, channel }
}
