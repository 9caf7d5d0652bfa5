import { useSignal } from '@preact/signals'
import { ArrowLeft, Download, History, Radio, Redo2, RotateCcw, Undo2, Upload } from 'lucide'
import { h } from 'preact'
import type { OverlayView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { useAction } from '../parts/action.ts'
import { Button } from '../parts/button.ts'
import { Toggle } from '../parts/field.ts'
import { Icon } from '../parts/icon.ts'
import type { Editing } from '../state/look-editing.ts'
import { lookFile } from '../state/look-file.ts'
import type { Pushing } from '../state/look-pushing.ts'
import type { Panel } from '../state/panel.ts'
import { ImportDialog } from './import-dialog.ts'
import { VersionsDialog } from './versions-dialog.ts'

export interface BarProps {
  panel: Panel
  overlay: OverlayView
  editing: Editing
  pushing: Pushing
  publish: () => Promise<void>
}

/** The overlay's name, how its draft stands, and what can be done with all of it. */
export function EditorBar({ panel, overlay, editing, pushing, publish }: BarProps): View {
  const open = useSignal<'versions' | 'import' | null>(null)
  const publishing = useAction(panel, publish)
  const { past, future } = editing.history.value
  const changes = editing.differing.value.length
  const onClose = () => {
    open.value = null
  }
  const show = (dialog: 'versions' | 'import') => () => {
    open.value = dialog
  }
  const discard = () => editing.replace(editing.published.value, 'discard')
  return html`
    <header class="editor-bar">
      <a class="editor-back" href="#/overlays" aria-label=${t('All overlays')} title=${t('All overlays')}>${h(Icon, { icon: ArrowLeft })}</a>
      <div class="editor-name">
        <h1 id="heading" tabindex="-1"><bdi>${overlay.name}</bdi></h1>
        <p class="draft-state" role="status" data-keeping=${editing.keeping.value}>${stateOf(editing, pushing)}</p>
      </div>
      <div class="editor-tools" role="group" aria-label=${t('Draft')}>
        ${tool(t('Undo'), Undo2, () => editing.undo(), past.length === 0)}
        ${tool(t('Redo'), Redo2, () => editing.redo(), future.length === 0)}
        ${tool(t('Back to what is on air'), RotateCcw, discard, changes === 0)}
        ${tool(t('Published looks'), History, show('versions'))}
        ${tool(t('Import a look'), Upload, show('import'))}
        ${tool(t('Export this look'), Download, () => save(overlay.name, editing))}
      </div>
      ${h(PushSwitch, { pushing })}
      ${h(Button, { id: 'publish', label: t('Publish'), tone: 'primary', off: changes === 0 || publishing.busy, onPress: publishing.run })}
    </header>
    ${open.value === 'versions' && h(VersionsDialog, { panel, overlayId: overlay.id, editing, pushing, onClose })}
    ${open.value === 'import' && h(ImportDialog, { panel, editing, pushing, onClose })}
  `
}

function tool(label: string, icon: typeof Undo2, onPress: () => void, off = false): View {
  return h(Button, { label, icon, tone: 'ghost', bare: true, off, onPress })
}

/** While it is on, the whole bar says so. */
function PushSwitch({ pushing }: { pushing: Pushing }): View {
  return html`
    <div class="push-switch">
      ${pushing.on.value && html`<span class="push-mark">${h(Icon, { icon: Radio, size: 14 })}${t('On air')}</span>`}
      ${h(Toggle, { id: 'push', label: t('Push while I edit'), on: pushing.on.value, onSwitch: (on) => pushing.turn(on) })}
    </div>
  `
}

function stateOf({ keeping: { value: keeping }, differing }: Editing, pushing: Pushing): string {
  const changes = differing.value.length
  if (keeping === 'waiting') return t('The draft is not kept yet. Trying again…')
  if (keeping === 'refused') return t('The server does not take this draft.')
  if (keeping === 'theirs') return t('Changed in another window')
  if (pushing.trouble.value !== null) return t('Not on air yet: {why}', { why: pushing.trouble.value.message })
  if (pushing.on.value) return changes === 0 ? t('As on air. Every change goes there at once.') : t('Going on air…')
  if (changes === 0) return t('As on air')
  return tn(changes, 'Draft: {n} setting differs from what is on air', 'Draft: {n} settings differ from what is on air')
}

function save(name: string, editing: Editing): void {
  const file = lookFile(name, editing.now.value)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([file.text], { type: 'application/json' }))
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href))
}
