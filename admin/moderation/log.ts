import { type Signal, useSignal } from '@preact/signals'
import { ScrollText, Undo2 } from 'lucide'
import { h } from 'preact'
import { useEffect } from 'preact/hooks'
import type { DeedView } from '../../server/api.ts'
import { type ApiError, asApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { t, tx } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import { deedText, undoOf } from '../state/deeds.ts'
import { dayAndTime, machineTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Title } from './words.ts'

/** What the server keeps. */
const MAX_DEEDS = 1_000

interface Pages {
  items: readonly DeedView[]
  next: string | null
}

/** Who did what, newest first. */
export function Log({ panel }: { panel: Panel }): View {
  const pages = useSignal<Pages | null>(null)
  const error = useSignal<ApiError | null>(null)
  const busy = useSignal(false)
  const load = (after: Pages | null) => fetchPage(panel, pages, error, busy, after)
  useEffect(() => void load(null), [])
  const loaded = pages.value
  return h(
    Card,
    {
      id: 'log',
      title: h(Title, { id: 'part-log', text: t('Log') }),
      aside: html`<p class="muted">${t('90 days, at most {n} entries', { n: MAX_DEEDS })}</p>`,
    },
    loaded === null && error.value === null && h(Skeleton, { rows: 6 }),
    error.value !== null &&
      h(Failed, { what: t('The log could not be loaded.'), error: error.value, again: () => void load(loaded) }),
    loaded?.items.length === 0 &&
      h(Empty, {
        icon: ScrollText,
        text: t('Nothing was done yet. What you and your moderators hide, release or change stands here.'),
      }),
    loaded !== null &&
      loaded.items.length > 0 &&
      html`<ul class="lines">${loaded.items.map((deed) => h(Line, { key: deed.id, panel, deed, again: () => load(null) }))}</ul>`,
    loaded !== null &&
      loaded.next !== null &&
      html`<div class="more">${h(Button, { label: t('Show older ones'), off: busy.value, onPress: () => void load(loaded) })}</div>`,
  )
}

async function fetchPage(
  panel: Panel,
  pages: Signal<Pages | null>,
  error: Signal<ApiError | null>,
  busy: Signal<boolean>,
  after: Pages | null,
): Promise<void> {
  if (busy.peek()) return
  busy.value = true
  error.value = null
  try {
    const { items, next } = await panel.api.deeds(after?.next ?? null)
    pages.value = { items: [...(after?.items ?? []), ...items], next }
  } catch (thrown) {
    error.value = asApiError(thrown)
  } finally {
    busy.value = false
  }
}

interface LineProps {
  panel: Panel
  deed: DeedView
  again: () => Promise<void>
  key?: string
}

function Line({ panel, deed, again }: LineProps): View {
  const { at, by, author, text, undoneBy } = deed
  const asked = useSignal(false)
  const undo = panel.works.may('moderator') ? undoOf(deed, panel.api) : null
  const wrote = author ?? t('somebody')
  const dock = by.kind === 'dock' && html` <span class="scope">${t('dock')}</span>`
  const time = html`<time datetime=${machineTime(at)}>${dayAndTime(at)}</time>`
  const press = (call: () => Promise<unknown>) => {
    asked.value = true
    void call()
      .catch((error: Error) => panel.toasts.failed(error))
      .finally(async () => {
        await again()
        asked.value = false
      })
  }
  return html`
    <li class="line" data-undone=${undoneBy !== null ? '' : undefined}>
      <div>
        <p>${tx(deedText(deed), { who: html`<strong><bdi>${by.name}</bdi></strong>${dock}`, author: html`<bdi>${wrote}</bdi>` })}</p>
        ${text !== null && html`<p class="muted deed-text"><bdi>${text}</bdi></p>`}
        <p class="faint">${undoneBy === null ? time : tx('{time}, taken back', { time })}</p>
      </div>
      ${undo !== null && h(Button, { label: t('Undo'), says: t('Undo: {what}', { what: t(deedText(deed), { who: by.name, author: wrote }) }), icon: Undo2, tone: 'ghost', off: asked.value, onPress: () => press(undo) })}
    </li>
  `
}
