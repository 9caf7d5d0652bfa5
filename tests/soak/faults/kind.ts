import type { Scene } from './scene.ts'

/** One kind of fault. */
export interface Kind {
  name: string
  /** The row of tests/faults/rows.ts. */
  row: string
  /** How often it is picked, against the others. */
  weight: number
  /** Brings it about once, under load. Resolves, when it is over, with the moment from which on all should work again: `performance.now()`. */
  inject(scene: Scene): Promise<number>
}
