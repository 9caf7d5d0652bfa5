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
    <div role="status"><ul class="clients">
      ${clients.map(
        (client) => html`
          <li><span class="light" data-light="on"></span>${connected(client)}<span class="faint">${detail(client, panel.now.value)}</span></li>
        `,
      )}
    </ul></div>
  `
}

type Seen = Pick<OverlayClient, 'obs' | 'name'>

export function connected({ obs, name }: Seen): string {
  if (obs !== null) return 'Connected from OBS'
  return name === '' ? 'Connected from a browser' : `Connected: ${name}`
}

/** OBS tells the version of its browser source, not its own. */
function detail({ obs, since: from }: OverlayClient, now: number): string {
  const span = since(now - from)
  return obs === null ? span : `v${obs} · ${span}`
}
