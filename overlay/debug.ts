import type { FeedState } from './state.ts'

/** For `debug=1` only: how the line stands, and which parameters were not taken as they are. */

const box = document.createElement('pre')
box.className = 'cc-debug'

export function showDebug(state: FeedState, how: string, remarks: readonly string[]): void {
  const { place, pace, rows, settings } = state
  box.textContent = [
    `connection: ${how}`,
    `place: ${place ? `${place.epoch} ${place.seq}` : 'none'}`,
    `rows: ${rows.length} of ${settings.maxMessages}, ${pace.perSecond.toFixed(1)}/s`,
    `theme: ${settings.theme}, ${settings.fontSize} px, page ${innerWidth}×${innerHeight}`,
    ...remarks,
  ].join('\n')
  if (!box.isConnected) document.documentElement.append(box)
}
