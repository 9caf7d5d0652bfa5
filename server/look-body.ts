import { z } from 'zod'
import { type ChosenSettings, SETTINGS, type SettingsChange, settingNames } from './look.ts'
import { depthOf, MAX_CSS_DEPTH } from './look-css.ts'
import {
  COLOR,
  MAX_CSS,
  MAX_PLATFORMS,
  MAX_WORD,
  MAX_WORDS_LISTED,
  type NumberSetting,
  PLATFORM,
  type Setting,
} from './look-kinds.ts'

/** The settings as the API takes them: unknown keys are refused, numbers must lie in range and on a step. */

const shape = settingNames().map((name) => [name, schemaOf(SETTINGS[name]).nullable().optional()] as const)
export const SettingsBody: z.ZodType<SettingsChange> = z
  .strictObject(Object.fromEntries(shape))
  .meta({ id: 'SettingsChange' })

/** As they are kept and given out. */
const chosen = settingNames().map((name) => [name, schemaOf(SETTINGS[name]).exactOptional()] as const)
export const ChosenBody: z.ZodType<ChosenSettings> = z.object(Object.fromEntries(chosen)).meta({ id: 'Settings' })

function schemaOf(setting: Setting): z.ZodType {
  switch (setting.kind) {
    case 'number':
      return numberSchema(setting)
    case 'switch':
      return z.boolean()
    case 'choice':
      return z.enum(Object.keys(setting.values))
    case 'color':
      return colorSchema(Object.keys(setting.words ?? {}))
    case 'set':
      return z.array(z.enum(Object.keys(setting.values))).max(Object.keys(setting.values).length)
    case 'platforms':
      return z.array(z.string().regex(PLATFORM)).max(MAX_PLATFORMS)
    case 'words':
      return z.array(z.string().trim().min(1).max(MAX_WORD)).max(MAX_WORDS_LISTED)
    case 'css':
      return z.string().max(MAX_CSS).refine(isShallow, `at most ${MAX_CSS_DEPTH} blocks within each other`)
  }
}

function isShallow(css: string): boolean {
  return depthOf(css) <= MAX_CSS_DEPTH
}

function numberSchema({ low, high, step, zero }: NumberSetting): z.ZodType {
  const stepped = Number.isInteger(low) && Number.isInteger(step)
  const value = stepped ? z.number().int() : z.number()
  const ranged = value.min(low).max(high).refine(isOnStep(low, step), `in steps of ${step}`)
  return zero === undefined || low <= 0 ? ranged : z.union([z.literal(0), ranged])
}

/** With room for what binary fractions leave over. */
function isOnStep(low: number, step: number): (value: number) => boolean {
  return (value) => {
    const steps = (value - low) / step
    return Math.abs(steps - Math.round(steps)) < 1e-6
  }
}

function colorSchema(words: string[]): z.ZodType {
  const color = z.string().regex(COLOR, 'a colour as #rrggbb')
  return words.length === 0 ? color : z.union([z.enum(words), color])
}
