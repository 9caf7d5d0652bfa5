import type { IconNode } from 'lucide'
import { type ComponentChildren, h } from 'preact'
import { html, type View } from '../html.ts'
import { Button } from './button.ts'
import { FormError, type FormState } from './form.ts'

export interface CardFormProps {
  form: FormState
  title: string
  /** What its button says. */
  act: string
  icon: IconNode
  /** Stands below the button. */
  outcome?: ComponentChildren
  children?: ComponentChildren
}

/** A form that is a card of its own: its fields, what the server said about them, its one button. */
export function CardForm({ form, title, act, icon, outcome, children }: CardFormProps): View {
  const off = form.busy.value || form.wait.value > 0
  return html`
    <form class="form card card-form" onSubmit=${form.onSubmit} novalidate>
      <h2>${title}</h2>
      ${children}
      ${h(FormError, { form })}
      <div class="form-foot">${h(Button, { label: act, icon, tone: 'primary', submit: true, off })}</div>
      ${outcome}
    </form>
  `
}
