import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { HOOK_BODY } from '../middleware/body.ts'
import { forwarded } from './producers.ts'
import { type Route, route } from './route.ts'

/** Where platforms send signed deliveries. The server hands on the bytes as they came; the platform's own code checks them. */
export function hooks({ line, sources, hookKeys, metrics, log }: House): Route[] {
  return [
    route(
      {
        method: 'POST',
        path: '/hooks/:platform/:hook',
        who: 'anyone',
        channelOf: ({ platform = '', hook = '' }) => hookKeys.channelOf(hook, platform),
        patient: true,
        does: 'Takes a signed delivery of a platform.',
        takes: ['application/json'],
        gives: null,
        or: { 200: ['text/plain'] },
        fails: [
          'bad_signature',
          'stale_delivery',
          'bad_payload',
          'unknown_platform',
          'queue_full',
          'busy',
          'too_large',
          'wrong_type',
          'bad_request',
        ],
        status: 204,
      },
      async ({ ctx, bytes, params: { platform = '', hook = '' } }) => {
        const channelId = hookKeys.channelOf(hook, platform)
        if (channelId === null) throw new CrossChatError('not_found')
        try {
          const body = await bytes(HOOK_BODY)
          const delivery = {
            bytes: body,
            headers: forwarded(ctx.req.headers),
            source: sources.followed(channelId, platform),
          }
          const { reply, foreign, ended } = await line.hook(channelId, platform, delivery)
          metrics.webhookTotal.inc({ platform, result: foreign ? 'foreign' : 'ok' })
          if (ended !== null) log.warn({ channel: channelId, platform, ended }, 'a platform ended a subscription')
          if (reply === null) return undefined
          ctx.status = reply.status
          ctx.type = 'text/plain'
          return reply.text
        } catch (error) {
          const result = error instanceof CrossChatError ? error.code : 'internal'
          metrics.webhookTotal.inc({ platform, result })
          throw error
        }
      },
    ),
  ]
}
