import { type Signal, useSignal } from '@preact/signals'
import { Download, MonitorPlay } from 'lucide'
import { h } from 'preact'
import type { OverlayView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Dialog } from '../parts/dialog.ts'
import { DragLink } from '../parts/drag-link.ts'
import { Field, TextField } from '../parts/field.ts'
import { Icon } from '../parts/icon.ts'
import { MAX_SOURCE_NAME, OBS_PORT, SOURCE_SIDE, type Source, sourceOf } from '../state/obs.ts'

export interface ObsDialogProps {
  overlay: OverlayView
  /** As it is to be named and sized; kept for as long as the card is there. */
  source: Signal<Source>
  onClose: () => void
}

/** Every way of an overlay into OBS, by name and size. */
export function ObsDialog({ overlay, source, onClose }: ObsDialogProps): View {
  return h(
    Dialog,
    { id: 'into-obs', title: t('Into OBS'), onClose },
    html`
      <div class="form">
        ${h(SourceFields, { source })}
        ${h(ByDrag, { overlay, source })}
        ${h(BySocket, { overlay, source })}
        ${h(ByFile, { overlay })}
      </div>
    `,
  )
}

function SourceFields({ source }: { source: Signal<Source> }): View {
  const set = (change: Partial<Source>) => {
    source.value = { ...source.value, ...change }
  }
  return html`
    <div class="field-row source-fields">
      ${h(TextField, {
        id: 'source-name',
        label: t('Name of the source'),
        value: source.value.name,
        onText: (name) => set({ name }),
        input: { maxlength: MAX_SOURCE_NAME, autocomplete: 'off' },
      })}
      ${h(Side, { id: 'source-width', label: t('Width, px'), value: source.value.width, onSide: (width) => set({ width }) })}
      ${h(Side, { id: 'source-height', label: t('Height, px'), value: source.value.height, onSide: (height) => set({ height }) })}
    </div>
  `
}

interface SideProps {
  id: string
  label: string
  value: number
  onSide: (side: number) => void
}

function Side({ id, label, value, onSide }: SideProps): View {
  const onInput = (event: InputEvent) => onSide((event.currentTarget as HTMLInputElement).valueAsNumber)
  const { least, most } = SOURCE_SIDE
  return h(Field, {
    id,
    label,
    control: (tied) =>
      html`<input type="number" min=${least} max=${most} ...${tied} value=${Number.isNaN(value) ? '' : value} onInput=${onInput} />`,
  })
}

function ByDrag({ overlay, source }: { overlay: OverlayView; source: Signal<Source> }): View {
  return html`
    <section class="way">
      <h3>${t('Drag it over')}</h3>
      <p class="muted">${t('Drop it on the preview or on the list of sources. OBS asks once, and makes the source.')}</p>
      ${h(DragLink, { url: overlay.url, source: sourceOf(source.value) })}
    </section>
  `
}

type Outcome = { ok: boolean; text: string } | null

function BySocket({ overlay, source }: { overlay: OverlayView; source: Signal<Source> }): View {
  const port = useSignal(String(OBS_PORT))
  const password = useSignal('')
  const busy = useSignal(false)
  const outcome = useSignal<Outcome>(null)
  const open = async () => {
    busy.value = true
    outcome.value = null
    outcome.value = await attempt({
      port: Number(port.value) || 0,
      password: password.value,
      source: sourceOf(source.value),
      url: overlay.url,
    })
    if (outcome.value.ok) password.value = ''
    busy.value = false
  }
  const onSubmit = (event: Event) => {
    event.preventDefault()
    if (!busy.value) void open()
  }
  return html`
    <form class="way" onSubmit=${onSubmit} novalidate>
      <h3>${t('Let OBS make it')}</h3>
      <p class="muted">
        ${t('For OBS on this computer: Tools → WebSocket Server Settings → Enable WebSocket server. The source comes into the scene on programme; one of that name gets the new address.')}
      </p>
      <div class="field-row">
        ${h(TextField, {
          id: 'obs-port',
          label: t('Port'),
          value: port.value,
          onText: (text) => {
            port.value = text
          },
          input: { inputmode: 'numeric', maxlength: 5, autocomplete: 'off' },
        })}
        ${h(Field, {
          id: 'obs-password',
          label: t('Password, if it has one'),
          control: (tied) =>
            html`<input type="password" autocomplete="off" ...${tied} value=${password.value} onInput=${(
              event: InputEvent,
            ) => {
              password.value = (event.currentTarget as HTMLInputElement).value
            }} />`,
        })}
      </div>
      <p class="field-hint">${t('The password stays in this page. It is not sent to the server and not kept.')}</p>
      ${h(Told, { outcome: outcome.value })}
      ${h(Button, { label: busy.value ? t('Asking OBS…') : t('Open in OBS'), icon: MonitorPlay, submit: true, off: busy.value })}
    </form>
  `
}

/** The line to OBS is loaded where somebody wants it. */
async function attempt(order: {
  port: number
  password: string
  source: Source
  url: string
}): Promise<NonNullable<Outcome>> {
  const { here, ObsTrouble, putIntoObs } = await import('../state/obs-websocket.ts')
  try {
    const done = await putIntoObs(order, here())
    const { name } = order.source
    return {
      ok: true,
      text:
        done === 'made'
          ? t('“{name}” is in OBS now.', { name })
          : t('“{name}” in OBS has the new address and size.', { name }),
    }
  } catch (thrown) {
    const known = thrown instanceof ObsTrouble
    return {
      ok: false,
      text: known ? thrown.message : t('This browser does not let the page reach OBS: {why}', { why: String(thrown) }),
    }
  }
}

function Told({ outcome }: { outcome: Outcome }): View {
  return html`
    <div>
      <p class="way-done" role="status">${outcome?.ok ? outcome.text : ''}</p>
      <p class="form-error" role="alert">${outcome?.ok === false ? outcome.text : ''}</p>
    </div>
  `
}

function ByFile({ overlay }: { overlay: OverlayView }): View {
  return html`
    <section class="way">
      <h3>${t('OBS is started before CrossChat?')}</h3>
      <p class="muted">
        ${t('A source whose page is not there when OBS starts stays blank. Keep this file, tick “Local file” in the source and choose it: it waits for CrossChat, and then shows the overlay. It holds the overlay’s key, so give it to nobody.')}
      </p>
      <a class="button button-plain" href=${`/api/overlays/${overlay.id}/waiting-file`} download>
        ${h(Icon, { icon: Download })}<span>${t('Download the waiting page')}</span>
      </a>
    </section>
  `
}
