import type { IconNode } from 'lucide'
import { h } from 'preact'
import type { View } from '../html.ts'

/** A lucide icon. Decoration: the word beside it, or the control's label, says what it means. */
export function Icon({ icon, size = 18 }: { icon: IconNode; size?: number }): View {
  const frame = { class: 'icon', width: size, height: size, viewBox: '0 0 24 24', 'aria-hidden': 'true' }
  return h(
    'svg',
    frame,
    icon.map(([tag, attributes]) => h(tag, attributes)),
  )
}
