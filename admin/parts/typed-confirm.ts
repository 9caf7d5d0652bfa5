import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from './button.ts'
import { TextField } from './field.ts'
import { FormError, useForm } from './form.ts'

export interface TypedConfirmProps {
  id: string
  /** What must be typed. */
  name: string
  /** The verb with its object. */
  label: string
  run: () => Promise<void>
}

/** For what cannot be undone: the button works once the name is typed. */
export function TypedConfirm({ id, name, label, run }: TypedConfirmProps): View {
  const typed = useSignal('')
  const wanted = name.trim()
  const same = typed.value.trim() === wanted
  const form = useForm(
    run,
    (): Record<string, string> => (same ? {} : { typed: t('Type “{name}” to confirm.', { name: wanted }) }),
  )
  return html`
    <form class="form" onSubmit=${form.onSubmit} novalidate>
      ${h(TextField, {
        id,
        label: t('Type “{name}” to confirm', { name: wanted }),
        value: typed.value,
        onText: (text) => {
          typed.value = text
        },
        error: form.fields.value.typed,
        input: { autocomplete: 'off', spellcheck: false },
      })}
      ${h(FormError, { form })}
      ${h(Button, { label, tone: 'danger', submit: true, off: form.busy.value || !same })}
    </form>
  `
}
