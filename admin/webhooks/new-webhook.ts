import { type Signal, useSignal } from '@preact/signals'
import { Plus } from 'lucide'
import { h } from 'preact'
import type { WebhookView } from '../../server/api.ts'
import type { WebhookEvent } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { BoundText } from '../parts/bound.ts'
import { CardForm } from '../parts/card-form.ts'
import { Toggle } from '../parts/field.ts'
import { useForm } from '../parts/form.ts'
import type { Panel } from '../state/panel.ts'
import { SecretDialog } from './dialogs.ts'
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
  const complaints = form.fields.value
  return html`
    ${h(
      CardForm,
      { form, title: t('New webhook'), act: t('Make webhook'), icon: Plus },
      h(BoundText, {
        to: url,
        id: 'webhook-url',
        label: t('Address'),
        hint: t('Where your program listens. It must be on the public internet.'),
        error: complaints.url,
        input: {
          autocomplete: 'off',
          inputmode: 'url',
          maxlength: MAX_URL,
          placeholder: 'https://',
          spellcheck: false,
        },
      }),
      h(BoundText, {
        to: name,
        id: 'webhook-name',
        label: t('Name'),
        hint: t('What is behind it; may be left empty.'),
        error: complaints.name,
        input: { autocomplete: 'off', maxlength: MAX_NAME },
      }),
      h(Chosen, { chosen, error: complaints.events }),
    )}
    ${made.value?.secret && h(SecretDialog, { secret: made.value.secret, onClose: () => (made.value = null) })}
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
      label: t(EVENT_NAMES[event]),
      on: chosen.value.includes(event),
      onSwitch: (on) => {
        chosen.value = EVENTS.filter((each) => (each === event ? on : chosen.value.includes(each)))
      },
    })
  return html`
    <fieldset class="bare webhook-events">
      <legend>${t('What it is told')}</legend>
      <div class="webhook-toggles">${EVENTS.map(toggle)}</div>
      ${error && html`<p class="field-error" role="alert">${error}</p>`}
    </fieldset>
  `
}

function complaintsOf(url: string, chosen: readonly WebhookEvent[]): Record<string, string> {
  const complaints: Record<string, string> = {}
  if (url.trim() === '') complaints.url = t('Give the address that your program listens at.')
  if (chosen.length === 0) complaints.events = t('Choose what the webhook is told.')
  return complaints
}
