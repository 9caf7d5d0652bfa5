import { h } from 'preact'
import type { SourceView } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { conditionOf } from '../state/condition.ts'
import { since } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { type AccountProps, headingOf } from './account.ts'
import { AccountFollowed } from './account-followed.ts'
import { AccountUnfollowed } from './account-unfollowed.ts'
import { Light } from './light.ts'
import { Mark } from './mark.ts'

/** What is followed on one platform, drawn from what the platform says of itself. */
export function AccountCard({ panel, about, view }: AccountProps & { key?: string }): View {
  return html`
    <section class="card account" aria-labelledby=${headingOf(about.id)} data-state=${view.state}>
      <header class="card-head account-head">
        ${h(Mark, { id: about.id, about, quiet: true })}
        <h2 id=${headingOf(about.id)} tabindex="-1">${about.label}</h2>
        ${h(State, { panel, view })}
      </header>
      <div class="card-body">
        ${view.channel === null ? h(AccountUnfollowed, { panel, about, view }) : h(AccountFollowed, { panel, about, view })}
      </div>
    </section>
  `
}

/** What counts is not read out; a change of the word is. */
function State({ panel, view }: { panel: Panel; view: SourceView }): View {
  const now = panel.now.value
  const { light, word, counting } = conditionOf(view, now)
  const lasted =
    view.state === 'live' && view.since !== null ? t('for {time}', { time: since(now - view.since) }) : null
  return html`
    <p class="account-state">
      ${h(Light, { state: light })}
      <span class="account-word"><span role="status">${word}</span>${counting !== null && html`<span> ${counting}</span>`}</span>
      ${lasted !== null && html`<span class="faint">${lasted}</span>`}
    </p>
  `
}
