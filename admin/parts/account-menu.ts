import { useSignal } from '@preact/signals'
import { CircleUserRound, Keyboard, LogOut } from 'lucide'
import { h } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { html, type View } from '../html.ts'
import type { Panel } from '../state/panel.ts'
import { THEME_CHOICES, type ThemeChoice } from '../state/preferences.ts'
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
  const element = useAway(open.value, close)
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
    <div class="menu-sheet">
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

/** Closes on Escape (giving the focus back to the button), on a press elsewhere, and when the focus leaves. */
function useAway(open: boolean, close: () => void) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (!(event.target instanceof Node && element.current?.contains(event.target))) close()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      close()
      element.current?.querySelector('button')?.focus()
    }
    const kinds = ['pointerdown', 'focusin'] as const
    for (const kind of kinds) document.addEventListener(kind, outside)
    document.addEventListener('keydown', onKey)
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, outside)
      document.removeEventListener('keydown', onKey)
    }
  }, [open])
  return element
}
