import { type Signal, useSignal } from '@preact/signals'
import { ExternalLink, Eye, EyeOff, Globe, MonitorPlay, Palette, Plus, QrCode, RefreshCw, Send } from 'lucide'
import { h } from 'preact'
import type { OverlayView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { maskedAddress, SOURCE, type Source, sourceOf } from '../state/obs.ts'
import type { Panel } from '../state/panel.ts'
import { sendTest } from '../state/test-message.ts'
import { useAction } from './action.ts'
import { Button } from './button.ts'
import { Card } from './card.ts'
import { CopyButton } from './copy.ts'
import { DragLink } from './drag-link.ts'
import { Icon } from './icon.ts'
import { Later } from './later.ts'
import { type LiveMore, liveMore } from './live-more.ts'
import { OverlayClients } from './overlay-clients.ts'
import { RotateDialog, type RotateDialogProps } from './rotate-dialog.ts'
import { Empty, Failed, Skeleton } from './states.ts'

/** The overlay's address and what is connected to it. */
export function OverlayCard({ panel }: { panel: Panel }): View {
  return h(Card, { id: 'obs', title: t('Put it into OBS'), class: 'obs-card' }, h(Body, { panel }))
}

function Body({ panel }: { panel: Panel }): View | View[] {
  const loaded = panel.overlays.now.value
  if (loaded.state === 'loading') return h(Skeleton, { rows: 3 })
  if (loaded.state === 'failed') {
    return h(Failed, {
      what: t('The overlays could not be loaded.'),
      error: loaded.error,
      again: () => void panel.overlays.load(),
    })
  }
  if (loaded.value.length === 0) return h(None, { panel })
  const several = loaded.value.length > 1
  return loaded.value.map((overlay) => h(One, { key: overlay.id, panel, overlay, several }))
}

function None({ panel }: { panel: Panel }): View {
  const make = useAction(panel, async () => panel.overlays.set([await panel.api.createOverlay()]))
  return h(
    Empty,
    { icon: MonitorPlay, text: t('There is no overlay yet.') },
    h(Button, { label: t('Make an overlay'), icon: Plus, tone: 'primary', off: make.busy, onPress: make.run }),
  )
}

interface OneProps {
  panel: Panel
  overlay: OverlayView
  /** Its name then tells it from the others. */
  several: boolean
  key?: string
}

type Asked = 'code' | 'place' | 'site' | 'rotate' | null

function One({ panel, overlay, several }: OneProps): View {
  const asked = useSignal<Asked>(null)
  const source = useSignal<Source>(SOURCE)
  const ask = (what: Asked) => () => {
    asked.value = what
  }
  return html`
    <div class="overlay">
      ${several && html`<h3><bdi>${overlay.name}</bdi></h3>`}
      ${h(Address, { overlay })}
      <div class="button-pair">
        ${h(CopyButton, { text: overlay.url, label: t('Copy overlay address'), tone: 'primary' })}
        ${h(Button, { label: t('QR'), icon: QrCode, onPress: ask('code') })}
      </div>
      <div class="button-pair">
        ${h(DragLink, { url: overlay.url, source: sourceOf(source.value) })}
        ${h(Button, { label: t('Open|a page that is not'), icon: ExternalLink, onPress: () => void window.open(overlay.url, '_blank', 'noopener') })}
      </div>
      ${h(Steps, { source: sourceOf(source.value) })}
      <p class="faint">
        ${t('Or let OBS make it, in a size of your own, or wait for CrossChat:')}${' '}
        <button type="button" class="link" onClick=${ask('place')}>${h(Icon, { icon: MonitorPlay, size: 14 })} ${t('More ways into OBS')}</button>
      </p>
      <p class="faint">
        ${t('Or beside your stream, for everybody:')}${' '}
        <button type="button" class="link" onClick=${ask('site')}>${h(Icon, { icon: Globe, size: 14 })} ${t('Put it on your site')}</button>
      </p>
      ${h(OverlayClients, { panel, overlay })}
      <div class="button-pair">
        ${h(Button, { label: t('Send a test message'), icon: Send, onPress: () => void sendTest(panel) })}
        <a class="button button-plain" href=${`#/overlays/${overlay.id}`}>${h(Icon, { icon: Palette })}<span>${t('Look…')}</span></a>
      </div>
      <p class="faint">
        ${t('Anyone with this address can see the chat.')}${' '}
        <button type="button" class="link" onClick=${ask('rotate')}>${h(Icon, { icon: RefreshCw, size: 14 })} ${t('Make a new address')}</button>
      </p>
      ${dialogOf(asked.value, { panel, overlay, source, onClose: ask(null) })}
    </div>
  `
}

function Steps({ source: { width, height } }: { source: Source }): View {
  // As they are typed into OBS, without marks for thousands.
  const sides = { width: String(width), height: String(height) }
  return html`
    <ol class="obs-steps">
      <li>${t('In OBS: Sources → + → Browser.')}</li>
      <li>${t('Paste the address. Width {width}, height {height}.', sides)}</li>
      <li>${t('Leave “Shutdown source when not visible” off.')}</li>
    </ol>
  `
}

function dialogOf(asked: Asked, props: RotateDialogProps & { source: Signal<Source> }): View | null {
  if (asked === 'rotate') return h(RotateDialog, props)
  if (asked === 'site') return later(({ SiteDialog }) => h(SiteDialog, props))
  if (asked === 'code') return later(({ QrDialog }) => h(QrDialog, props))
  return asked === 'place' ? later(({ ObsDialog }) => h(ObsDialog, props)) : null
}

const later = (draw: (more: LiveMore) => View) => h(Later<LiveMore>, { fetch: liveMore, draw })

/** Masked until asked for: the panel is often on stream itself. */
function Address({ overlay }: { overlay: OverlayView }): View {
  const shown = useSignal(false)
  const toggle = () => {
    shown.value = !shown.value
  }
  return html`
    <div class="address">
      <input
        type="text"
        readonly
        aria-label=${t('Overlay address')}
        value=${shown.value ? overlay.url : maskedAddress(overlay.url)}
        onFocus=${(event: FocusEvent) => shown.value && (event.currentTarget as HTMLInputElement).select()}
      />
      ${h(Button, {
        label: shown.value ? t('Hide the address') : t('Show the address'),
        icon: shown.value ? EyeOff : Eye,
        tone: 'ghost',
        bare: true,
        onPress: toggle,
      })}
    </div>
  `
}
