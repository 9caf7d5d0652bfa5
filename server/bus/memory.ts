import type { Slice } from '../slice.ts'
import { type BusEnds, DEAF, type LocalBus } from './bus.ts'

/** The bus of a server alone: nothing in between. */
export class MemoryBus implements LocalBus {
  #ends: Pick<BusEnds, 'slice'> = DEAF

  publish(slice: Slice): void {
    this.#ends.slice(slice)
  }

  listen(ends: BusEnds): void {
    this.#ends = ends
  }

  async close(): Promise<void> {
    this.#ends = DEAF
  }
}
