import type { About } from '../../server/protocol.ts'
import { platformColor } from './color.ts'
import { html } from './html.ts'

/** A platform's mark on its brand-coloured tile. Path and colours are the platform's own, handed over as data. */
export function Mark({ about }: { about: About | undefined }) {
  if (!about) return null
  return html`
    <svg class="cc-platform" viewBox="0 0 24 24" role="img" aria-label=${about.label}
      style=${{ background: platformColor(about), fill: about.glyph }}>
      <path d=${about.mark} />
    </svg>`
}
