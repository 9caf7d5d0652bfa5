import type { IncomingHttpHeaders } from 'node:http'
import { ProducedAnswer } from '../answers/stream.ts'
import type { ProducedView } from '../api/sources.ts'
import type { House, Receipt } from '../house.ts'
import { PRODUCER_BODY } from '../middleware/body.ts'
import { type Route, route } from './route.ts'

/** Request headers that a platform may need; no others leave this room. The worker's `PUSH_HEADER_PREFIXES` say the same. */
export const FORWARDED = ['kick-event-', 'twitch-eventsub-', 'content-type'] as const

/** The door for whatever a platform sends, pushed in by hand or by program. The server does not look inside. */
export function producers({ line }: House): Route[] {
  return [
    route(
      {
        method: 'POST',
        path: '/api/producers/:platform',
        who: 'produce',
        least: 'owner',
        does: 'Takes native payloads of a platform.',
        takes: ['application/json', 'text/plain'],
        gives: ProducedAnswer,
        fails: ['bad_payload', 'unknown_platform', 'queue_full', 'busy', 'too_large', 'wrong_type', 'bad_request'],
        status: 202,
        rate: 'produce',
      },
      async ({ ctx, caller, params, bytes }): Promise<ProducedView> => {
        const body = new TextDecoder().decode(await bytes(PRODUCER_BODY))
        return producedView(await line.push(caller.channel.id, params.platform ?? '', body, forwarded(ctx.req.headers)))
      },
    ),
  ]
}

const MAX_REASONS = 100

export function producedView({ accepted, ignored, duplicates, archived }: Receipt): ProducedView {
  return {
    accepted: accepted.length,
    ignored: ignored.length,
    reasons: ignored.slice(0, MAX_REASONS),
    duplicates,
    archived,
    events: accepted,
  }
}

/** Of a request's headers, those that a platform may need. */
export function forwarded(headers: IncomingHttpHeaders): Record<string, string> {
  const known = Object.entries(headers).filter(([name]) => FORWARDED.some((prefix) => name.startsWith(prefix)))
  return Object.fromEntries(known.map(([name, value]) => [name, String(value ?? '')]))
}
