import { html } from '../../parts/html.ts'
import type { IconName } from '../icons.ts'
import { Icon } from '../icons.ts'

interface Props {
  label: string
  /** What is said instead of the label, where that alone is not enough. It begins with it. */
  says?: string
  icon?: IconName
  /** Only the sign is drawn; the label is said. */
  bare?: boolean
  tone?: 'plain' | 'primary' | 'danger'
  off?: boolean | undefined
  pressed?: boolean | undefined
  /** What does the same on the keyboard; told where it is pointed at. */
  keys?: string | undefined
  /** Out of the order of Tab: reached by the arrows. */
  inner?: boolean
  onPress: () => void
}

export function Button({ label, says, icon, bare, tone = 'plain', off, pressed, keys, inner, onPress }: Props) {
  const told = [bare && label, keys].filter(Boolean).join(' · ') || undefined
  return html`<button type="button" class="button" data-tone=${tone} data-bare=${bare ? '' : undefined}
    aria-label=${bare ? label : says} title=${told} aria-keyshortcuts=${keys} aria-pressed=${pressed}
    disabled=${off} tabindex=${inner ? -1 : undefined} onClick=${onPress}>
    ${icon && html`<${Icon} name=${icon} />`}${!bare && html`<span>${label}</span>`}
  </button>`
}
