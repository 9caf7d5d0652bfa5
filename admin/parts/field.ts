import type { ComponentChildren } from 'preact'
import { html, type View } from '../html.ts'

export interface FieldProps {
  id: string
  label: string
  hint?: string | undefined
  error?: string | undefined
  class?: string
  /** Gets the attributes that tie the control to its label and words. */
  control: (tied: Tied) => ComponentChildren
  key?: string
}
export interface Tied {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': 'true' | undefined
}

/** A labelled control with its hint and its complaint beside it. */
export function Field({ id, label, hint, error, class: extra = '', control }: FieldProps): View {
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  const tied: Tied = { id, 'aria-describedby': described || undefined, 'aria-invalid': error ? 'true' : undefined }
  return html`
    <div class=${`field ${extra}`}>
      <label for=${id}>${label}</label>
      ${control(tied)}
      ${error && html`<p class="field-error" id=${`${id}-error`}>${error}</p>`}
      ${hint && html`<p class="field-hint" id=${`${id}-hint`}>${hint}</p>`}
    </div>
  `
}

export interface TextFieldProps extends Omit<FieldProps, 'control'> {
  value: string
  onText: (text: string) => void
  /** Any further attributes of the input. */
  input?: Record<string, unknown>
}

export function TextField({ value, onText, input = {}, ...field }: TextFieldProps): View {
  const onInput = (event: InputEvent) => onText((event.currentTarget as HTMLInputElement).value)
  return Field({
    ...field,
    control: (tied) => html`<input type="text" ...${input} ...${tied} value=${value} onInput=${onInput} />`,
  })
}

export interface ToggleProps {
  label: string
  on: boolean
  onSwitch: (on: boolean) => void
  /** Needed where there is a hint. */
  id?: string
  hint?: string
  key?: string
}

export function Toggle({ label, on, onSwitch, id, hint }: ToggleProps): View {
  const onChange = (event: Event) => onSwitch((event.currentTarget as HTMLInputElement).checked)
  const toggle = html`
    <label class="toggle">
      <input type="checkbox" role="switch" id=${id} aria-describedby=${hint && `${id}-hint`} checked=${on} onChange=${onChange} />
      <span>${label}</span>
    </label>
  `
  if (hint === undefined) return toggle
  return html`<div class="toggle-said">${toggle}<p class="field-hint" id=${`${id}-hint`}>${hint}</p></div>`
}

export interface SegmentsProps<T extends string> {
  label: string
  options: readonly { value: T; label: string; picture?: ComponentChildren }[]
  value: T | null
  onPick: (value: T) => void
  class?: string
}

/** A few choices side by side, of which one holds. */
export function Segments<T extends string>({
  label,
  options,
  value,
  onPick,
  class: extra = '',
}: SegmentsProps<T>): View {
  return html`
    <div class=${`segments ${extra}`} role="group" aria-label=${label}>
      ${options.map(
        (option) => html`
          <button type="button" aria-pressed=${option.value === value ? 'true' : 'false'} onClick=${() => onPick(option.value)}>
            ${option.picture}<span>${option.label}</span>
          </button>
        `,
      )}
    </div>
  `
}
