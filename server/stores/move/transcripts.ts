import type { Archive } from '../archive.ts'
import { type Digest, digestOfTranscript, same, TranscriptSum } from './digest.ts'

/** Transcripts that are under way together: while one waits for the database, another one is read. Each holds some pieces in memory. */
const AT_ONCE = 3

export interface Way {
  here: Archive
  there: Archive
}

/** Resolves with the digests of what was read here. `moved` is told of each that stands there whole, `already` of one that did before. */
export async function moveTranscripts(
  way: Way,
  streamIds: readonly string[],
  moved: (digest: Digest, already: boolean) => void,
): Promise<Map<string, Digest>> {
  const digests = new Map<string, Digest>()
  await eachOf(streamIds, async (streamId) => {
    const whole = await wholeThere(way, streamId)
    const digest = whole ?? (await copy(way, streamId))
    digests.set(streamId, digest)
    moved(digest, whole !== null)
  })
  return digests
}

/** Some at a time. The first that fails lets no other one begin. */
export async function eachOf<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values()
  let failed = false
  const lane = async () => {
    for (const item of waiting) {
      if (failed) return
      await task(item).catch((error: unknown) => {
        failed = true
        throw error
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
}

/** Null = not all of it stands there, and then nothing of it. */
async function wholeThere({ here, there }: Way, streamId: string): Promise<Digest | null> {
  const standing = await digestOfTranscript(there, streamId)
  // What has not been begun needs no look at what is here.
  if (standing.count === 0) return null
  if (same(await digestOfTranscript(here, streamId), standing)) return standing
  await there.remove(streamId)
  return null
}

/** The next piece is read while one is written. */
async function copy({ here, there }: Way, streamId: string): Promise<Digest> {
  const sum = new TranscriptSum()
  let records = await here.records(streamId, 0)
  for (let nth = 1; records.length > 0; nth++) {
    sum.add(records)
    const [next] = await Promise.all([here.records(streamId, nth), there.put(streamId, records)])
    records = next
  }
  await there.end(streamId)
  return sum.end()
}
