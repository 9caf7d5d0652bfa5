/** What a setting of an overlay may be, where it stands in the form, and what each kind of them takes. */

export const GROUPS = {
  basic: 'Basic',
  text: 'Text',
  panel: 'Panel',
  motion: 'Motion',
  content: 'Content',
  filters: 'Filters',
  css: 'Custom CSS',
} as const
export type Group = keyof typeof GROUPS

interface Described {
  /** The name in the page's address; null = stored only. */
  parameter: string | null
  group: Group
  label: string
}
/** Value → what the form calls it. */
type Values = Readonly<Record<string, string>>

export type Setting = Described &
  (
    | { kind: 'choice'; values: Values; default: string }
    | NumberSetting
    | { kind: 'switch'; default: boolean }
    /** `#rrggbb`, or one of the words. */
    | { kind: 'color'; words?: Values; default: string }
    /** Some of the values; which of none and all means "no choice" is the setting's own matter. */
    | { kind: 'set'; values: Values; default: readonly string[] }
    /** Platform ids; none = all. */
    | { kind: 'platforms'; default: readonly string[] }
    /** Words or names; compared without case. */
    | { kind: 'words'; default: readonly string[] }
    | { kind: 'css'; default: string }
  )
export interface NumberSetting {
  kind: 'number'
  low: number
  high: number
  step: number
  unit?: string
  /** 0 is allowed too, below `low`, and means this. */
  zero?: string
  default: number
}

export const MAX_WORDS_LISTED = 200
export const MAX_WORD = 50
export const MAX_PLATFORMS = 20
export const MAX_CSS = 20_000
export const COLOR = /^#[0-9a-f]{6}$/i
export const PLATFORM = /^[a-z0-9-]{1,40}$/

type Range = readonly [low: number, high: number, step: number]
type Meaning = Pick<NumberSetting, 'unit' | 'zero'>

export function number(
  parameter: string,
  group: Group,
  label: string,
  [low, high, step]: Range,
  usual: number,
  more: Meaning = {},
) {
  return { kind: 'number', parameter, group, label, low, high, step, default: usual, ...more } as const
}

export function color(parameter: string, group: Group, label: string, usual: string) {
  return { kind: 'color', parameter, group, label, default: usual } as const
}

export function toggle(parameter: string, group: Group, label: string, usual: boolean) {
  return { kind: 'switch', parameter, group, label, default: usual } as const
}

/** The value as this setting takes it: numbers clamped and on a step, lists without what is unknown; undefined = not at all. */
export function fit(setting: Setting, value: unknown): unknown {
  switch (setting.kind) {
    case 'number':
      return typeof value === 'number' ? fitNumber(setting, value) : undefined
    case 'switch':
      return typeof value === 'boolean' ? value : undefined
    case 'choice':
      return isKey(setting.values, value) ? value : undefined
    case 'color':
      if (typeof value === 'string' && COLOR.test(value)) return value.toLowerCase()
      return isKey(setting.words ?? {}, value) ? value : undefined
    case 'css':
      return typeof value === 'string' && value.length <= MAX_CSS ? value : undefined
    default:
      return Array.isArray(value) ? fitList(setting, value) : undefined
  }
}

function fitNumber({ low, high, step, zero }: NumberSetting, value: number): number | undefined {
  if (!Number.isFinite(value)) return undefined
  if (zero !== undefined && value <= 0) return 0
  const stepped = low + Math.round((value - low) / step) * step
  return Number(Math.min(high, Math.max(low, stepped)).toFixed(2))
}

function fitList(setting: Extract<Setting, { default: readonly string[] }>, value: unknown[]): string[] {
  const texts = [...new Set(value.filter((each) => typeof each === 'string'))]
  if (setting.kind === 'set') return texts.filter((each) => isKey(setting.values, each))
  if (setting.kind === 'platforms') return texts.filter((each) => PLATFORM.test(each)).slice(0, MAX_PLATFORMS)
  const words = texts.map((each) => each.trim()).filter((each) => each !== '' && each.length <= MAX_WORD)
  return words.slice(0, MAX_WORDS_LISTED)
}

const isKey = (values: Values, value: unknown) => typeof value === 'string' && Object.hasOwn(values, value)
