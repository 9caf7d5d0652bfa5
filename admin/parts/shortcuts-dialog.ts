import { h } from 'preact'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { Dialog } from './dialog.ts'
import { ShortcutList } from './shortcut-list.ts'

export function ShortcutsDialog({ panel, onClose }: { panel: Panel; onClose: () => void }): View {
  return h(Dialog, { id: 'shortcuts', title: t('Keyboard shortcuts'), onClose }, h(ShortcutList, { panel }))
}
