import { RetentionAnswer } from '../answers/stream.ts'
import { RetentionBody, type RetentionView } from '../api/streams.ts'
import { DAY_MS } from '../expiry.ts'
import type { House } from '../house.ts'
import type { Channel } from '../stores/accounts.ts'
import { type Route, route } from './route.ts'

/** How long a channel's streams are kept. */
export function retention({ stores }: House): Route[] {
  const view = async ({ id }: Channel, days: number | null): Promise<RetentionView> => ({
    days,
    due: days === null ? 0 : await stores.streams.countEndedBefore(id, Date.now() - days * DAY_MS),
  })
  return [
    route(
      {
        method: 'GET',
        path: '/api/retention',
        who: 'account',
        least: 'viewer',
        does: 'Says for how many days streams are kept after their end; null = for ever.',
        gives: RetentionAnswer,
      },
      ({ caller }) => view(caller.channel, caller.channel.retentionDays ?? null),
    ),

    route(
      {
        method: 'PUT',
        path: '/api/retention',
        who: 'account',
        least: 'owner',
        does: 'Sets for how many days streams are kept. What is older is removed for good, soon after.',
        example: { days: 90, preview: true },
        gives: RetentionAnswer,
        body: RetentionBody,
        rate: 'change',
      },
      async ({ caller, body }) => {
        if (body.preview !== true) await stores.channels.setRetention(caller.channel.id, body.days)
        return view(caller.channel, body.days)
      },
    ),
  ]
}
