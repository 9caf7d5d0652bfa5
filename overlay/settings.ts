import { type ChosenSettings, type OverlaySettings, SETTINGS, type SettingName, settingNames } from '../server/look.ts'
import { fit, type Setting } from '../server/look-kinds.ts'
import { resolveSettings } from '../server/look-themes.ts'
import type { Look } from '../server/protocol.ts'

/** Reads settings out of the page's address. Loaded only where there are some. */

export interface Read {
  chosen: ChosenSettings
  /** What was not taken as it stands. */
  remarks: string[]
}

const ON = /^(|1|true|yes|on)$/
const OFF = /^(0|false|no|off)$/

/** What the page's own address wants of a look: its theme's settings stand below what the streamer chose, its others above. */
export function decider(address: ChosenSettings): (look: Look) => OverlaySettings {
  return ({ settings, chosen = [] }) => {
    const stored = Object.fromEntries(chosen.map((name) => [name, settings[name]]))
    return resolveSettings(stored, address)
  }
}

/** Unknown names and values are ignored, numbers out of range are clamped; `remarks` says both. */
export function readSettings(parameters: Iterable<readonly [name: string, text: string]>): Read {
  const read: Read = { chosen: {}, remarks: [] }
  const names = new Map<string | null, SettingName>(settingNames().map((name) => [SETTINGS[name].parameter, name]))
  for (const [parameter, text] of parameters) {
    const name = names.get(parameter)
    if (name === undefined || !take(read.chosen, name, text.trim())) read.remarks.push(`not as given: ${parameter}`)
  }
  return read
}

/** Whether the value was taken just as it is. */
function take(chosen: ChosenSettings, name: SettingName, text: string): boolean {
  const given = parse(SETTINGS[name], text)
  const value = fit(SETTINGS[name], given)
  if (value === undefined || (Array.isArray(value) && value.length === 0 && Array.isArray(given) && given.length > 0)) {
    return false
  }
  Object.assign(chosen, { [name]: value })
  return String(value) === String(given)
}

/** The text as a value of the setting's kind, right or wrong. */
function parse(setting: Setting, text: string): unknown {
  const word = text.toLowerCase()
  switch (setting.kind) {
    case 'number':
      return text === '' ? undefined : Number(text)
    case 'switch':
      return ON.test(word) ? true : OFF.test(word) ? false : undefined
    case 'color':
      return /^[0-9a-f]{6}$/.test(word) ? `#${word}` : word
    case 'set':
      return word === 'all' ? Object.keys(setting.values) : list(word)
    case 'platforms':
      return word === 'all' ? [] : list(word)
    case 'words':
      return list(text)
    default:
      return word
  }
}

/** Nothing for `none`. */
function list(text: string): string[] {
  const words = text.split(',').map((word) => word.trim())
  return words.filter((word) => word !== '' && word.toLowerCase() !== 'none')
}
