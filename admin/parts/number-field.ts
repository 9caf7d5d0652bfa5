import { h } from 'preact'
import { html, type View } from '../html.ts'
import { Field } from './field.ts'

export interface NumberFieldProps {
  id: string
  label: string
  value: number
  range: readonly [low: number, high: number]
  onNumber: (value: number) => void
  error?: string | undefined
  hint?: string
}

/** A whole number; what is typed beyond its range becomes the nearest within. */
export function NumberField({ id, label, value, range: [low, high], onNumber, error, hint }: NumberFieldProps): View {
  const onChange = (event: Event) => {
    const field = event.currentTarget as HTMLInputElement
    const typed = Math.round(Number(field.value))
    const next = Math.min(high, Math.max(low, Number.isFinite(typed) ? typed : low))
    // What was typed may be the same number as before once it is clamped, and then nothing is drawn anew.
    field.value = String(next)
    onNumber(next)
  }
  return h(Field, {
    id,
    label,
    error,
    hint,
    control: (tied) =>
      html`<input type="number" min=${low} max=${high} step="1" ...${tied} value=${value} onChange=${onChange} />`,
  })
}
