import { type ChosenSettings, isSettingName, SETTINGS } from '../../server/look.ts'
import { t } from '../language/words.ts'
import { lookWord } from './look-words.ts'

/** A look as a file. What it holds is checked by the server, by the same table as everything else. */

const KIND = 'crosschat-look'
const VERSION = 1
/** More than the largest look. */
export const MAX_FILE_BYTES = 256 * 1_024

export function lookFile(name: string, settings: ChosenSettings): { name: string; text: string } {
  const plain = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  const text = JSON.stringify({ kind: KIND, version: VERSION, name, settings }, null, 2)
  return { name: `${plain || 'overlay'}.look.json`, text: `${text}\n` }
}

/** The settings, not yet checked one by one; or what is wrong with the whole file, as a sentence. */
export function readLookFile(text: string): { settings: unknown } | { wrong: string } {
  if (text.length > MAX_FILE_BYTES) return { wrong: t('The file is too large for a look.') }
  const content = parse(text)
  if (content === undefined) return { wrong: t('This is not JSON. A look is a file that was exported here.') }
  if (!isObject(content) || content.kind !== KIND) {
    return { wrong: t('This JSON is not a look: “kind” is not “{kind}”. Export one to see the form.', { kind: KIND }) }
  }
  if (content.version !== VERSION) {
    const given = JSON.stringify(content.version) ?? t('none')
    return { wrong: t('This look is of version {given}; this CrossChat reads {ours}.', { given, ours: VERSION }) }
  }
  if (!isObject(content.settings)) return { wrong: t('The look has no “settings”.') }
  const endless = Object.entries(content.settings).find(([, value]) => isEndless(value))
  if (endless !== undefined) {
    return { wrong: t('{setting}: the number is too large. Write a smaller one.', { setting: nameOf(endless[0]) }) }
  }
  return { settings: content.settings }
}

/** What the server found wrong, by the names that the form uses. */
export function complaintsOf(fields: Readonly<Record<string, string>>): string[] {
  return Object.entries(fields).map(([path, complaint]) => {
    const [first = '', name = ''] = path.split('.')
    if (first !== 'settings' || name === '') return `${path}: ${complaint}`
    return isSettingName(name) ? `${nameOf(name)}: ${complaint}` : `${nameOf(name)} ${complaint}`
  })
}

function nameOf(setting: string): string {
  return isSettingName(setting) ? lookWord(SETTINGS[setting].label) : `“${setting}”`
}

/** JSON's `1e999` is read as Infinity, which would be sent as null: “as the theme has it”. */
function isEndless(value: unknown): boolean {
  return Array.isArray(value) ? value.some(isEndless) : typeof value === 'number' && !Number.isFinite(value)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
