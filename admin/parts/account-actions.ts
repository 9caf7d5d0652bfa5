import { useSignal } from '@preact/signals'
import { Pencil, Power, PowerOff, Send, Trash2 } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { sendTest } from '../state/test-message.ts'
import type { AccountProps } from './account.ts'
import type { TroubleProps } from './account-trouble.ts'
import { useAction } from './action.ts'
import { Button } from './button.ts'
import { RemoveAccountDialog } from './remove-account-dialog.ts'

/** Where help is needed, the name is changed beside the sentence that says so. */
export function AccountActions({ panel, about, view, rename }: AccountProps & Pick<TroubleProps, 'rename'>): View {
  const removing = useSignal(false)
  const ask = (asking: boolean) => () => {
    removing.value = asking
  }
  const { enabled } = view
  const turn = useAction(panel, () => panel.sources.set(about.id, { enabled: !enabled }))
  const test = useAction(panel, () => testWith(panel, about.id, about.label))
  return html`
    <div class="account-actions">
      ${h(Button, { label: t('Test'), icon: Send, off: test.busy, onPress: test.run })}
      ${
        enabled
          ? h(Button, { label: t('Disable'), icon: PowerOff, off: turn.busy, onPress: turn.run })
          : h(Button, { label: t('Enable'), icon: Power, tone: 'primary', off: turn.busy, onPress: turn.run })
      }
      ${rename && view.state !== 'attention' && h(Button, { id: `${about.id}-rename`, label: t('Change name'), icon: Pencil, onPress: rename })}
      ${h(Button, { label: t('Remove'), icon: Trash2, tone: 'ghost', class: 'account-remove', onPress: ask(true) })}
      ${removing.value && h(RemoveAccountDialog, { panel, about, view, onClose: ask(false) })}
    </div>
  `
}

async function testWith(panel: Panel, platform: string, label: string): Promise<void> {
  if (await sendTest(panel, platform)) {
    panel.toasts.ok(t('A test message of {platform} was sent.', { platform: label }), {
      href: '#/live',
      label: t('See it in Live'),
    })
  }
}
