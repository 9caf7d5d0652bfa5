import type { IconNode } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { Icon } from './icon.ts'

export interface ButtonProps {
  id?: string
  label: string
  /** What is read out instead of the label, where that alone is not enough. It begins with it. */
  says?: string
  icon?: IconNode
  tone?: 'plain' | 'primary' | 'danger' | 'ghost'
  /** Shows the icon alone; the label is then read out and shown as a tooltip. */
  bare?: boolean
  /** Submits the form it stands in. */
  submit?: boolean
  /** Works on it, or may not be used now. Keeps the focus, unlike `disabled`. */
  off?: boolean
  pressed?: boolean
  expanded?: boolean
  class?: string
  /** Reached by arrow keys within its row, not by Tab. */
  untabbed?: boolean
  onPress?: (event: MouseEvent) => void
}

export function Button(props: ButtonProps): View {
  const { label, icon, tone = 'plain', bare, submit, off, onPress } = props
  const press = (event: MouseEvent) => {
    if (off) event.preventDefault()
    else onPress?.(event)
  }
  return html`
    <button
      id=${props.id}
      type=${submit ? 'submit' : 'button'}
      class=${`button button-${tone} ${bare ? 'button-bare' : ''} ${props.class ?? ''}`}
      aria-label=${bare ? label : props.says}
      title=${bare ? label : undefined}
      tabindex=${props.untabbed ? '-1' : undefined}
      aria-disabled=${off ? 'true' : undefined}
      aria-pressed=${flag(props.pressed)}
      aria-expanded=${flag(props.expanded)}
      onClick=${press}
    >
      ${icon && h(Icon, { icon })}${bare ? null : html`<span>${label}</span>`}
    </button>
  `
}

function flag(value: boolean | undefined): 'true' | 'false' | undefined {
  return value === undefined ? undefined : value ? 'true' : 'false'
}
