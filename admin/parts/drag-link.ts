import { GripVertical } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { dragAddress, type Source } from '../state/obs.ts'
import { Icon } from './icon.ts'

/**
 * No link, as a browser shows in its corner where a link leads, and the panel is often on stream. Whoever cannot drag
 * copies the address.
 */
export function DragLink({ url, source }: { url: string; source: Source }): View {
  const carry = ({ dataTransfer }: DragEvent) => {
    const address = dragAddress(url, source)
    dataTransfer?.setData('text/uri-list', address)
    dataTransfer?.setData('text/plain', address)
  }
  return html`
    <span class="button button-plain drag-link" draggable=${true} onDragStart=${carry}>
      ${h(Icon, { icon: GripVertical })}<span>${t('Drag into OBS')}</span>
    </span>
  `
}
