import type Koa from 'koa'
import { OverlayAnswer, ReloadAnswer } from '../answers/overlay.ts'
import { listOf } from '../answers/shapes.ts'
import { CreateOverlayBody, type OverlayView, PatchOverlayBody, type ReloadView } from '../api/overlays.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { type ChosenSettings, known, type SettingsChange } from '../look.ts'
import { LOOK_BODY } from '../middleware/body.ts'
import type { Overlay } from '../stores/overlays.ts'
import { Turns } from '../turns.ts'
import { looks } from './looks.ts'
import { newOverlay } from './newcomer.ts'
import { overlayThemes } from './overlay-themes.ts'
import { changeOverlay, overlayView, ownOverlay } from './own-overlay.ts'
import { type Route, route } from './route.ts'
import { sendWaitingFile } from './waiting-file.ts'

export const MAX_OVERLAYS = 50
const UNNAMED = 'Overlay'

/** Overlays, their looks and their keys. */
export function overlays(house: House): Route[] {
  const { stores, hub, previews } = house
  const turns = new Turns()
  const view = async (ctx: Koa.Context, overlay: Overlay) =>
    overlayView(house, ctx, overlay, Boolean((await stores.looks.draft(overlay.id))?.settings))

  return [
    route(
      {
        method: 'GET',
        path: '/api/overlays',
        who: 'account',
        least: 'owner',
        does: 'Lists overlays.',
        gives: listOf(OverlayAnswer),
      },
      async ({ ctx, caller }): Promise<{ items: OverlayView[] }> => {
        const all = await stores.overlays.byChannel(caller.channel.id)
        const drafts = await stores.looks.drafts(caller.channel.id)
        const drafted = new Set(drafts.filter(({ settings }) => settings !== null).map(({ id }) => id))
        return { items: all.map((overlay) => overlayView(house, ctx, overlay, drafted.has(overlay.id))) }
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/overlays',
        who: 'account',
        least: 'owner',
        does: 'Makes an overlay.',
        example: { name: 'Main', settings: { theme: 'clean' } },
        gives: OverlayAnswer,
        body: CreateOverlayBody,
        bodyLimit: LOOK_BODY,
        status: 201,
        rate: 'change',
      },
      ({ ctx, caller, body }) =>
        turns.take(caller.channel.id, async () => {
          const all = await stores.overlays.byChannel(caller.channel.id)
          if (all.length >= MAX_OVERLAYS) {
            throw new CrossChatError('bad_request', { message: `A channel has at most ${MAX_OVERLAYS} overlays.` })
          }
          const overlay = newOverlay(caller.channel.id, body.name ?? UNNAMED, changed({}, body.settings))
          await stores.overlays.insert(overlay)
          hub.looksChanged(caller.channel.id)
          return view(ctx, overlay)
        }),
    ),

    route(
      {
        method: 'GET',
        path: '/api/overlays/:id',
        who: 'account',
        least: 'owner',
        does: 'Gives one overlay.',
        gives: OverlayAnswer,
      },
      async ({ ctx, caller, params }) => view(ctx, await ownOverlay(house, caller.channel, params.id)),
    ),

    route(
      {
        method: 'PATCH',
        path: '/api/overlays/:id',
        who: 'account',
        least: 'owner',
        does: 'Changes the name or some settings; open overlays follow at once.',
        example: { settings: { theme: 'clean' } },
        gives: OverlayAnswer,
        body: PatchOverlayBody,
        bodyLimit: LOOK_BODY,
        rate: 'change',
      },
      ({ ctx, caller, params, body }) =>
        // One after the other: each change starts from what the one before it left.
        turns.take(caller.channel.id, async () => {
          const overlay = await ownOverlay(house, caller.channel, params.id)
          const settings = changed(overlay.settings, body.settings)
          return view(ctx, await changeOverlay(house, overlay, { name: body.name ?? overlay.name, settings }))
        }),
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/overlays/:id',
        who: 'account',
        least: 'owner',
        does: 'Deletes an overlay; its key is dead.',
        gives: null,
        rate: 'change',
      },
      async ({ caller, params }) => {
        const overlay = await ownOverlay(house, caller.channel, params.id)
        await stores.overlays.remove(overlay.id)
        previews.withdraw(overlay.id)
        hub.withdrawOverlay(caller.channel.id, overlay.id)
        await stores.looks.forget(overlay.id)
        hub.looksChanged(caller.channel.id)
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/overlays/:id/rotate',
        who: 'account',
        least: 'owner',
        does: 'Gives the overlay a new key; the old one is dead and its sockets are closed.',
        gives: OverlayAnswer,
        logged: 'a key was rotated',
        rate: 'change',
      },
      async ({ ctx, caller, params }) => {
        const overlay = await ownOverlay(house, caller.channel, params.id)
        const updated = await stores.overlays.raiseKeyVersion(overlay.id)
        if (updated === null) throw new CrossChatError('not_found')
        previews.withdraw(overlay.id)
        hub.withdrawOverlay(caller.channel.id, overlay.id)
        return view(ctx, updated)
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/overlays/:id/reload',
        who: 'account',
        least: 'owner',
        does: 'Asks the overlay’s open pages to load anew at a quiet moment; says how many were asked.',
        gives: ReloadAnswer,
        rate: 'reload',
      },
      async ({ caller, params }): Promise<ReloadView> => {
        const overlay = await ownOverlay(house, caller.channel, params.id)
        return { pages: hub.reloadOverlay(caller.channel.id, overlay.id) }
      },
    ),

    route(
      {
        method: 'GET',
        path: '/api/overlays/:id/waiting-file',
        who: 'account',
        least: 'owner',
        does: 'Gives a page to keep as a file: it waits for this server and then opens the overlay. It holds the key.',
        gives: ['text/html'],
        rate: 'change',
      },
      async ({ ctx, caller, params }) => {
        const overlay = await ownOverlay(house, caller.channel, params.id)
        return sendWaitingFile(ctx, { name: overlay.name, url: (await view(ctx, overlay)).url })
      },
    ),
    ...looks(house, turns),
    ...overlayThemes(house, turns),
  ]
}

/** Given settings take the place of what was chosen; null leaves a setting to the theme again, an absent one changes nothing. */
function changed(chosen: ChosenSettings, given: SettingsChange = {}): ChosenSettings {
  return known({ ...chosen, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) })
}
