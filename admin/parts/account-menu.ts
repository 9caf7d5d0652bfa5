import { useSignal } from '@preact/signals'
import { CircleUserRound, Keyboard, LogOut } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import type { Panel } from '../state/panel.ts'
import { THEME_CHOICES, type ThemeChoice } from '../state/preferences.ts'
import { useAway } from './away.ts'
import { Button } from './button.ts'
import { Segments } from './field.ts'
import { ShortcutsDialog } from './shortcuts-dialog.ts'

const THEME_LABELS: Record<ThemeChoice, string> = { dark: 'Dark', light: 'Light', system: 'System' }
const THEMES = THEME_CHOICES.map((value) => ({ value, label: THEME_LABELS[value] }))

export function AccountMenu({ panel }: { panel: Panel }): View {
  const open = useSignal(false)
  const close = () => {
    open.value = false
  }
  const element = useAway<HTMLDivElement>(open.value, close)
  return html`
    <div class="menu" ref=${element}>
      ${h(Button, {
        label: 'Account and settings',
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
  const { theme } = panel.preferences
  const signOut = async () => {
    close()
    await panel.leave().catch((error: Error) => panel.toasts.failed(error))
  }
  return html`
    <div class="sheet menu-sheet">
      <p class="menu-who">Signed in as <strong><bdi>${panel.me.value?.account.username}</bdi></strong></p>
      ${h(Segments<ThemeChoice>, {
        label: 'Theme',
        options: THEMES,
        value: theme.value,
        onPick: (choice) => {
          theme.value = choice
        },
      })}
      ${h(Button, {
        label: 'Keyboard shortcuts',
        icon: Keyboard,
        tone: 'ghost',
        onPress: () => {
          close()
          help()
        },
      })}
      ${h(Button, { label: 'Sign out', icon: LogOut, tone: 'ghost', onPress: () => void signOut() })}
    </div>
  `
}
