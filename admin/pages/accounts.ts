import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { AccountCard } from '../parts/account-card.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import type { Panel } from '../state/panel.ts'
import { useTitle } from './page.ts'

/** Which channels are followed: one card a platform. */
export function Accounts({ panel }: { panel: Panel }): View {
  useTitle(t('Accounts'))
  return html`
    <div class="page accounts">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">${t('Accounts')}</h1>
        <p class="muted">${t('The channels whose chats CrossChat reads and shows as one. A name or an address is enough.')}</p>
      </header>
      ${h(Cards, { panel })}
    </div>
  `
}

function Cards({ panel }: { panel: Panel }): View | View[] {
  const platforms = panel.platforms.now.value
  const views = panel.sources.views.value
  const first = panel.sources.first.now.value
  if (platforms.state === 'failed') {
    const again = () => void panel.platforms.load()
    return h(Failed, { what: t('The platforms could not be loaded.'), error: platforms.error, again })
  }
  if (views === null && first.state === 'failed') {
    const again = () => void panel.sources.fill()
    return h(Failed, { what: t('The accounts could not be loaded.'), error: first.error, again })
  }
  if (platforms.state === 'loading' || views === null) return h(Skeleton, { rows: 9 })
  return platforms.value.items.flatMap((about) => {
    const view = views.get(about.id)
    return view === undefined ? [] : [h(AccountCard, { key: about.id, panel, about, view })]
  })
}
