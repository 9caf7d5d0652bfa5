import { type OverlaySettings, SETTINGS, settingNames } from './look.ts'

/** What holds where neither theme nor streamer decides. The overlay's build puts the result in place of this file. */

const pairs = settingNames().map((name) => [name, SETTINGS[name].default])
export const DEFAULT_SETTINGS: OverlaySettings = Object.fromEntries(pairs)
