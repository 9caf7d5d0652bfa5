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

const PLAIN = { showPlatform: 'tile', background: 'transparent' } as const

/** A platform's mark on its brand-coloured tile, or a dot. Path and colours are the platform's own, handed over as data. */
export function Mark({ about, settings = PLAIN }: Props) {
  if (!about || settings.showPlatform === 'none') return null
  const keyed = rare()?.isKeyedOut(platformColor(about), settings.background)
  const background = keyed ? '#000' : platformColor(about)
  const named = { role: 'img', 'aria-label': about.label }
  if (settings.showPlatform === 'dot') {
    return tag('i', 'platform', { ...named, 'data-mark': 'dot', style: { background: keyed ? '#fff' : background } })
  }
  const style = { background, fill: keyed ? '#fff' : about.glyph }
  return tag('svg', 'platform', { ...named, viewBox: '0 0 24 24', style }, h('path', { d: about.mark }))
}
