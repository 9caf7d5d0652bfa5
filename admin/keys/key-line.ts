import { useSignal } from '@preact/signals'
import { Trash2 } from 'lucide'
import { h } from 'preact'
import type { KeyView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, told } from '../language/words.ts'
import { AskDialog } from '../parts/ask-dialog.ts'
import { Button } from '../parts/button.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'

export interface KeyLineProps {
  panel: Panel
  view: KeyView
  again: () => Promise<void>
  key?: string
}

export function KeyLine({ panel, view, again }: KeyLineProps): View {
  const asking = useSignal(false)
  const { name, scopes, createdAt, lastUsedAt } = view
  const made = dayAndTime(createdAt)
  const ask = (on: boolean) => () => {
    asking.value = on
  }
  return html`
    <li class="key-line">
      <div>
        <p><strong><bdi>${name}</bdi></strong> ${scopes.map((scope) => html`<span class="scope">${told(scope)}</span> `)}</p>
        <p class="faint">${lastUsedAt === null ? t('Made {time}, never used', { time: made }) : t('Made {time}, last used {used}', { time: made, used: dayAndTime(lastUsedAt) })}</p>
      </div>
      ${h(Button, { label: t('Delete key {name}', { name }), icon: Trash2, tone: 'ghost', bare: true, onPress: ask(true) })}
      ${asking.value && h(DeleteKey, { panel, view, again, onClose: ask(false) })}
    </li>
  `
}

function DeleteKey({ panel, view, again, onClose }: KeyLineProps & { onClose: () => void }): View {
  return h(AskDialog, {
    id: 'delete-key',
    title: t('Delete key “{name}”?', { name: view.name }),
    text: t('Programs that use it are refused from now on.'),
    keep: t('Keep key'),
    act: t('Delete key'),
    tone: 'danger',
    run: async () => {
      await panel.api.deleteKey(view.id)
      onClose()
      await again()
    },
    onClose,
  })
}
