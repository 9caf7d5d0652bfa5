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

/** Another name or look, at once on air. A draft stays as it is. */
export async function changeOverlay(
  { stores, hub, previews }: House,
  { id, channelId }: Overlay,
  change: Partial<Pick<Overlay, 'name' | 'settings'>>,
): Promise<Overlay> {
  const updated = await stores.overlays.update(id, change)
  if (updated === null) throw new CrossChatError('not_found')
  const draft = await stores.looks.draft(id)
  if (!draft?.settings) previews.dress(id, updated.settings)
  hub.settingsChanged(channelId, id, updated.settings)
  return updated
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
