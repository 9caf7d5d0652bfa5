import { type Signal, useSignal } from '@preact/signals'
import { Plus } from 'lucide'
import { h } from 'preact'
import type { WebhookView } from '../../server/api.ts'
import type { WebhookEvent } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { Button } from '../parts/button.ts'
import { TextField, Toggle } from '../parts/field.ts'
import { FormError, useForm } from '../parts/form.ts'
import type { Panel } from '../state/panel.ts'
import { SecretDialog } from './secret-dialog.ts'
import { EVENT_NAMES } from './words.ts'

const MAX_NAME = 50
const MAX_URL = 500
const EVENTS = Object.keys(EVENT_NAMES) as WebhookEvent[]

export function NewWebhook({ panel, again }: { panel: Panel; again: () => Promise<void> }): View {
  const name = useSignal('')
  const url = useSignal('')
  const chosen = useSignal<readonly WebhookEvent[]>(['message', 'notice', 'remove', 'clear'])
  const made = useSignal<WebhookView | null>(null)
  const form = useForm(
    async () => {
      const body = { name: name.value.trim(), url: url.value.trim(), events: [...chosen.value] }
      made.value = await panel.api.createWebhook(body)
      name.value = url.value = ''
      await again()
    },
    () => complaintsOf(url.value, chosen.value),
  )
  const field = (id: string, label: string, hint: string, of: Signal<string>, input: Record<string, unknown>) =>
    h(TextField, {
      id: `webhook-${id}`,
      label,
      hint,
      value: of.value,
      onText: (text) => {
        of.value = text
      },
      error: form.fields.value[id],
      input: { autocomplete: 'off', ...input },
    })
  return html`
    <form class="form card card-form" onSubmit=${form.onSubmit} novalidate>
      <h2>New webhook</h2>
      ${field('url', 'Address', 'Where your program listens. It must be on the public internet.', url, { inputmode: 'url', maxlength: MAX_URL, placeholder: 'https://', spellcheck: false })}
      ${field('name', 'Name', 'What is behind it; may be left empty.', name, { maxlength: MAX_NAME })}
      ${h(Chosen, { chosen, error: form.fields.value.events })}
      ${h(FormError, { form })}
      <div class="form-foot">${h(Button, { label: 'Make webhook', icon: Plus, tone: 'primary', submit: true, off: form.busy.value })}</div>
      ${
        made.value?.secret &&
        h(SecretDialog, {
          secret: made.value.secret,
          onClose: () => {
            made.value = null
          },
        })
      }
    </form>
  `
}

interface ChosenProps {
  chosen: Signal<readonly WebhookEvent[]>
  error: string | undefined
}

function Chosen({ chosen, error }: ChosenProps): View {
  const toggle = (event: WebhookEvent) =>
    h(Toggle, {
      key: event,
      label: EVENT_NAMES[event],
      on: chosen.value.includes(event),
      onSwitch: (on) => {
        chosen.value = EVENTS.filter((each) => (each === event ? on : chosen.value.includes(each)))
      },
    })
  return html`
    <fieldset class="bare webhook-events">
      <legend>What it is told</legend>
      <div class="webhook-toggles">${EVENTS.map(toggle)}</div>
      ${error && html`<p class="field-error" role="alert">${error}</p>`}
    </fieldset>
  `
}

function complaintsOf(url: string, chosen: readonly WebhookEvent[]): Record<string, string> {
  const complaints: Record<string, string> = {}
  if (url.trim() === '') complaints.url = 'Give the address that your program listens at.'
  if (chosen.length === 0) complaints.events = 'Choose what the webhook is told.'
  return complaints
}
