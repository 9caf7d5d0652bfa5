import { Undo2 } from 'lucide'
import { h } from 'preact'
import type { DeedView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tx } from '../language/words.ts'
import { useAction } from '../parts/action.ts'
import { Ago } from '../parts/ago.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { deedText, undoOf } from '../state/deeds.ts'
import type { Panel } from '../state/panel.ts'

const SHOWN = 5

/** The last things that moderators did, each with the way back where there is one. */
export function LogCard({ panel }: { panel: Panel }): View | null {
  const deeds = (panel.desk.deeds.value ?? []).slice(0, SHOWN)
  if (deeds.length === 0) return null
  return h(
    Card,
    { id: 'recent', title: t('Recent moderation'), class: 'recent-card' },
    html`<ul class="deeds">${deeds.map((deed) => h(Line, { key: deed.id, panel, deed }))}</ul>`,
  )
}

function Line({ panel, deed }: { panel: Panel; deed: DeedView; key?: string }): View {
  const { by, author, text, at, undoneBy } = deed
  const undo = panel.works.may('moderator') ? wayBack(panel, deed) : null
  return html`
    <li class="deed" data-undone=${undoneBy === null ? undefined : ''}>
      <div>
        <p>${tx(deedText(deed), { who: html`<bdi class="deed-by">${by.name}</bdi>`, author: html`<bdi>${author ?? t('somebody')}</bdi>` })}</p>
        ${text !== null && html`<p class="deed-text"><bdi>${text}</bdi></p>`}
        <p class="faint">${h(Ago, { at, now: panel.now.value })}${undoneBy !== null && ` · ${t('taken back')}`}</p>
      </div>
      ${undo && h(Undo, { panel, deed, undo })}
    </li>
  `
}

/** What is featured is known from the feed, not from the log. */
function wayBack({ api, feed }: Panel, deed: DeedView): (() => Promise<unknown>) | null {
  const { what, target } = deed
  const shown = what === 'feature' && target !== null && 'id' in target && target.id === feed.value.featured?.id
  return shown ? () => api.feature(null) : undoOf(deed, api)
}

function Undo({ panel, deed, undo }: { panel: Panel; deed: DeedView; undo: () => Promise<unknown> }): View {
  const action = useAction(panel, async () => {
    await undo()
  })
  const label = deed.author === null ? t('Undo') : t('Undo: {what}', { what: deed.author })
  return h(Button, { label, icon: Undo2, tone: 'ghost', bare: true, off: action.busy, onPress: action.run })
}
