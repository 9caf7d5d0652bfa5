import { Lock } from 'lucide'
import { h } from 'preact'
import type { WorkplaceView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Empty } from '../parts/states.ts'
import type { Panel } from '../state/panel.ts'
import { useTitle } from './page.ts'

/** A page that the role here does not open: says so, and whom to ask. */
export function NotAllowed({ panel }: { panel: Panel }): View | null {
  useTitle(t('Not for your role'))
  const here = panel.works.here.value
  if (here === null) return null
  return html`
    <div class="page">
      <h1 id="heading" tabindex="-1">${t('Not for your role')}</h1>
      ${h(
        Empty,
        { icon: Lock, text: whoYouAre(here) },
        html`<a class="button button-primary" href="#/live"><span>${t('Go to Live')}</span></a>`,
      )}
    </div>
  `
}

function whoYouAre({ role, name }: WorkplaceView): string {
  return role === 'moderator'
    ? t('You are a moderator of {name}. This page is its owner’s; ask them.', { name })
    : t('You are a viewer of {name}. This page is its owner’s; ask them.', { name })
}
