import type { OverlaySettings } from '../../server/look.ts'

/** The demo overlay with a draft's settings in its query, under the names the overlay page knows. */
export function previewAddress(settings: OverlaySettings): string {
  const query = new URLSearchParams({
    demo: 'live',
    theme: settings.theme,
    size: String(settings.fontSize),
    max: String(settings.maxMessages),
    life: String(settings.lifetime),
    names: settings.nameColor,
    badges: settings.showBadges,
  })
  return `/overlay?${query}`
}

const HARD_TO_READ = 22

export function sizeWarning(fontSize: number): string | undefined {
  return fontSize < HARD_TO_READ ? 'Hard to read on phones' : undefined
}
