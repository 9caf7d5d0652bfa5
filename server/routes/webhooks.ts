import { listOf } from '../answers/shapes.ts'
import { DeliveryAnswer, WebhookAnswer } from '../answers/webhook.ts'
import { CreateWebhookBody, PatchWebhookBody } from '../api/programs.ts'
import type { House } from '../house.ts'
import { SMALL_BODY } from '../middleware/body.ts'
import { type Route, route } from './route.ts'

/** Where a channel's events are delivered to. */
export function webhooks({ webhooks: door }: House): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/webhooks',
        live: true,
        who: 'account',
        least: 'owner',
        does: 'Lists webhooks and how they are, without their secrets.',
        gives: listOf(WebhookAnswer),
      },
      ({ caller }) => ({ items: door.list(caller.channel.id) }),
    ),

    route(
      {
        method: 'POST',
        path: '/api/webhooks',
        who: 'account',
        least: 'owner',
        does: 'Makes a webhook; the answer is the only place where its secret is shown.',
        body: CreateWebhookBody,
        bodyLimit: SMALL_BODY,
        example: { name: 'my bot', url: 'https://bot.example/crosschat', events: ['message', 'stream'] },
        status: 201,
        gives: WebhookAnswer,
        fails: ['list_full'],
        rate: 'change',
      },
      ({ caller, body }) => door.make(caller.channel.id, body),
    ),

    route(
      {
        method: 'PATCH',
        path: '/api/webhooks/:id',
        who: 'account',
        least: 'owner',
        does: 'Changes a webhook; what is not named stays. Whatever waits for one that is paused becomes a gap.',
        body: PatchWebhookBody,
        bodyLimit: SMALL_BODY,
        example: { paused: true },
        gives: WebhookAnswer,
        rate: 'change',
      },
      ({ caller, params, body }) => door.change(caller.channel.id, params.id ?? '', body),
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/webhooks/:id',
        who: 'account',
        least: 'owner',
        does: 'Deletes a webhook; what waits for it is not delivered any more.',
        gives: null,
        rate: 'change',
      },
      ({ caller, params }) => door.remove(caller.channel.id, params.id ?? ''),
    ),

    route(
      {
        method: 'POST',
        path: '/api/webhooks/:id/rotate',
        who: 'account',
        least: 'owner',
        does: 'Gives the webhook a new secret; for a day deliveries carry the signatures of both.',
        gives: WebhookAnswer,
        logged: 'a key was rotated',
        rate: 'change',
      },
      ({ caller, params }) => door.rotate(caller.channel.id, params.id ?? ''),
    ),

    route(
      {
        method: 'POST',
        path: '/api/webhooks/:id/test',
        who: 'account',
        least: 'owner',
        does: 'Sends one delivery without events, at once, and says how it went.',
        gives: DeliveryAnswer,
        rate: 'webhookTest',
      },
      ({ caller, params }) => door.test(caller.channel.id, params.id ?? ''),
    ),

    route(
      {
        method: 'GET',
        path: '/api/webhooks/:id/deliveries',
        live: true,
        who: 'account',
        least: 'owner',
        does: 'Lists the last tries to deliver, newest first; since the server was started.',
        gives: listOf(DeliveryAnswer),
      },
      ({ caller, params }) => ({ items: door.deliveries(caller.channel.id, params.id ?? '') }),
    ),
  ]
}
