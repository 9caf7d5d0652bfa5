import type { FeedState } from './state.ts'

/** For `debug=1` only: how the line stands, what was not taken as it is, and what of the picture a television may cut off. */

const box = document.createElement('pre')
box.className = 'cc-debug'
const safeArea = document.createElement('div')
safeArea.className = 'cc-safe-area'

export function showDebug(state: FeedState | null, how: string, remarks: readonly string[]): void {
  box.textContent = [`connection: ${how}`, ...(state ? describe(state) : []), ...remarks].join('\n')
  if (!box.isConnected) document.documentElement.append(safeArea, box)
}

function describe({ place, pace, rows, waiting, settings }: FeedState): string[] {
  return [
    `place: ${place ? `${place.epoch} ${place.seq}` : 'none'}`,
    `rows: ${rows.length} of ${settings.maxMessages}, ${waiting.length} waiting`,
    `rate: ${pace.perSecond.toFixed(1)}/s, shown at most ${settings.ratePerSecond}/s`,
    `theme: ${settings.theme}, ${settings.fontSize} px, page ${innerWidth}×${innerHeight}`,
  ]
}
