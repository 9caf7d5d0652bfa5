import type { OverlayView } from '../../server/api.ts'
import type { OverlayClient } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { since } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'

/** Who has this overlay open now. The socket's word is newer than the list's. */
export function OverlayClients({ panel, overlay }: { panel: Panel; overlay: OverlayView }): View {
  const status = panel.feed.value.status
  const clients = status ? status.overlays.filter((client) => client.overlay === overlay.id) : overlay.clients
  if (clients.length === 0) {
    return html`
      <p class="clients-none" role="status"><span class="light" data-light="waiting"></span>Waiting for your overlay…</p>
    `
  }
  return html`
    <ul class="clients" role="status">
      ${clients.map(
        (client) => html`
          <li><span class="light" data-light="on"></span>${connected(client)}<span class="faint">for ${since(panel.now.value - client.since)}</span></li>
        `,
      )}
    </ul>
  `
}

export function connected({ obs, name }: Pick<OverlayClient, 'obs' | 'name'>): string {
  if (obs !== null) return `Connected from OBS (browser ${obs})`
  return name === '' ? 'Connected from a browser' : `Connected: ${name}`
}
