import type { Slice } from '../slice.ts'
import type { Bus } from './bus.ts'

/** The default bus: one process, nothing in between. */
export class MemoryBus implements Bus {
  #listener: (slice: Slice) => void = () => {}

  publish(slice: Slice): void {
    this.#listener(slice)
  }

  onSlice(listener: (slice: Slice) => void): void {
    this.#listener = listener
  }

  async close(): Promise<void> {
    this.#listener = () => {}
  }
}
