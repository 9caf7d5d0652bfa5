import { Lock } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { Empty } from '../parts/states.ts'
import type { Panel } from '../state/panel.ts'
import { ROLE_NAMES } from '../state/roles.ts'
import { useTitle } from './page.ts'

/** A page that the role here does not open: says so, and whom to ask. */
export function NotAllowed({ panel }: { panel: Panel }): View | null {
  useTitle('Not for your role')
  const here = panel.works.here.value
  if (here === null) return null
  return html`
    <div class="page">
      <h1 id="heading" tabindex="-1">Not for your role</h1>
      ${h(
        Empty,
        { icon: Lock, text: `You are ${ROLE_NAMES[here.role]} of ${here.name}. This page is its owner’s; ask them.` },
        html`<a class="button button-primary" href="#/live"><span>Go to Live</span></a>`,
      )}
    </div>
  `
}
