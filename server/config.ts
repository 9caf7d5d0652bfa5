import { BadValue } from './setting-values.ts'
import { SETTINGS, type Setting } from './settings.ts'

/** All settings, read and checked once at start. */
export type Config = { readonly [K in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[K]['read']> }
export type Environment = Readonly<Record<string, string | undefined>>

export interface SettingRow {
  name: string
  /** `***` for a secret that is set. */
  value: string
  source: 'environment' | 'default'
  meaning: string
}

const OURS = 'CROSSCHAT_'
const MASK = '***'
const ALL: readonly [string, Setting<unknown>][] = Object.entries(SETTINGS)

/** The settings do not fit; the message lists every problem, one a line. */
export class ConfigError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The settings do not fit:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** The only reader of the environment. An empty value counts as not given. Throws ConfigError. */
export function loadConfig(env: Environment = process.env): Config {
  const texts = textsOf(env)
  const problems = unknownNames(env)
  const config: Record<string, unknown> = {}
  for (const [field, setting] of ALL) {
    const text = texts.get(setting.env) ?? ''
    try {
      config[field] = setting.read(text)
    } catch (error) {
      if (!(error instanceof BadValue)) throw error
      problems.push(`${setting.env} ${error.message}; it is ${shown(setting, text)}`)
    }
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return Object.freeze(config) as Config
}

/** The settings that the worker needs to go outside, by name; what is not set is an empty text. */
export function outsideOf(config: Config): Record<string, string> {
  const outside = ALL.filter(([, setting]) => setting.outside === true)
  return Object.fromEntries(outside.map(([field]) => [field, String(config[field as keyof Config] ?? '')]))
}

/** Every setting with its value and where it comes from, for `crosschat check-config`. */
export function describeConfig(env: Environment = process.env): SettingRow[] {
  const texts = textsOf(env)
  return ALL.map(([, setting]) => ({
    name: setting.env,
    value: shown(setting, texts.get(setting.env) ?? ''),
    source: isGiven(env, setting.env) ? 'environment' : 'default',
    meaning: setting.meaning,
  }))
}

/** The text of `.env.example`. */
export function envExample(): string {
  const texts = textsOf({})
  const lines = ALL.flatMap(([, setting]) => [
    ...(setting.section === undefined ? [] : ['', `## ${setting.section}`]),
    '',
    `# ${setting.meaning}`,
    `#${setting.env}=${typeof setting.fallback === 'string' ? texts.get(setting.env) : ''}`,
  ])
  return `# Every setting of CrossChat, with its default. All are optional.\n${lines.join('\n')}\n`
}

/** Name → text, defaults filled in, in the order of the table. */
function textsOf(env: Environment): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [, { env: name, fallback }] of ALL) {
    const given = env[name]?.trim() ?? ''
    const otherwise = typeof fallback === 'string' ? fallback : fallback(texts)
    texts.set(name, given === '' ? otherwise : given)
  }
  return texts
}

function unknownNames(env: Environment): string[] {
  const known = ALL.map(([, setting]) => setting.env)
  const strange = Object.keys(env).filter((name) => name.startsWith(OURS) && !known.includes(name))
  return strange.map((name) => `${name} is not a setting; check its spelling`)
}

/** Whether the environment itself says it. */
export function isGiven(env: Environment, name: string): boolean {
  return (env[name]?.trim() ?? '') !== ''
}

function shown(setting: Setting<unknown>, text: string): string {
  if (text === '') return ''
  return setting.secret === true ? MASK : text
}
