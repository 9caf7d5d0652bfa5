import type { DeliveryView, KeyView, WebhookView } from '../../server/api.ts'
import type { Call } from './call.ts'

/** Keys of programs that come in, and webhooks of those that are told. */

export const programCalls = (call: Call) => ({
  keys: () => call<{ items: KeyView[] }>('GET', '/api/keys'),
  createKey: (body: { name: string; scopes: string[] }) => call<KeyView>('POST', '/api/keys', body),
  deleteKey: (id: string) => call<void>('DELETE', `/api/keys/${id}`),
  webhooks: () => call<{ items: WebhookView[] }>('GET', '/api/webhooks'),
  createWebhook: (body: { name: string; url: string; events: string[] }) =>
    call<WebhookView>('POST', '/api/webhooks', body),
  pauseWebhook: (id: string, paused: boolean) => call<WebhookView>('PATCH', `/api/webhooks/${id}`, { paused }),
  rotateWebhook: (id: string) => call<WebhookView>('POST', `/api/webhooks/${id}/rotate`),
  testWebhook: (id: string) => call<DeliveryView>('POST', `/api/webhooks/${id}/test`),
  deliveries: (id: string) => call<{ items: DeliveryView[] }>('GET', `/api/webhooks/${id}/deliveries`),
  deleteWebhook: (id: string) => call<void>('DELETE', `/api/webhooks/${id}`),
})
