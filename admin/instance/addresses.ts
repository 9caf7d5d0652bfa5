import { useSignal } from '@preact/signals'
import { h } from 'preact'
import type { AddressesView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tx } from '../language/words.ts'
import { useAction } from '../parts/action.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { askAddress, REACHED, type Reached } from '../state/address-check.ts'
import type { Panel } from '../state/panel.ts'

interface Found {
  address: string
  reached: Reached
}

/** Under which addresses this instance answers, and whether they lead here. It is this browser that asks, not the server. */
export function AddressesCard({ panel, addresses }: { panel: Panel; addresses: AddressesView }): View {
  const found = useSignal<readonly Found[]>([])
  const check = useAction(panel, async () => {
    found.value = []
    const asked = await panel.api.addressCheck()
    for (const address of asked.addresses) {
      const reached = await askAddress(address, asked.nonce, location, (path, init) => fetch(path, init))
      found.value = [...found.value, { address, reached }]
    }
  })
  const here = location.origin
  return h(
    Card,
    { id: 'addresses', title: t('Addresses'), class: 'instance-card' },
    html`
      <dl class="addresses">
        <div><dt>${t('You opened')}</dt><dd><code>${here}</code></dd></div>
        <div><dt>${t('Links begin with')}</dt><dd><code>${addresses.printed}</code></dd></div>
        <div><dt>${t('Calls may come from pages of')}</dt><dd>${originsOf(addresses)}</dd></div>
        <div><dt>${t('The server listens on')}</dt><dd><code>${addresses.listening}</code></dd></div>
      </dl>
      ${
        here !== addresses.printed &&
        html`<p class="instance-note">${t('You opened {here}, but links of overlays, docks and invitations begin with {printed}. Check that it leads here.', { here, printed: addresses.printed })}</p>`
      }
      <div class="address-check">
        ${h(Button, { label: check.busy ? t('Asking…') : t('Check the addresses'), off: check.busy, onPress: check.run })}
        <div role="status" class="address-found"><ul>
          ${found.value.map(({ address, reached }) => html`<li data-reached=${reached}><code>${address}</code> ${t(REACHED[reached])}</li>`)}
        </ul></div>
      </div>
    `,
  )
}

function originsOf({ origins }: AddressesView): View {
  if (origins.length === 0)
    return html`<span>${tx('its own names, over http. {setting} is not set.', { setting: html`<code>CROSSCHAT_PUBLIC_URL</code>` })}</span>`
  return html`<span>${origins.map((origin) => html`<code>${origin}</code> `)}</span>`
}
