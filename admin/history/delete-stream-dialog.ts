import { h } from 'preact'
import type { StreamView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { Dialog } from '../parts/dialog.ts'
import { TypedConfirm } from '../parts/typed-confirm.ts'
import { counted } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'

/** What is typed to delete a stream that has no title. */
const UNTITLED = 'delete'

export interface DeleteStreamDialogProps {
  panel: Panel
  stream: StreamView
  onClose: () => void
}

export function DeleteStreamDialog({ panel, stream, onClose }: DeleteStreamDialogProps): View {
  const run = async () => {
    await panel.api.deleteStream(stream.id)
    onClose()
    panel.toasts.ok(`“${stream.title || 'Untitled stream'}” was deleted. It can be brought back for 7 days.`)
    location.hash = '#/history'
  }
  return h(
    Dialog,
    { id: 'delete', title: `Delete “${stream.title || 'this stream'}”?`, onClose },
    html`<p class="muted">${counted(stream.messages, 'message', 'messages')} leave every list, search and file. For 7 days the stream can be brought back on the History page; then it is gone for good.</p>`,
    h(TypedConfirm, { id: 'delete-title', name: stream.title || UNTITLED, label: 'Delete stream', run }),
  )
}
