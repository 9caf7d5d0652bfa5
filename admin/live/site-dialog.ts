import { h } from 'preact'
import type { OverlayView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { CopyButton } from '../parts/copy.ts'
import { Dialog } from '../parts/dialog.ts'
import { SITE_HEIGHT, siteLine } from '../state/own-site.ts'

/** The overlay for a page of the streamer's own site. The line itself is not shown: it holds the key, and the panel is often on stream. */
export function SiteDialog({ overlay, onClose }: { overlay: OverlayView; onClose: () => void }): View {
  return h(
    Dialog,
    { id: 'on-site', title: t('On your own site'), onClose },
    html`
      <div class="form">
        <p>${t('Copy one line and put it into your page, where the chat is to stand. It becomes as wide as that place, and {height} px high.', { height: SITE_HEIGHT })}</p>
        ${h(CopyButton, { text: siteLine(overlay.url), label: t('Copy the line'), tone: 'primary' })}
        <p class="muted">${t('Whoever opens your page can read the key in it, and with it this chat. Nobody can write with it.')}</p>
        <p class="muted">
          ${t('An overlay for your site alone can be given a new address while the one in OBS stays as it is.')}<br />
          <a href="#/overlays">${t('Make an overlay')}</a>
        </p>
      </div>
    `,
  )
}
