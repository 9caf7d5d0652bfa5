import { RotateCw, Settings2 } from 'lucide'
import { h } from 'preact'
import type { About, SourceView } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { hrefOf } from '../router.ts'
import { type Condition, retryWordOf, sentenceOf, troubleOf } from '../state/condition.ts'
import type { Panel } from '../state/panel.ts'
import { headingOf } from './account.ts'
import { useAction } from './action.ts'
import { Ago } from './ago.ts'
import { Button } from './button.ts'
import { Icon } from './icon.ts'
import { Light } from './light.ts'

interface SheetProps {
  panel: Panel
  about: About
  view: SourceView | undefined
  condition: Condition
  close: () => void
}

/** What a chip opens: the last error, the last message, and where to mend it. */
export function PlatformSheet({ panel, about, view, condition, close }: SheetProps): View {
  const followed = view !== undefined && view.channel !== null
  const leave = () => {
    close()
    // Where the address is this one already, nothing else moves the focus.
    document.getElementById(headingOf(about.id))?.focus()
  }
  return html`
    <div class="sheet chip-sheet" id=${`sheet-${about.id}`} role="group" aria-label=${about.label}>
      <p class="chip-sheet-head"><strong>${about.label}</strong>${followed && html`<bdi class="muted">${view.title ?? view.channel}</bdi>`}</p>
      <p class="chip-sheet-state">${h(Light, { state: condition.light })}<span>${sentenceOf(condition)}</span></p>
      <p class="muted">${sentenceFor(view)}</p>
      <dl class="chip-sheet-facts">
        <div><dt>${t('Last message')}</dt><dd>${h(Ago, { at: lastAt(panel, about, view), now: panel.now.value })}</dd></div>
      </dl>
      ${
        panel.works.may('owner') &&
        html`<div class="chip-sheet-foot">
        ${view && h(Retry, { panel, view })}
        <a class="button button-plain" href=${hrefOf({ page: 'accounts', platform: about.id })} onClick=${leave}>
          ${h(Icon, { icon: Settings2 })}<span>${followed ? t('Go to account') : t('Connect {platform}', { platform: about.label })}</span>
        </a>
      </div>`
      }
    </div>
  `
}

/** Messages may also be pushed in, of which the source knows nothing. */
function lastAt(panel: Panel, { id }: About, view: SourceView | undefined): number | null {
  return view?.lastEventAt ?? panel.feed.value.lastAt[id] ?? null
}

function sentenceFor(view: SourceView | undefined): string | null {
  if (view === undefined) return null
  if (view.channel === null) return t('No channel is followed here.')
  return view.enabled ? troubleOf(view) : t('Switched off: nothing is read from here.')
}

function Retry({ panel, view }: { panel: Panel; view: SourceView }): View | null {
  const action = useAction(panel, () => panel.sources.retry(view.platform))
  const word = retryWordOf(view.state)
  if (word === null) return null
  return h(Button, { label: word, icon: RotateCw, tone: 'primary', off: action.busy, onPress: action.run })
}
