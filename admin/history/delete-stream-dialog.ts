import { h } from 'preact'
import type { StreamView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { Dialog } from '../parts/dialog.ts'
import { TypedConfirm } from '../parts/typed-confirm.ts'
import type { Panel } from '../state/panel.ts'
import { titleOf } from '../state/stream-title.ts'

export interface DeleteStreamDialogProps {
  panel: Panel
  stream: StreamView
  onClose: () => void
}

export function DeleteStreamDialog({ panel, stream, onClose }: DeleteStreamDialogProps): View {
  const run = async () => {
    await panel.api.deleteStream(stream.id)
    onClose()
    panel.toasts.ok(t('“{title}” was deleted. It can be brought back for 7 days.', { title: titleOf(stream) }))
    location.hash = '#/history'
  }
  return h(
    Dialog,
    { id: 'delete', title: t('Delete “{title}”?', { title: titleOf(stream) }), onClose },
    html`<p class="muted">${tn(stream.messages, '{n} message leaves every list, search and file. For 7 days the stream can be brought back on the History page; then it is gone for good.', '{n} messages leave every list, search and file. For 7 days the stream can be brought back on the History page; then it is gone for good.')}</p>`,
    // A stream without a title is deleted by a word.
    h(TypedConfirm, { id: 'delete-title', name: stream.title || t('delete'), label: t('Delete stream'), run }),
  )
}
