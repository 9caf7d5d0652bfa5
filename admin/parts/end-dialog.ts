import { useSignal } from '@preact/signals'
import { CircleStop } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { clock, number } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Dialog } from './dialog.ts'
import { FormError, useForm } from './form.ts'
import { TypedConfirm } from './typed-confirm.ts'

/** What is typed to discard a stream that was given no title. */
const UNTITLED = 'discard'

export function EndDialog({ panel, onClose }: { panel: Panel; onClose: () => void }): View {
  const { stream, status } = panel.feed.value
  const discarding = useSignal(false)
  const end = async (discard: boolean) => {
    const ended = await panel.api.endStream(discard)
    onClose()
    if (discard) panel.toasts.ok('The stream was discarded.')
    else panel.toasts.ok('The stream is archived.', { href: `#/history/${ended.id}`, label: 'Open in History' })
  }
  const form = useForm(() => end(false))
  const body = discarding.value
    ? html`
        <p class="muted">The stream and all its messages are deleted. This cannot be undone.</p>
        ${h(TypedConfirm, {
          id: 'discard-title',
          name: stream.title || UNTITLED,
          label: 'End and discard stream',
          run: () => end(true),
        })}
      `
    : html`
        <form class="form" onSubmit=${form.onSubmit}>
          ${h(FormError, { form })}
          <div class="dialog-foot">
            ${h(Button, {
              label: 'End & discard…',
              tone: 'ghost',
              onPress: () => {
                discarding.value = true
              },
            })}
            ${h(Button, { label: 'Keep open', onPress: onClose })}
            ${h(Button, { label: 'End & archive', icon: CircleStop, tone: 'danger', submit: true, off: form.busy.value })}
          </div>
        </form>
      `
  return h(
    Dialog,
    { id: 'end', title: `End “${stream.title || 'this stream'}”?`, onClose },
    html`
      <dl class="figures">
        <div><dt>Duration</dt><dd>${clock(panel.now.value - (stream.startedAt ?? panel.now.value))}</dd></div>
        <div><dt>Messages</dt><dd>${number(status?.messages ?? 0)}</dd></div>
      </dl>
      ${body}
    `,
  )
}
