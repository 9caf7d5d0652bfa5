import { listOf } from '../answers/shapes.ts'
import { ErasureAnswer } from '../answers/stream.ts'
import { EraseBody, type ErasureView } from '../api/transcripts.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import type { Erasure } from '../stores/erasures.ts'
import { removal } from './removals.ts'
import { type Route, route } from './route.ts'

/** What a channel does at a viewer's wish. */
export function viewers({ line, erasures }: House): Route[] {
  return [
    route(
      {
        method: 'POST',
        path: '/api/viewers/erase',
        who: 'account',
        least: 'owner',
        does: 'Takes one viewer out of every transcript, for good; says how far that is.',
        body: EraseBody,
        example: { platform: 'twitch', authorId: '41' },
        gives: ErasureAnswer,
        fails: ['unknown_platform', 'queue_full'],
        status: 202,
        rate: 'change',
      },
      async ({ caller, body }): Promise<ErasureView> => {
        const { platform, authorId } = body
        if (!line.platforms().some(({ id }) => id === platform)) throw new CrossChatError('unknown_platform')
        const { id } = caller.channel
        // First off the air. The removal names them, too; it is in the transcript before that is gone through.
        await line.event(id, removal({ platform, target: { authorId } }))
        return erasureView(await erasures.start(id, body))
      },
    ),

    route(
      {
        method: 'GET',
        path: '/api/viewers/erasures',
        who: 'account',
        least: 'owner',
        does: 'Lists the newest erasures, and how far each is.',
        gives: listOf(ErasureAnswer),
      },
      async ({ caller }): Promise<{ items: ErasureView[] }> => {
        return { items: (await erasures.list(caller.channel.id)).map(erasureView) }
      },
    ),
  ]
}

function erasureView({ id, platform, startedAt, finishedAt, done, total, events }: Erasure): ErasureView {
  return { id, platform, startedAt, finishedAt, done: Math.min(done, total), total, events }
}
