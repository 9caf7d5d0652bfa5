import { h } from 'preact'
import { html, type View } from '../html.ts'
import { Button } from './button.ts'
import { Dialog } from './dialog.ts'
import { FormError, useForm } from './form.ts'

export interface AskDialogProps {
  id: string
  title: string
  /** What follows from it. */
  text: string
  /** How one gets out of it. */
  keep: string
  /** The verb with its object. */
  act: string
  tone: 'danger' | 'primary'
  run: () => Promise<void>
  onClose: () => void
}

/** One question before something is done. Why it could not be done stands in it. */
export function AskDialog({ id, title, text, keep, act, tone, run, onClose }: AskDialogProps): View {
  const form = useForm(run)
  return h(
    Dialog,
    { id, title, onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit}>
        <p>${text}</p>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: keep, onPress: onClose })}
          ${h(Button, { label: act, tone, submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}
