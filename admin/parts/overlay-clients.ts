import { RefreshCw } from 'lucide'
import { h } from 'preact'
import type { OverlayView } from '../../server/api.ts'
import type { OverlayClient, PageReport } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { since } from '../state/format.ts'
import { madeOf, placeOf, standingOf } from '../state/obs.ts'
import type { Panel } from '../state/panel.ts'
import { useAction } from './action.ts'
import { Button } from './button.ts'

interface Props {
  panel: Panel
  overlay: OverlayView
}

/** Who has this overlay open now, and how each page is. The socket's word is newer than the list's. */
export function OverlayClients({ panel, overlay }: Props): View {
  const status = panel.feed.value.status
  const clients = status ? status.overlays.filter((client) => client.overlay === overlay.id) : overlay.clients
  if (clients.length === 0) {
    return html`
      <p class="clients-none" role="status"><span class="light" data-light="waiting"></span>${t('Waiting for your overlay…')}</p>
    `
  }
  const now = panel.now.value
  const { build } = panel.feed.value
  return html`
    <div class="clients">
      <p class="unseen" role="status">${summary(clients)}</p>
      <ul>${clients.map((client) => h(One, { client, build, now }))}</ul>
      ${h(ReloadButton, { panel, overlay })}
    </div>
  `
}

function One({ client, build, now }: { client: OverlayClient; build: string | null; now: number }): View {
  const { word, light } = standingOf(client)
  const { report } = client
  const made = madeOf(client)
  const open = t('Open {time}', { time: since(now - client.since) })
  return html`
    <li class="client">
      <p class="client-head">
        <span class="light" data-light=${light}></span>
        <strong>${placeOf(client)}</strong>
        <span class="client-standing">${word}</span>
      </p>
      ${made !== '' && html`<p class="faint">${made}</p>`}
      <p class="faint">${open}${report && drawn(report, now)}</p>
      ${report && isOld(report, build) && html`<p class="faint"><span class="old-build">${t('Old version: it loads anew in a pause')}</span></p>`}
    </li>
  `
}

function ReloadButton({ panel, overlay }: Props): View {
  const reload = useAction(panel, async () => {
    const { pages } = await panel.api.reloadOverlay(overlay.id)
    panel.toasts.ok(
      pages === 0
        ? t('No page has this overlay open any more.')
        : tn(
            pages,
            '{n} page loads anew as soon as the chat pauses for two seconds.',
            '{n} pages load anew as soon as the chat pauses for two seconds.',
          ),
    )
  })
  return h(Button, {
    label: t('Reload'),
    icon: RefreshCw,
    off: reload.busy,
    onPress: reload.run,
    class: 'clients-reload',
  })
}

/** ` · 12 rows · drew 3 s ago` */
function drawn({ rows, queue, paintedAt }: PageReport, now: number): string {
  const last =
    paintedAt === null ? t('nothing drawn yet') : t('drew {time} ago', { time: since(Math.max(0, now - paintedAt)) })
  const waiting = queue > 0 ? [tn(queue, '{n} frame waits', '{n} frames wait')] : []
  return ['', tn(rows, '{n} row', '{n} rows'), last, ...waiting].join(' · ')
}

const isOld = (report: PageReport, build: string | null) => build !== null && report.build !== build

function summary(clients: readonly OverlayClient[]): string {
  const active = clients.filter(({ report }) => report?.active === true).length
  return tn(clients.length, '{n} page is open, {active} on programme.', '{n} pages are open, {active} on programme.', {
    active,
  })
}
