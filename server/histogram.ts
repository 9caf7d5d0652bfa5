import { BUCKETS, FIRST_BUCKET_US } from '../workers/queue/layout.ts'

/** Times counted into buckets whose upper edges grow by a fixed factor. The last bucket takes all that is longer. */
export interface Scale {
  /** Upper edge of the first bucket, µs. */
  firstUs: number
  /** Buckets until the edge has doubled. */
  perDoubling: number
  buckets: number
}

/** How the queue counts, see `bucketOf` in workers/queue/layout.ts. */
export const LOCK_SCALE: Scale = { firstUs: FIRST_BUCKET_US, perDoubling: 1, buckets: BUCKETS }
/** From 1 µs to half a minute, each edge 19 % above the one before. */
export const LATENCY_SCALE: Scale = { firstUs: 1, perDoubling: 4, buckets: 100 }

/** Upper edge of a bucket, µs. */
export function edgeOf({ firstUs, perDoubling }: Scale, bucket: number): number {
  return firstUs * 2 ** (bucket / perDoubling)
}

/** The bucket of a time in µs. */
export function bucketFor({ firstUs, perDoubling, buckets }: Scale, us: number): number {
  const steps = Math.ceil(Math.log2(us / firstUs) * perDoubling)
  return Math.max(0, Math.min(buckets - 1, steps))
}

/** The time in µs that `share` of the counted ones did not exceed, interpolated inside its bucket; null when none was counted. */
export function percentile(scale: Scale, counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  let before = 0
  for (const [bucket, count] of counts.entries()) {
    if (count > 0 && before + count >= share * total) {
      const from = lowerEdge(scale, bucket)
      return from + (edgeOf(scale, bucket) - from) * ((share * total - before) / count)
    }
    before += count
  }
  return edgeOf(scale, scale.buckets - 1)
}

/** All counted times together, µs, as if each lay in the middle of its bucket. */
export function sumOf(scale: Scale, counts: readonly number[]): number {
  return counts.reduce((sum, count, bucket) => {
    return count === 0 ? sum : sum + (count * (lowerEdge(scale, bucket) + edgeOf(scale, bucket))) / 2
  }, 0)
}

const lowerEdge = (scale: Scale, bucket: number) => (bucket === 0 ? 0 : edgeOf(scale, bucket - 1))
