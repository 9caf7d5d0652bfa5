import { CrossChatError } from './errors.ts'
import type { Stores } from './stores/stores.ts'

const PAGE = 200

/** What the transcripts of one channel are, without those that were deleted and can still be brought back. */
export interface Kept {
  streams: number
  bytes: number
  /** When the oldest began, ms. */
  oldest: number | null
}

/** Looks at the files themselves. */
export async function storageOf(
  { streams, archive }: Pick<Stores, 'streams' | 'archive'>,
  channelId: string,
): Promise<Kept> {
  const kept: Kept = { streams: 0, bytes: 0, oldest: null }
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof streams.page>> = await streams.page(channelId, PAGE, cursor)
    for (const { id, startedAt } of page.items) {
      kept.streams++
      kept.bytes += await archive.bytes(id)
      kept.oldest = Math.min(kept.oldest ?? startedAt, startedAt)
    }
    cursor = page.next
  } while (cursor !== null)
  return kept
}

/** Before a stream begins; one that runs is never cut. Throws channel_full. */
export async function requireRoom(
  stores: Pick<Stores, 'streams' | 'archive'>,
  channelId: string,
  most: number,
): Promise<void> {
  const { bytes } = await storageOf(stores, channelId)
  if (bytes >= most)
    throw new CrossChatError('channel_full', { message: `${FULL} ${gib(bytes)} of ${gib(most)} are used.` })
}

const FULL = 'This channel keeps as many transcripts as it may. Delete old streams, then start this one.'
const gib = (bytes: number) => `${(bytes / 1_024 ** 3).toFixed(1)} GiB`
