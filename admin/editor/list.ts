import { useSignal } from '@preact/signals'
import { CopyPlus, MonitorPlay, Palette, Pencil, Plus, RefreshCw, Trash2 } from 'lucide'
import { h } from 'preact'
import { useEffect } from 'preact/hooks'
import type { OverlayView } from '../../server/api.ts'
import { SETTINGS } from '../../server/look.ts'
import { resolveSettings } from '../../server/look-themes.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { useAction } from '../parts/action.ts'
import { Button } from '../parts/button.ts'
import { CopyButton } from '../parts/copy.ts'
import { Icon } from '../parts/icon.ts'
import { RotateDialog } from '../parts/rotate-dialog.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import { lookWord } from '../state/look-words.ts'
import type { Panel } from '../state/panel.ts'
import { Miniature } from './gallery.ts'
import { DeleteOverlayDialog, NameDialog } from './overlay-dialogs.ts'

/** Every overlay of the channel, as it looks on air. */
export function OverlayList({ panel }: { panel: Panel }): View {
  useTitle(t('Overlays'))
  useEffect(() => void panel.overlays.load(), [])
  const making = useSignal(false)
  const loaded = panel.overlays.now.value
  const again = () => void panel.overlays.load()
  const make = () => {
    making.value = true
  }
  const onClose = () => {
    making.value = false
  }
  return html`
    <div class="page">
      <header class="page-head page-head-row">
        <div>
          <h1 id="heading" tabindex="-1">${t('Overlays')}</h1>
          <p class="muted">${t('Each has an address of its own for OBS, and its own look.')}</p>
        </div>
        ${h(Button, { label: t('New overlay'), icon: Plus, tone: 'primary', onPress: make })}
      </header>
      ${loaded.state === 'loading' && h(Skeleton, { rows: 6 })}
      ${loaded.state === 'failed' && h(Failed, { what: t('The overlays could not be loaded.'), error: loaded.error, again })}
      ${loaded.state === 'ready' && h(Cards, { panel, items: loaded.value })}
      ${making.value && h(NameDialog, { panel, onClose })}
    </div>
  `
}

function Cards({ panel, items }: { panel: Panel; items: OverlayView[] }): View {
  if (items.length === 0) return h(Empty, { icon: MonitorPlay, text: t('There is no overlay yet.') })
  return html`<ul class="overlay-cards">${items.map((overlay) => h(One, { key: overlay.id, panel, overlay }))}</ul>`
}

/** A server takes names of at most so many characters. */
const MAX_NAME = 50

function copyOf(name: string): string {
  const mark = t('(copy)')
  return `${name.slice(0, MAX_NAME - 1 - mark.length)} ${mark}`
}

type Asked = 'rename' | 'rotate' | 'delete' | null

function One({ panel, overlay }: { panel: Panel; overlay: OverlayView; key?: string }): View {
  const asked = useSignal<Asked>(null)
  const onClose = () => {
    asked.value = null
  }
  const ask = (what: Asked) => () => {
    asked.value = what
  }
  const duplicate = useAction(panel, async () => {
    await panel.api.createOverlay(copyOf(overlay.name), overlay.settings)
    await panel.overlays.load()
  })
  const { theme } = resolveSettings(overlay.settings)
  const open = panel.feed.value.status?.overlays.filter((client) => client.overlay === overlay.id).length ?? 0
  const { name } = overlay
  const tool = (label: string, icon: typeof Plus, onPress: () => void) =>
    h(Button, { label, icon, tone: 'ghost', bare: true, onPress })
  return html`
    <li class="overlay-one">
      ${h(Miniature, { settings: overlay.settings, title: overlay.name })}
      <div class="overlay-words">
        <h2><bdi>${overlay.name}</bdi>${overlay.draft && html`<span class="scope draft-mark">${t('Draft')}</span>`}</h2>
        <p class="faint">${lookWord(SETTINGS.theme.values[theme])} · ${open === 0 ? t('not open anywhere') : tn(open, 'open in {n} place', 'open in {n} places')}</p>
      </div>
      <div class="overlay-do">
        <a class="button button-primary" href=${`#/overlays/${overlay.id}`}>${h(Icon, { icon: Palette })}<span>${t('Edit look')}</span></a>
        ${h(CopyButton, { text: overlay.url, label: t('Copy address') })}
      </div>
      <div class="overlay-tools">
        ${tool(t('Rename {name}', { name }), Pencil, ask('rename'))}
        ${tool(t('Duplicate {name}', { name }), CopyPlus, duplicate.run)}
        ${tool(t('New address for {name}', { name }), RefreshCw, ask('rotate'))}
        ${tool(t('Delete {name}', { name }), Trash2, ask('delete'))}
      </div>
      ${asked.value === 'rename' && h(NameDialog, { panel, overlay, onClose })}
      ${asked.value === 'rotate' && h(RotateDialog, { panel, overlay, onClose })}
      ${asked.value === 'delete' && h(DeleteOverlayDialog, { panel, overlay, onClose })}
    </li>
  `
}
