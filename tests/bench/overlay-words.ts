/** What the overlay's bench and the process that has the page say to each other. */

/** To the process with the page. */
export type ToPage = { type: 'frames'; ms: number } | { type: 'idle'; ms: number } | { type: 'heap' }

/** From it. Times in ms, sizes in bytes. */
export type FromPage =
  | { type: 'open' }
  | { type: 'frames'; perSecond: number; longest: number; rows: number }
  | { type: 'idle'; paints: number }
  | { type: 'heap'; bytes: number; nodes: number }
