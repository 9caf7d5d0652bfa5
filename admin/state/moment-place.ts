import type { MomentView } from '../../server/api.ts'
import type { Api } from '../api.ts'
import type { Route } from '../router.ts'

/** Where a moment stands in the transcript of its stream; the stream's beginning where its line is not found. */
export async function placeOf(
  api: Pick<Api, 'saidFrom'>,
  streamId: string,
  { eventId, at }: Pick<MomentView, 'eventId' | 'at'>,
): Promise<Route> {
  const { items } = await api.saidFrom(at)
  const hit = items.find(({ stream, event }) => stream.id === streamId && event.kind !== 'gap' && event.id === eventId)
  if (hit === undefined || hit.event.kind === 'gap') return { page: 'stream', id: streamId }
  return { page: 'stream', id: streamId, at: { cursor: hit.from, seq: hit.event.seq } }
}
