import type { OverlayClient, Status } from '../../server/protocol.ts'
import { t } from '../language/words.ts'

/** How an overlay's address goes into OBS. */
export interface Source {
  name: string
  width: number
  height: number
}
export const SOURCE: Source = { name: 'CrossChat', width: 600, height: 800 }
/** Where its WebSocket server listens when nobody has changed it. */
export const OBS_PORT = 4_455
/** What OBS takes. */
export const SOURCE_SIDE = { least: 1, most: 8_192 } as const
export const MAX_SOURCE_NAME = 60

/** OBS reads these from a dropped link, makes the source and takes them out of the address again (OBS 27.2 and later). */
export function dragAddress(url: string, { name, width, height }: Source): string {
  const address = new URL(url)
  address.searchParams.set('layer-name', name)
  address.searchParams.set('layer-width', String(width))
  address.searchParams.set('layer-height', String(height))
  return address.href
}

/** What OBS will take for sure: sides in range, and a name. */
export function sourceOf({ name, width, height }: Source): Source {
  return { name: name.trim() || SOURCE.name, width: sideOf(width, SOURCE.width), height: sideOf(height, SOURCE.height) }
}

function sideOf(side: number, otherwise: number): number {
  return Number.isFinite(side) ? Math.min(SOURCE_SIDE.most, Math.max(SOURCE_SIDE.least, Math.round(side))) : otherwise
}

/** The address as it may stand on a screen that is being streamed. */
export function maskedAddress(url: string): string {
  const hash = url.indexOf('#')
  return hash < 0 ? url : `${url.slice(0, hash + 1)}${'•'.repeat(12)}`
}

/** A hint and no more: a page says so of its OBS. */
export function obsIsStreaming(status: Pick<Status, 'overlays'> | null): boolean {
  return status?.overlays.some(({ report }) => report?.streaming === true) ?? false
}

/** Where a page is to be seen, and the light that goes with it. */
export interface Standing {
  word: string
  light: 'on' | 'quiet' | 'off'
}

export function standingOf({ obs, report }: Pick<OverlayClient, 'obs' | 'report'>): Standing {
  if (report === null) return { word: t('Open|a page'), light: 'on' }
  if (!report.visible) return { word: t('Not shown'), light: 'off' }
  if (report.active === true) return { word: t('On programme'), light: 'on' }
  if (report.active === false) return { word: t('Shown, not on programme'), light: 'quiet' }
  return { word: obs === null ? t('In front') : t('Shown'), light: 'on' }
}

/** `OBS 32.2.2`, else what the page calls itself. */
export function placeOf({ obs, version, name }: Pick<OverlayClient, 'obs' | 'version' | 'name'>): string {
  if (version !== null) return `OBS ${version}`
  if (obs !== null) return 'OBS'
  return name === '' ? t('A browser') : name
}

/** `Chromium 127 · browser source 2.26.9` */
export function madeOf({ obs, engine }: Pick<OverlayClient, 'obs' | 'engine'>): string {
  const major = engine?.split('.')[0]
  return [major && `Chromium ${major}`, obs !== null && t('browser source {version}', { version: obs })]
    .filter(Boolean)
    .join(' · ')
}
