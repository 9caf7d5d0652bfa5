import { h } from 'preact'
import { html, type View } from '../html.ts'
import { told } from '../language/words.ts'
import { isOn, type SourceDraft, type SourceField, textOf } from '../state/source-draft.ts'
import { TextField, Toggle } from './field.ts'
import { SecretField } from './secret-field.ts'

export interface SourceFieldsProps {
  /** Begins the ids of the fields. */
  id: string
  fields: readonly SourceField[]
  options: Readonly<Record<string, string>>
  draft: SourceDraft
  complaints: Readonly<Record<string, string>>
  set: (change: SourceDraft) => void
}

/** A platform's own settings, as it describes them. */
export function SourceFields(props: SourceFieldsProps): View {
  return html`${props.fields.map((field) => one(field, props))}`
}

function one(field: SourceField, { id, options, draft, complaints, set }: SourceFieldsProps): View {
  const { name, placeholder } = field
  const [label, hint] = [told(field.label), told(field.hint)]
  const tied = { id: `${id}-${name}`, label, hint, error: complaints[name] }
  const onText = (text: string) => set({ [name]: text })
  if (field.kind === 'switch') {
    return h(Toggle, {
      key: name,
      id: tied.id,
      label,
      hint,
      on: isOn(field, options, draft),
      onSwitch: (on) => set({ [name]: on }),
    })
  }
  const value = textOf(field, options, draft)
  if (field.kind === 'text') {
    const input = { placeholder, maxlength: 500, autocomplete: 'off', autocapitalize: 'none', spellcheck: false }
    return h(TextField, { key: name, ...tied, value, onText, input })
  }
  const onGone = (gone: boolean) => set({ [name]: gone ? null : '' })
  return h(SecretField, {
    key: name,
    ...tied,
    placeholder,
    saved: options[name],
    value,
    gone: draft[name] === null,
    onText,
    onGone,
  })
}
