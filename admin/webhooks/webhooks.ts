import { Webhook as WebhookIcon } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { WebhookView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { NewWebhook } from './new-webhook.ts'
import { WebhookCard } from './webhook-card.ts'

/** How often it is looked how deliveries go, ms. */
const LOOK_EVERY_MS = 5_000

export function Webhooks({ panel }: { panel: Panel }): View {
  useTitle(t('Webhooks'))
  const webhooks = useMemo(() => new Resource<WebhookView[]>(async () => (await panel.api.webhooks()).items), [])
  useEffect(() => {
    void webhooks.load()
    const timer = setInterval(() => void webhooks.refresh(), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  const loaded = webhooks.now.value
  return html`
    <div class="page page-narrow">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">${t('Webhooks')}</h1>
        <p class="muted">${t('CrossChat tells your own program what happens in your chat: signed, in order, and again until it is taken.')}</p>
      </header>
      ${h(NewWebhook, { panel, again: () => webhooks.load() })}
      ${loaded.state === 'loading' && h(Skeleton, { rows: 3 })}
      ${loaded.state === 'failed' && h(Failed, { what: t('The webhooks could not be loaded.'), error: loaded.error, again: () => void webhooks.load() })}
      ${loaded.state === 'ready' && h(WebhookList, { panel, webhooks, list: loaded.value })}
    </div>
  `
}

interface ListProps {
  panel: Panel
  webhooks: Resource<WebhookView[]>
  list: WebhookView[]
}

function WebhookList({ panel, webhooks, list }: ListProps): View {
  if (list.length === 0) {
    return h(Empty, {
      icon: WebhookIcon,
      text: t('No webhooks yet. You need one only for a program that listens on the internet.'),
    })
  }
  return html`
    <ul class="webhooks" aria-label=${t('Webhooks')}>
      ${list.map((view) => h(WebhookCard, { key: view.id, panel, view, again: () => webhooks.load() }))}
    </ul>
  `
}
