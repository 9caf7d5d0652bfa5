import type { About } from '../../server/protocol.ts'
import { t } from '../language/words.ts'

/** What a person has changed in a platform's own settings and not saved yet. Null takes one away; what is not named stays. */
export type SourceDraft = Readonly<Record<string, string | boolean | null>>
export type SourceField = About['source']['fields'][number]
/** What goes to the server. */
export type OptionChanges = Record<string, string | boolean | null>
type Options = Readonly<Record<string, string>>

export const NO_DRAFT: SourceDraft = {}

/** What a text field shows. Secrets are never shown again, only what is typed now. */
export function textOf({ name, kind }: SourceField, options: Options, draft: SourceDraft): string {
  const typed = draft[name]
  if (typeof typed === 'string') return typed
  return kind === 'secret' || typed === null ? '' : (options[name] ?? '')
}

export function isOn({ name }: SourceField, options: Options, draft: SourceDraft): boolean {
  return typeof draft[name] === 'boolean' ? draft[name] : options[name] === 'yes'
}

/** How the server says that a secret is kept, `saved, ends in …9f3`. */
export function keptWords(saved: string): string {
  const end = /^saved, ends in …(.+)$/.exec(saved)?.[1]
  if (end !== undefined) return t('saved, ends in …{end}', { end })
  return saved === 'saved' ? t('saved') : saved
}

/** Only what is another than before. An empty secret is one that nobody typed. */
export function changesOf(fields: readonly SourceField[], options: Options, draft: SourceDraft): OptionChanges {
  const changes: OptionChanges = {}
  for (const field of fields) {
    const value = draft[field.name]
    if (value !== undefined && isNews(field, value, options)) changes[field.name] = value
  }
  return changes
}

function isNews(field: SourceField, value: string | boolean | null, options: Options): boolean {
  if (field.kind === 'switch') return value !== (options[field.name] === 'yes')
  if (value === null) return options[field.name] !== undefined
  if (field.kind === 'secret') return value !== ''
  return value !== (options[field.name] ?? '')
}
