import { type Signal, useSignal } from '@preact/signals'
import { CircleStop } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import { clock, number } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Dialog } from './dialog.ts'
import { FormError, useForm } from './form.ts'
import { TypedConfirm } from './typed-confirm.ts'

/** What is typed to discard a stream that was given no title. */
const UNTITLED: Text = 'discard'

export interface EndDialogProps {
  panel: Panel
  onClose: () => void
}

export function EndDialog({ panel, onClose }: EndDialogProps): View {
  const { stream, status } = panel.feed.value
  const discarding = useSignal(false)
  return h(
    Dialog,
    { id: 'end', title: stream.title ? t('End “{title}”?', { title: stream.title }) : t('End this stream?'), onClose },
    html`
      <dl class="figures">
        <div><dt>${t('Duration')}</dt><dd>${clock(panel.now.value - (stream.startedAt ?? panel.now.value))}</dd></div>
        <div><dt>${t('Messages')}</dt><dd>${number(status?.messages ?? 0)}</dd></div>
      </dl>
    `,
    discarding.value ? h(Discard, { panel, onClose }) : h(Choice, { panel, onClose, discarding }),
  )
}

function Choice({ panel, onClose, discarding }: EndDialogProps & { discarding: Signal<boolean> }): View {
  const form = useForm(async () => {
    const { id } = await panel.api.endStream(false)
    onClose()
    panel.toasts.ok(t('The stream is archived.'), { href: `#/history/${id}`, label: t('Open in History') })
  })
  const discard = () => {
    discarding.value = true
  }
  return html`
    <form class="form" onSubmit=${form.onSubmit}>
      ${h(FormError, { form })}
      <div class="dialog-foot">
        ${h(Button, { label: t('End & discard…'), tone: 'ghost', onPress: discard })}
        ${h(Button, { label: t('Keep open'), onPress: onClose })}
        ${h(Button, { label: t('End & archive'), icon: CircleStop, tone: 'danger', submit: true, off: form.busy.value })}
      </div>
    </form>
  `
}

function Discard({ panel, onClose }: EndDialogProps): View {
  const run = async () => {
    await panel.api.endStream(true)
    onClose()
    panel.toasts.ok(t('The stream was discarded.'))
  }
  const name = panel.feed.value.stream.title || t(UNTITLED)
  return html`
    <p class="muted">${t('The stream and all its messages are deleted. This cannot be undone.')}</p>
    ${h(TypedConfirm, { id: 'discard-title', name, label: t('End and discard stream'), run })}
  `
}
