import { type Signal, useSignal } from '@preact/signals'
import { RefreshCw, Trash2 } from 'lucide'
import { h } from 'preact'
import type { DockView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { counted, dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { CopyButton } from './copy.ts'
import { Dialog } from './dialog.ts'
import { FormError, useForm } from './form.ts'

export interface DockLineProps {
  panel: Panel
  dock: DockView
  /** Asks for the list once more. */
  again: () => Promise<void>
  key?: string
}
type Asking = 'rotate' | 'delete' | null

/** One dock: what it may do, its addresses, and how to withdraw them. */
export function DockLine({ panel, dock, again }: DockLineProps): View {
  const asking = useSignal<Asking>(null)
  const open = dock.clients.length === 0 ? 'not open' : counted(dock.clients.length, 'open', 'open')
  return html`
    <li class="key-line dock-line">
      <div>
        <p><strong><bdi>${dock.name}</bdi></strong> <span class="scope">${dock.scope}</span></p>
        <p class="faint">Made ${dayAndTime(dock.createdAt)}, ${open}</p>
      </div>
      <div class="dock-acts">
        ${h(CopyButton, { text: dock.url, label: dock.controlUrl === null ? 'Copy address' : 'Copy chat dock' })}
        ${dock.controlUrl !== null && h(CopyButton, { text: dock.controlUrl, label: 'Copy control dock' })}
        ${ask(asking, 'rotate', `Make a new address for ${dock.name}`, RefreshCw)}
        ${ask(asking, 'delete', `Delete dock ${dock.name}`, Trash2)}
      </div>
      ${asking.value !== null && h(Withdraw, { panel, dock, again, asking })}
    </li>
  `
}

function ask(asking: Signal<Asking>, what: Asking, label: string, icon: typeof Trash2): View {
  const onPress = () => {
    asking.value = what
  }
  return h(Button, { label, icon, tone: 'ghost', bare: true, onPress })
}

function Withdraw({ panel, dock, again, asking }: Omit<DockLineProps, 'key'> & { asking: Signal<Asking> }): View {
  const rotating = asking.value === 'rotate'
  const onClose = () => {
    asking.value = null
  }
  const form = useForm(async () => {
    await (rotating ? panel.api.rotateDock(dock.id) : panel.api.deleteDock(dock.id))
    onClose()
    await again()
  })
  const act = rotating ? 'Make a new address' : 'Delete dock'
  return h(
    Dialog,
    {
      id: 'withdraw-dock',
      title: rotating ? `New address for “${dock.name}”?` : `Delete dock “${dock.name}”?`,
      onClose,
    },
    html`
      <form class="form" onSubmit=${form.onSubmit}>
        <p>The old address stops working at once, wherever it is open.</p>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: rotating ? 'Keep the address' : 'Keep dock', onPress: onClose })}
          ${h(Button, { label: act, tone: 'danger', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}
