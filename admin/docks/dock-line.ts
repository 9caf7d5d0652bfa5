import { type Signal, useSignal } from '@preact/signals'
import { RefreshCw, SlidersHorizontal, Trash2 } from 'lucide'
import { h } from 'preact'
import type { DockView } from '../../server/api.ts'
import type { DockScope } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { type Text, t, tn } from '../language/words.ts'
import { focusOnHeading } from '../pages/page.ts'
import { Button } from '../parts/button.ts'
import { CopyButton } from '../parts/copy.ts'
import { Dialog } from '../parts/dialog.ts'
import { FormError, useForm } from '../parts/form.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { DockDialog } from './dock-dialog.ts'

export interface DockLineProps {
  panel: Panel
  dock: DockView
  /** Asks for the list once more. */
  again: () => Promise<void>
  key?: string
}
/** What each kind of dock is called. */
export const SCOPES: Readonly<Record<DockScope, Text>> = { read: 'Read', moderate: 'Moderate', control: 'Control' }

type Asking = 'look' | 'rotate' | 'delete' | null

/** One dock: what it may do, its addresses, and how to withdraw them. */
export function DockLine({ panel, dock, again }: DockLineProps): View {
  const asking = useSignal<Asking>(null)
  return html`
    <li class="key-line dock-line">
      <div>
        <p><strong><bdi>${dock.name}</bdi></strong> <span class="scope">${t(SCOPES[dock.scope])}</span></p>
        <p class="faint">${standingOf(dock)}</p>
      </div>
      <div class="dock-acts">
        ${h(CopyButton, { text: dock.url, label: dock.controlUrl === null ? t('Copy address') : t('Copy chat dock') })}
        ${dock.controlUrl !== null && h(CopyButton, { text: dock.controlUrl, label: t('Copy control dock') })}
        ${ask(asking, 'look', t('Options and preview of {name}', { name: dock.name }), SlidersHorizontal)}
        ${ask(asking, 'rotate', t('Make a new address for {name}', { name: dock.name }), RefreshCw)}
        ${ask(asking, 'delete', t('Delete dock {name}', { name: dock.name }), Trash2)}
      </div>
      ${asking.value === 'look' && h(DockDialog, { dock, onClose: () => (asking.value = null) })}
      ${(asking.value === 'rotate' || asking.value === 'delete') && h(Withdraw, { panel, dock, again, asking })}
    </li>
  `
}

function standingOf({ createdAt, clients }: DockView): string {
  const when = dayAndTime(createdAt)
  if (clients.length === 0) return t('Made {when}, not open', { when })
  return tn(clients.length, 'Made {when}, {n} open', 'Made {when}, {n} open', { when })
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
    if (!rotating) focusOnHeading()
  })
  const act = rotating ? t('Make a new address') : t('Delete dock')
  const { name } = dock
  return h(
    Dialog,
    {
      id: 'withdraw-dock',
      title: rotating ? t('New address for “{name}”?', { name }) : t('Delete dock “{name}”?', { name }),
      onClose,
    },
    html`
      <form class="form" onSubmit=${form.onSubmit}>
        <p>${t('The old address stops working at once, wherever it is open.')}</p>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: rotating ? t('Keep the address') : t('Keep dock'), onPress: onClose })}
          ${h(Button, { label: act, tone: 'danger', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}
