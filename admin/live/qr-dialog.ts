import { h } from 'preact'
import { useMemo } from 'preact/hooks'
import { encode } from 'uqr'
import type { OverlayView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { CopyButton } from '../parts/copy.ts'
import { Dialog } from '../parts/dialog.ts'
import { QR_BORDER, QrPicture } from '../parts/qr.ts'

/** The overlay's address for another machine's camera. */
export function QrDialog({ overlay, onClose }: { overlay: OverlayView; onClose: () => void }): View {
  const modules = useMemo(() => encode(overlay.url, { ecc: 'M', border: QR_BORDER }).data, [overlay.url])
  return h(
    Dialog,
    { id: 'qr', title: t('Overlay address as a QR code'), onClose },
    html`
      <div class="qr-body">
        ${h(QrPicture, { modules, label: t('QR code of the address of {name}', { name: overlay.name }) })}
        <p class="muted">${t('For OBS on another computer, or a phone. Whoever can see this code can see the chat: keep it off your stream.')}</p>
        ${h(CopyButton, { text: overlay.url, label: t('Copy overlay address') })}
      </div>
    `,
  )
}
