import type { About } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'

/** A platform's mark on its tile, as the platform described itself. One that nobody described shows its first letter. */
export function Mark({ id, about, quiet }: { id: string; about: About | undefined; quiet?: boolean }): View {
  const said = quiet ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': about?.label ?? id }
  if (!about) return html`<span class="mark mark-plain" ...${said}>${id.slice(0, 1).toUpperCase()}</span>`
  return html`
    <span class="mark" style=${{ '--tile': about.color, '--glyph': about.glyph }} ...${said}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${about.mark} /></svg>
    </span>
  `
}
