import { html } from '../../parts/html.ts'
import type { IconName } from '../icons.ts'
import { Icon } from '../icons.ts'

interface Props {
  label: string
  icon?: IconName
  /** Only the sign is drawn; the label is said. */
  bare?: boolean
  tone?: 'plain' | 'primary' | 'danger'
  off?: boolean | undefined
  pressed?: boolean | undefined
  /** Out of the order of Tab: reached by the arrows. */
  inner?: boolean
  onPress: () => void
}

export function Button({ label, icon, bare, tone = 'plain', off, pressed, inner, onPress }: Props) {
  return html`<button type="button" class="button" data-tone=${tone} data-bare=${bare ? '' : undefined}
    aria-label=${bare ? label : undefined} title=${bare ? label : undefined} aria-pressed=${pressed}
    disabled=${off} tabindex=${inner ? -1 : undefined} onClick=${onPress}>
    ${icon && html`<${Icon} name=${icon} />`}${!bare && html`<span>${label}</span>`}
  </button>`
}
