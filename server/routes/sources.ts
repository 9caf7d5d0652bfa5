import { listOf } from '../answers/shapes.ts'
import { SourceAnswer } from '../answers/source.ts'
import { SourceBody } from '../api/sources.ts'
import { discreet } from '../channels/discreet.ts'
import type { House } from '../house.ts'
import { SMALL_BODY } from '../middleware/body.ts'
import type { SourceView } from '../protocol.ts'
import { type Route, route } from './route.ts'

/** What a channel follows on each platform. */
export function sources({ sources: door }: House): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/sources',
        live: true,
        who: 'account',
        least: 'viewer',
        does: 'Lists the followed sources and how they are.',
        gives: listOf(SourceAnswer),
      },
      ({ caller }): { items: SourceView[] } => {
        const items = door.list(caller.channel.id)
        return { items: caller.role === 'owner' ? items : discreet(items) }
      },
    ),

    route(
      {
        method: 'PUT',
        path: '/api/sources/:platform',
        who: 'account',
        least: 'owner',
        does: 'Follows a channel of a platform, or changes how; what is not named stays.',
        example: { channel: 'https://www.twitch.tv/pixelpanda', autoStream: true },
        gives: SourceAnswer,
        fails: ['bad_name', 'unknown_platform', 'busy'],
        body: SourceBody,
        bodyLimit: SMALL_BODY,
        rate: 'change',
      },
      ({ caller, params, body }): Promise<SourceView> => door.set(caller.channel.id, params.platform ?? '', body),
    ),

    route(
      {
        method: 'POST',
        path: '/api/sources/:platform/retry',
        who: 'control',
        least: 'owner',
        does: 'Tries to connect at once instead of at the end of a pause.',
        gives: listOf(SourceAnswer),
        or: { 204: null },
        status: 202,
        rate: 'change',
      },
      ({ caller, params }): { items: SourceView[] } | undefined => {
        door.retry(caller.channel.id, params.platform ?? '')
        // Options and delivery addresses are the account's own.
        return caller.hand.kind === 'account' ? { items: door.list(caller.channel.id) } : undefined
      },
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/sources/:platform',
        who: 'account',
        least: 'owner',
        does: 'Follows it no longer.',
        gives: null,
        rate: 'change',
      },
      ({ caller, params }) => door.remove(caller.channel.id, params.platform ?? ''),
    ),
  ]
}
