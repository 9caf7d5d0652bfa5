import { h } from 'preact'
import type { OverlaySettings } from '../../server/look.ts'
import type { About } from '../../server/protocol.ts'
import { platformColor } from './color.ts'
import { rare } from './on-demand.ts'
import { tag } from './tag.ts'

interface Props {
  about: About | undefined
  settings?: Pick<OverlaySettings, 'showPlatform' | 'background'>
}

/** A platform's own colour would go with the background's. */
const KEYED = { background: '#000', fill: '#fff' }
const PLAIN = { showPlatform: 'tile', background: 'transparent' } as const

/** A platform's mark on its brand-coloured tile, or a dot. Path and colours are the platform's own, handed over as data. */
export function Mark({ about, settings = PLAIN }: Props) {
  if (!about || settings.showPlatform === 'none') return null
  const keyed = rare()?.isKeyedOut(platformColor(about), settings.background)
  const style = keyed ? KEYED : { background: platformColor(about), fill: about.glyph }
  const named = { role: 'img', 'aria-label': about.label, 'data-mark': settings.showPlatform }
  const path = settings.showPlatform === 'tile' && h('path', { d: about.mark })
  return tag('svg', 'platform', { ...named, viewBox: '0 0 24 24', style }, path)
}
