/** To the process full of overlays: open so many; with `deaf`, they never read. */
export interface Open {
  key: string
  count: number
  deaf: boolean
}
/** From it. */
export type FromOverlays = { type: 'ready' } | { type: 'open' }
