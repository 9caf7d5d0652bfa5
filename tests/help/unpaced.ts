import type { Look } from '../../server/protocol.ts'

/** A server's frame to an overlay, with nothing held back for pace, as if that had been chosen. */
export function unpaced(text: string): string {
  const frame: Partial<Look> = JSON.parse(text)
  if (frame.settings === undefined) return text
  const settings = { ...frame.settings, ratePerSecond: 10_000 }
  return JSON.stringify({ ...frame, settings, chosen: [...(frame.chosen ?? []), 'ratePerSecond'] })
}
