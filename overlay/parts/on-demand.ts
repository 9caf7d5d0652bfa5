import type { OverlaySettings } from '../../server/look.ts'
import type * as Rare from './rare.ts'

/** What few overlays need (rare.ts) is loaded when settings ask for it, and then the page is drawn again. */

let loaded: typeof Rare | undefined

export const rare = (): typeof Rare | undefined => loaded

export async function loadRare(): Promise<void> {
  loaded = await import('./rare.ts')
}

export function isRareMissing(settings: OverlaySettings): boolean {
  if (loaded) return false
  const { showTimestamps, textMax, emotes, background, fadeEdge, theme } = settings
  if (showTimestamps !== 'none' || textMax > 0 || emotes === 'static') return true
  return background !== 'transparent' || fadeEdge === 0 || theme === 'ticker'
}
