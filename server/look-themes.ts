import { type ChosenSettings, isSettingName, type OverlaySettings, type Theme } from './look.ts'
import { DEFAULT_SETTINGS } from './look-defaults.ts'
import type { Look } from './protocol.ts'

/** What each theme decides where the streamer did not. Shapes that no setting can change stand in the theme's style sheet. */
export const PRESETS: Readonly<Record<Theme, ChosenSettings>> = {
  clean: {},
  captions: {
    lineHeight: 1.5,
    gap: 6,
    outlineWidth: 0,
    shadow: 'none',
    panelColor: '#000000',
    panelOpacity: 86,
    radius: 5,
  },
  bubbles: {
    fontFamily: 'nunito',
    gap: 10,
    outlineWidth: 0,
    shadow: 'none',
    panelOpacity: 86,
    radius: 22,
    separator: 'newline',
  },
  cards: {
    gap: 12,
    outlineWidth: 0,
    shadow: 'none',
    panelColor: '#0e0e12',
    panelOpacity: 92,
    separator: 'newline',
    maxLines: 6,
  },
  neon: { outlineWidth: 0, shadow: 'strong', panelColor: '#050510', panelOpacity: 86, radius: 8, gap: 6 },
  sidebar: {
    fontSize: 24,
    lineHeight: 1.4,
    outlineWidth: 0,
    shadow: 'none',
    panelColor: '#0e0e12',
    panelOpacity: 86,
    radius: 0,
    gap: 14,
    maxWidth: 420,
    align: 'right',
    nameMax: 18,
  },
  ticker: {
    fontFamily: 'roboto-condensed',
    fontSize: 26,
    outlineWidth: 1.5,
    panelColor: '#000000',
    panelOpacity: 92,
    gap: 32,
    maxWidth: 0,
  },
  chroma: {
    outlineWidth: 0,
    shadow: 'none',
    panelColor: '#101014',
    panelOpacity: 100,
    radius: 0,
    fadeEdge: 0,
    animationIn: 'none',
    animationOut: 'none',
    background: '#00b140',
  },
}

/** What a page is told: everything decided, and what of it was chosen. */
export function lookOf(stored: ChosenSettings): Look {
  return { settings: resolveSettings(stored), chosen: Object.keys(stored).filter(isSettingName) }
}

/** Every setting decided: the default, then the theme's, then what is stored, then what the page's own address says. */
export function resolveSettings(stored: ChosenSettings, address: ChosenSettings = {}): OverlaySettings {
  const chosen = { ...stored, ...address }
  const theme =
    chosen.theme !== undefined && Object.hasOwn(PRESETS, chosen.theme) ? chosen.theme : DEFAULT_SETTINGS.theme
  return { ...DEFAULT_SETTINGS, ...PRESETS[theme], ...chosen, theme }
}
