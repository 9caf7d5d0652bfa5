import { useSignal } from '@preact/signals'
import { CircleUserRound, Keyboard, ListChecks, LogOut, Settings } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t, tx } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { useAway } from './away.ts'
import { Button } from './button.ts'
import { ChannelSwitch } from './channel-switch.ts'
import { Icon } from './icon.ts'
import { ShortcutsDialog } from './shortcuts-dialog.ts'
import { ThemeChoices } from './theme-choices.ts'

export function AccountMenu({ panel }: { panel: Panel }): View {
  const open = useSignal(false)
  const close = () => {
    open.value = false
  }
  const element = useAway<HTMLDivElement>(open.value, close)
  return html`
    <div class="menu" ref=${element}>
      ${h(Button, {
        label: t('Account and settings'),
        icon: CircleUserRound,
        tone: 'ghost',
        bare: true,
        expanded: open.value,
        onPress: () => {
          open.value = !open.value
        },
      })}
      ${
        open.value &&
        h(Sheet, {
          panel,
          close,
          help: () => {
            panel.help.value = true
          },
        })
      }
      ${
        panel.help.value &&
        h(ShortcutsDialog, {
          panel,
          onClose: () => {
            panel.help.value = false
          },
        })
      }
    </div>
  `
}

function Sheet({ panel, close, help }: { panel: Panel; close: () => void; help: () => void }): View {
  const signOut = async () => {
    close()
    await panel.leave().catch((error: Error) => panel.toasts.failed(error))
  }
  return html`
    <div class="sheet menu-sheet">
      <p class="menu-who">${tx('Signed in as {name}', { name: html`<strong><bdi>${panel.me.value?.account.username}</bdi></strong>` })}</p>
      ${panel.works.all.value.length > 1 && html`<div class="menu-channel">${h(ChannelSwitch, { panel, id: 'menu-channel' })}</div>`}
      ${h(ThemeChoices, { panel })}
      <a class="button button-ghost" href="#/settings" onClick=${close}>${h(Icon, { icon: Settings })}<span>${t('Settings')}</span></a>
      ${
        panel.checklist.kept.value.hidden &&
        panel.works.may('owner') &&
        h(Button, {
          label: t('First steps'),
          icon: ListChecks,
          tone: 'ghost',
          onPress: () => {
            close()
            panel.checklist.show()
            panel.desk.tab.value = 'start'
            location.hash = '#/live'
          },
        })
      }
      ${h(Button, {
        label: t('Keyboard shortcuts'),
        icon: Keyboard,
        tone: 'ghost',
        onPress: () => {
          close()
          help()
        },
      })}
      ${h(Button, { label: t('Sign out'), icon: LogOut, tone: 'ghost', onPress: () => void signOut() })}
    </div>
  `
}
