import type { Slice } from '../slice.ts'

/**
 * Carries the slices of all channels from where they are drained to where sockets wait for them, in order within a
 * channel, each once.
 */
export interface Bus {
  /** Never throws and never waits. */
  publish(slice: Slice): void
  /** Told of every slice of every channel; one listener a bus. */
  onSlice(listener: (slice: Slice) => void): void
  close(): Promise<void>
}
