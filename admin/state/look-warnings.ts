import { contrast } from '../../overlay/parts/color.ts'
import type { OverlaySettings, SettingName, Theme } from '../../server/look.ts'
import { t } from '../language/words.ts'

/** What makes a look hard to read, as sentences beside the setting. Advice: nothing is forbidden. */

export type Warnings = Partial<Record<SettingName, string>>

/** px at 1080 lines. */
export const SMALL_TEXT = 22
const THIN = 500
/** WCAG 1.4.3. */
const READABLE = 4.5
const THIN_PANEL = 78
/** Hues nearer to the key colour than this are cut out with it, degrees. */
const KEYED = 40
/** Greys have no hue worth the name. */
const COLOURFUL = 0.25

/** Text stands on the picture itself here; what holds it is the outline. */
const BARE: readonly Theme[] = ['clean']

export function warningsOf(look: OverlaySettings): Warnings {
  return { ...sizes(look), ...contrasts(look), ...keyed(look) }
}

function sizes({ fontSize, scale, fontWeight, theme, panelOpacity }: OverlaySettings): Warnings {
  const seen = Math.round(fontSize * scale)
  return {
    ...(seen < SMALL_TEXT && small(fontSize, seen)),
    ...(fontWeight < THIN && { fontWeight: t('Thin letters get lost when the video is compressed.') }),
    ...(!BARE.includes(theme) &&
      panelOpacity < THIN_PANEL && {
        panelOpacity: t('Under {least} %, a bright picture shines through the text.', { least: THIN_PANEL }),
      }),
  }
}

/** Whichever of the two makes it small. */
function small(fontSize: number, seen: number): Warnings {
  const least = SMALL_TEXT
  return fontSize < least
    ? { fontSize: t('Under {least} px, text is hard to read on phones.', { least }) }
    : { scale: t('Under {least} px, text is hard to read on phones. It is {seen} px now.', { least, seen }) }
}

function contrasts(look: OverlaySettings): Warnings {
  const { textColor, outlineColor, outlineWidth, panelColor, theme, nameColor, nameColorCustom } = look
  if (BARE.includes(theme) && outlineWidth === 0 && look.shadow === 'none') {
    return { outlineWidth: t('Without outline and shadow, the text is lost on a bright picture.') }
  }
  const behind = BARE.includes(theme) ? outlineColor : panelColor
  const said = (color: string) => {
    const values = { ratio: Math.round(contrast(color, behind) * 10) / 10, least: READABLE }
    return BARE.includes(theme)
      ? t('{ratio} : 1 against the outline. Text wants {least} : 1 at least.', values)
      : t('{ratio} : 1 against the panel. Text wants {least} : 1 at least.', values)
  }
  return {
    ...(contrast(textColor, behind) < READABLE && { textColor: said(textColor) }),
    ...(nameColor === 'custom' &&
      contrast(nameColorCustom, behind) < READABLE && { nameColorCustom: said(nameColorCustom) }),
    ...(nameColor === 'original' && { nameColor: t('Dark colours that people chose are hard to read on video.') }),
  }
}

function keyed({ background, nameColor, nameColorCustom, textColor, panelColor }: OverlaySettings): Warnings {
  const key = hueOf(background)
  if (key === null) return {}
  const cut = (color: string) => {
    const hue = hueOf(color)
    return hue !== null && distance(hue, key) < KEYED
  }
  const sentence = t('Too near to the background’s colour: it is cut out with it.')
  return {
    ...(nameColor === 'custom' && cut(nameColorCustom) && { nameColorCustom: sentence }),
    ...(nameColor !== 'custom' &&
      nameColor !== 'white' && {
        nameColor: t('Names near the background’s colour may be cut out with it. “White” is safe.'),
      }),
    ...(cut(textColor) && { textColor: sentence }),
    ...(cut(panelColor) && { panelColor: sentence }),
  }
}

/** Degrees; null for greys and for what is no colour. */
export function hueOf(color: string): number | null {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return null
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
  const most = Math.max(r, g, b)
  const spread = most - Math.min(r, g, b)
  if (most === 0 || spread / most < COLOURFUL) return null
  const sixths = most === r ? (g - b) / spread : most === g ? 2 + (b - r) / spread : 4 + (r - g) / spread
  return (sixths * 60 + 360) % 360
}

function distance(one: number, other: number): number {
  const apart = Math.abs(one - other)
  return Math.min(apart, 360 - apart)
}
