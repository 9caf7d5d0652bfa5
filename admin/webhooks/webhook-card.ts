import { useSignal } from '@preact/signals'
import { Pause, Play, RefreshCw, Send, Trash2 } from 'lucide'
import { h } from 'preact'
import type { WebhookView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { useAction } from '../parts/action.ts'
import { Button } from '../parts/button.ts'
import type { Panel } from '../state/panel.ts'
import { Deliveries } from './deliveries.ts'
import { DeleteWebhook, RotateWebhook, SecretDialog } from './dialogs.ts'
import { conditionOf, EVENT_NAMES, outcomeOf } from './words.ts'

export interface WebhookCardProps {
  panel: Panel
  view: WebhookView
  again: () => Promise<void>
  key?: string
}

export function WebhookCard({ panel, view, again }: WebhookCardProps): View {
  const asking = useSignal<'delete' | 'rotate' | null>(null)
  const secret = useSignal<string | null>(null)
  const { tone, word, sentence } = conditionOf(view)
  const name = nameOf(view)
  const close = () => {
    asking.value = null
  }
  return html`
    <li class="card webhook" data-tone=${tone} aria-label=${name}>
      <div class="webhook-head">
        <div class="webhook-title">
          <h2><bdi>${name}</bdi></h2>
          <p class="faint webhook-url"><bdi>${view.url}</bdi></p>
        </div>
        <span class="webhook-state" data-tone=${tone}>${word}</span>
      </div>
      ${sentence && html`<p class="webhook-said">${sentence}</p>`}
      <p>${view.events.map((event) => html`<span class="scope">${t(EVENT_NAMES[event])}</span> `)}</p>
      ${view.waiting > 0 && html`<p class="muted">${tn(view.waiting, '{n} event waits.', '{n} events wait.')}</p>`}
      ${h(Acts, {
        panel,
        view,
        again,
        ask: (what) => {
          asking.value = what
        },
      })}
      ${h(Deliveries, { panel, view })}
      ${asking.value === 'delete' && h(DeleteWebhook, { panel, view, name, again, onClose: close })}
      ${
        asking.value === 'rotate' &&
        h(RotateWebhook, {
          panel,
          view,
          name,
          onClose: close,
          onMade: (made) => {
            secret.value = made
          },
        })
      }
      ${
        secret.value &&
        h(SecretDialog, {
          secret: secret.value,
          onClose: () => {
            secret.value = null
          },
        })
      }
    </li>
  `
}

interface ActsProps extends WebhookCardProps {
  ask: (what: 'delete' | 'rotate') => void
}

function Acts({ panel, view, again, ask }: ActsProps): View {
  const name = nameOf(view)
  const test = useAction(panel, async () => {
    const tried = await panel.api.testWebhook(view.id)
    if (tried.error === null) panel.toasts.ok(outcomeOf(tried))
    else panel.toasts.failed(new Error(outcomeOf(tried)))
    await again()
  })
  const paused = view.paused !== null
  const turn = useAction(panel, async () => {
    await panel.api.pauseWebhook(view.id, !paused)
    await again()
  })
  const [label, says] = paused ? [t('Resume'), t('Resume {name}', { name })] : [t('Pause'), t('Pause {name}', { name })]
  return html`
    <div class="webhook-acts">
      ${h(Button, { label: t('Send a test'), says: t('Send a test to {name}', { name }), icon: Send, off: test.busy, onPress: test.run })}
      ${h(Button, { label, says, icon: paused ? Play : Pause, off: turn.busy, onPress: turn.run })}
      ${h(Button, { label: t('New secret'), says: t('New secret for {name}', { name }), icon: RefreshCw, onPress: () => ask('rotate') })}
      ${h(Button, { label: t('Delete {name}', { name }), icon: Trash2, tone: 'ghost', bare: true, onPress: () => ask('delete') })}
    </div>
  `
}

function nameOf({ name, url }: WebhookView): string {
  return name === '' ? new URL(url).host : name
}
