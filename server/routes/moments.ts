import type { Message, Notice } from '../../workers/message.ts'
import { MomentAnswer } from '../answers/moderation.ts'
import { listOf } from '../answers/shapes.ts'
import { MomentBody, type MomentView } from '../api/streams.ts'
import { newId } from '../auth/ids.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import type { Hand } from '../stores/moderation.ts'
import type { Moment, Stream } from '../stores/streams.ts'
import { findEvent } from './find-event.ts'
import { type Route, route } from './route.ts'
import { ownStream } from './streams.ts'

/** UTF-16 units kept of a name and of a text. */
const NAME_UNITS = 60
const TEXT_UNITS = 120

/** Places in a stream that somebody wants to find again. */
export function moments(house: House): Route[] {
  const { stores } = house
  return [
    route(
      {
        method: 'GET',
        path: '/api/streams/:id/moments',
        who: 'read',
        least: 'viewer',
        does: 'Lists the moments of a stream, in its order.',
        gives: listOf(MomentAnswer),
      },
      async ({ caller, params }): Promise<{ items: MomentView[] }> => {
        const stream = await ownStream(house, caller.channel, params.id)
        return { items: (await stores.moments.byStream(stream.id)).map(view) }
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/moments',
        who: 'moderate',
        least: 'moderator',
        does: 'Marks a message of the running stream as a moment. One that is marked already stays as it is.',
        example: { id: 'twitch:00000000-0000-4000-8000-000000000001' },
        gives: MomentAnswer,
        fails: ['not_found', 'no_stream', 'list_full'],
        body: MomentBody,
        status: 201,
        rate: 'change',
      },
      async ({ caller, body }): Promise<MomentView> => {
        const { id: channelId } = caller.channel
        const stream = await stores.streams.liveOf(channelId)
        if (stream === null) throw new CrossChatError('no_stream')
        const found = await findEvent(house, channelId, body.id)
        if (found === null) throw new CrossChatError('not_found')
        const marked = await stores.moments.add(momentOf(stream, found.event, caller.hand))
        house.hub.noted(channelId)
        return view(marked)
      },
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/moments/:id',
        who: 'moderate',
        least: 'moderator',
        does: 'Takes a moment away; the message stays.',
        gives: null,
        rate: 'change',
      },
      async ({ caller, params }): Promise<void> => {
        const { id: channelId } = caller.channel
        if (!(await stores.moments.remove(channelId, params.id ?? ''))) throw new CrossChatError('not_found')
        house.hub.noted(channelId)
      },
    ),
  ]
}

function momentOf(
  stream: Stream,
  { id, seq, at, platform, author, text, receivedAt }: Message | Notice,
  by: Hand,
): Moment {
  if (receivedAt < stream.startedAt) {
    throw new CrossChatError('no_stream', { message: 'This message is older than the stream that runs.' })
  }
  const { id: streamId, channelId } = stream
  return {
    ...{ id: newId(), channelId, streamId, eventId: id, seq, at, platform, by },
    authorId: author?.id ?? null,
    author: author?.name.slice(0, NAME_UNITS) ?? null,
    text: text.slice(0, TEXT_UNITS),
  }
}

function view({ channelId: _, streamId: __, authorId: ___, by, ...moment }: Moment): MomentView {
  return { ...moment, by: { kind: by.kind, name: by.name } }
}
