import type Koa from 'koa'
import type { OverlayView } from '../api/overlays.ts'
import { linkBase } from '../auth/addresses.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import type { Channel } from '../stores/accounts.ts'
import type { Overlay } from '../stores/overlays.ts'

/** An overlay of this channel; an unknown id and another's id are the same nothing. */
export async function ownOverlay({ stores }: House, channel: Channel, id = ''): Promise<Overlay> {
  const overlay = await stores.overlays.byId(id)
  if (overlay === null || overlay.channelId !== channel.id) throw new CrossChatError('not_found')
  return overlay
}

/** `draft`: an editor has changed it and not shown it yet. */
export function overlayView(
  { config, overlayKeys, hub }: House,
  ctx: Koa.Context,
  overlay: Overlay,
  draft: boolean,
): OverlayView {
  const { id, name, settings, createdAt, channelId } = overlay
  const clients = hub.clients(channelId).filter((client) => client.overlay === id)
  const url = `${linkBase(config, ctx.req)}/overlay#${overlayKeys.keyOf(overlay)}`
  return { id, name, url, settings, draft, clients, createdAt }
}
