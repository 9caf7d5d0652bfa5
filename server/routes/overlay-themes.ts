import { OverlayThemeAnswer, ThemesAnswer } from '../answers/overlay.ts'
import { type OverlayThemeView, ThemeBody, type ThemesView } from '../api/overlays.ts'
import type { House } from '../house.ts'
import { SETTINGS, themes } from '../look.ts'
import { resolveSettings } from '../look-themes.ts'
import type { Overlay } from '../stores/overlays.ts'
import type { Turns } from '../turns.ts'
import { noteDeed } from './moderation-log.ts'
import { changeOverlay, ownOverlay } from './own-overlay.ts'
import { type Route, route } from './route.ts'

/** The theme that each overlay has on air, which a dock may switch; the rest of a look, and its address, is the editor's. */
export function overlayThemes(house: House, turns: Turns): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/themes',
        who: 'control',
        least: 'owner',
        does: 'Lists the overlays with the theme that each has on air, and the themes there are.',
        gives: ThemesAnswer,
      },
      async ({ caller }): Promise<ThemesView> => {
        const all = await house.stores.overlays.byChannel(caller.channel.id)
        const known = themes().map((id) => ({ id, label: SETTINGS.theme.values[id] }))
        return { items: all.map(view), themes: known }
      },
    ),

    route(
      {
        method: 'PUT',
        path: '/api/overlays/:id/theme',
        who: 'control',
        least: 'owner',
        does: 'Switches the theme that an overlay has on air, at once; what else was chosen, and a draft, stays as it is.',
        example: { theme: 'captions' },
        gives: OverlayThemeAnswer,
        body: ThemeBody,
        rate: 'change',
      },
      ({ caller, params, body: { theme } }) =>
        turns.take(caller.channel.id, async () => {
          const overlay = await ownOverlay(house, caller.channel, params.id)
          if (view(overlay).theme === theme) return view(overlay)
          const updated = await changeOverlay(house, overlay, { settings: { ...overlay.settings, theme } })
          await noteDeed(house, caller, { what: 'theme', author: updated.name })
          return view(updated)
        }),
    ),
  ]
}

function view({ id, name, settings }: Overlay): OverlayThemeView {
  return { id, name, theme: resolveSettings(settings).theme }
}
