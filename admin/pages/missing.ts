import { Compass } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Empty } from '../parts/states.ts'
import { useTitle } from './page.ts'

export function Missing(_: object): View {
  useTitle(t('Nothing here'))
  return html`
    <div class="page">
      <h1 id="heading" tabindex="-1">${t('Nothing here')}</h1>
      ${h(
        Empty,
        { icon: Compass, text: t('There is no page under this address.') },
        html`<a class="button button-primary" href="#/live"><span>${t('Go to Live')}</span></a>`,
      )}
    </div>
  `
}
