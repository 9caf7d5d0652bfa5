import type { Status, StreamState } from '../../server/protocol.ts'

/** A stream in which nothing has come for so long was probably forgotten; ms. */
export const FORGOTTEN_MS = 6 * 3_600_000

/** When the newest event of a stream came that was probably forgotten; null = none is. */
export function forgottenSince(
  { live, startedAt }: StreamState,
  status: Pick<Status, 'lastAt'> | null,
  now: number,
): number | null {
  if (!live || status === null) return null
  const last = status.lastAt ?? startedAt
  return last !== null && now - last >= FORGOTTEN_MS ? last : null
}
