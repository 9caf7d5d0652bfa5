import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { understood } from '../state/understood.ts'

/** How a search was understood: what is an operator, and what are only words. Plain words need no telling. */
export function UnderstoodChips({ q }: { q: string }): View | null {
  const terms = understood(q)
  if (terms.every(({ kind, without }) => kind === 'words' && !without) && !q.includes(':')) return null
  return html`
    <ul class="understood" aria-label=${t('How this was understood')}>
      ${terms.map(
        ({ text, kind, without }) => html`
          <li class="scope" data-kind=${kind}>
            ${without ? `${t('without')} ` : ''}${kind === 'words' ? html`“<bdi>${text}</bdi>”` : html`<bdi>${text}</bdi>`}
          </li>
        `,
      )}
    </ul>
  `
}
