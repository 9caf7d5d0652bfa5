import type { OverlaySettings } from '../server/protocol.ts'
import { DEFAULT_SETTINGS, THEMES } from '../server/protocol.ts'

/**
 * How the overlay looks: defaults < what is stored (it comes with `welcome` and `settings`) < the page's own query.
 * The query's unknown names and values are ignored, numbers out of range are clamped; `debug=1` lists both.
 */

export type Overrides = Partial<OverlaySettings>

/** What the page's address asks for. */
export interface Query {
  overrides: Overrides
  demo: 'off' | 'live' | 'static'
  debug: boolean
  /** The server build that this page was reloaded for, if it was. */
  reloadedFor: string | null
  /** Parameters that were not taken as they are. */
  remarks: string[]
}

/** A setting's values: a list to choose from, lowest and highest number, on or off, or a comma list of platform ids. */
type Values = readonly string[] | readonly [low: number, high: number] | 'switch' | 'platforms'

/** URL name → setting and what it may be. */
const PARAMETERS: Readonly<Record<string, readonly [keyof OverlaySettings, Values]>> = {
  theme: ['theme', THEMES],
  size: ['fontSize', [12, 96]],
  max: ['maxMessages', [1, 100]],
  life: ['lifetime', [0, 600]],
  platforms: ['platforms', 'platforms'],
  names: ['nameColor', ['adjusted', 'original', 'platform', 'white']],
  badges: ['showBadges', ['text', 'none']],
  nocmd: ['hideCommands', 'switch'],
  nobots: ['hideBots', 'switch'],
  backlog: ['backlog', [0, 20]],
  sim: ['simulated', 'switch'],
}
const DEMOS = ['off', 'live', 'static'] as const
const PLATFORM = /^[a-z0-9-]{1,40}$/
const MAX_PLATFORMS = 20
const ON = /^(|1|true|yes|on)$/
const OFF = /^(0|false|no|off)$/

export function readQuery(search: string): Query {
  const query: Query = { overrides: {}, demo: 'off', debug: false, reloadedFor: null, remarks: [] }
  for (const [name, text] of new URLSearchParams(search)) {
    const value = name === 'build' ? text : text.trim().toLowerCase()
    if (!readOne(query, name, value)) query.remarks.push(`not as given: ${name}`)
  }
  return query
}

/** Whether the parameter was taken just as it is. */
function readOne(query: Query, name: string, text: string): boolean {
  if (name === 'build') query.reloadedFor = text
  else if (name === 'debug') query.debug = ON.test(text)
  else if (name === 'demo') query.demo = DEMOS.find((demo) => demo === text) ?? 'off'
  else return readSetting(query.overrides, name, text)
  return true
}

function readSetting(overrides: Overrides, name: string, text: string): boolean {
  const parameter = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined
  if (!parameter) return false
  const value = parse(parameter[1], text)
  if (value !== undefined) Object.assign(overrides, { [parameter[0]]: value })
  return typeof value === 'number' ? value === Number(text) : value !== undefined
}

function parse(values: Values, text: string): unknown {
  if (values === 'platforms') return parsePlatforms(text)
  if (values === 'switch') return ON.test(text) ? true : OFF.test(text) ? false : undefined
  const [low, high] = values
  if (typeof low !== 'number') return values.find((value) => value === text)
  return text === '' ? undefined : clamp(Number(text), low, Number(high))
}

/** All platforms for `all` or nothing; undefined when no id is in it. */
function parsePlatforms(text: string): string[] | undefined {
  const named = text.split(',').filter((id) => id !== '' && id !== 'all')
  const ids = [...new Set(named.filter((id) => PLATFORM.test(id)))].slice(0, MAX_PLATFORMS)
  return named.length > 0 && ids.length === 0 ? undefined : ids
}

const clamp = (value: number, low: number, high: number) =>
  Number.isFinite(value) ? Math.min(high, Math.max(low, Math.round(value))) : undefined

/** Stored settings may come from an older or newer server: what is missing or unknown falls back to the default. */
export function resolveSettings(stored: Partial<OverlaySettings>, overrides: Overrides): OverlaySettings {
  const known: Overrides = {}
  for (const [name, values] of Object.values(PARAMETERS)) {
    const value = stored[name] === undefined ? undefined : parse(values, String(stored[name]))
    if (value !== undefined) Object.assign(known, { [name]: value })
  }
  return { ...DEFAULT_SETTINGS, ...known, ...overrides }
}
