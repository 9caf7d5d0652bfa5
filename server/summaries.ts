import type { Log } from './log.ts'
import type { Figures } from './stores/archive.ts'
import type { Stores } from './stores/stores.ts'
import type { Stream, Summary } from './stores/streams.ts'

const MINUTE_MS = 60_000

/** What a list says of a stream that has ended. */
export function summaryOf({ chatters, column, counts }: Pick<Figures, 'chatters' | 'column' | 'counts'>): Summary {
  const rows = Object.values(counts)
  const length = Math.max(0, ...rows.map((row) => row.length))
  const columns = Array.from({ length }, (_, nth) => rows.reduce((sum, row) => sum + (row[nth] ?? 0), 0))
  const platforms = Object.keys(counts).filter((platform) => counts[platform]?.some((count) => count > 0))
  return { chatters, peak: busiestMinute(columns, column), platforms: platforms.sort() }
}

/** The most messages of one minute; where a column is longer, of its average minute. */
function busiestMinute(columns: readonly number[], column: number): number {
  const together = Math.max(1, Math.floor(MINUTE_MS / column))
  const sums = columns.map((_, nth) => columns.slice(nth, nth + together).reduce((sum, count) => sum + count, 0))
  return Math.round(Math.max(0, ...sums) * Math.min(1, MINUTE_MS / (column * together)))
}

/** Reads a stream that has ended once more, for what its list says of it. Nobody waits for it, and without it the list says less. */
export async function summarise(
  { archive, streams }: Pick<Stores, 'archive' | 'streams'>,
  stream: Pick<Stream, 'id'>,
  log: Log,
): Promise<void> {
  try {
    await streams.update(stream.id, { summary: summaryOf(await archive.figures(stream.id)) })
  } catch (error) {
    log.warn({ err: error, stream: stream.id }, 'a stream could not be summed up; its page does it later')
  }
}
