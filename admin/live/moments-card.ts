import { Bookmark, X } from 'lucide'
import { type ComponentChildren, h } from 'preact'
import type { MomentView } from '../../server/api.ts'
import { asApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { t, tx } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { Icon } from '../parts/icon.ts'
import { hrefOf } from '../router.ts'
import { clock } from '../state/format.ts'
import { placeOf } from '../state/moment-place.ts'
import type { Panel } from '../state/panel.ts'

/** Places of the running stream that were marked; a press goes to one. */
export function MomentsCard({ panel }: { panel: Panel }): View | null {
  const { stream } = panel.feed.value
  if (!stream.live) return null
  const moments = [...(panel.desk.moments.value ?? [])].reverse()
  return h(
    Card,
    { id: 'moments', title: t('Moments'), class: 'moments-card' },
    moments.length === 0
      ? html`<p class="muted">${tx('Nothing marked yet. Select a message and press {key}.', { key: html`<kbd>m</kbd>` })}</p>`
      : html`<ol class="moments" tabindex="0" aria-label=${t('Moments, newest first')}>${moments.map((moment) => h(Line, { key: moment.id, panel, moment }))}</ol>`,
  )
}

function Line({ panel, moment }: { panel: Panel; moment: MomentView; key?: string }): View {
  const { startedAt } = panel.feed.value.stream
  const time = clock(Math.max(0, moment.at - (startedAt ?? moment.at)))
  const label = html`<span class="moment-time">${h(Icon, { icon: Bookmark, size: 14 })}${time}</span><span class="moment-text">${moment.author !== null && html`<bdi class="deed-by">${moment.author}</bdi> `}<bdi>${moment.text}</bdi></span>`
  return html`
    <li class="moment">
      ${
        rowOf(panel, moment) === null
          ? h(InHistory, { panel, moment }, label)
          : html`<button type="button" class="moment-go" onClick=${() => go(panel, moment)}>${label}</button>`
      }
      ${
        panel.works.may('moderator') &&
        h(Button, {
          label: t('Take the mark at {time} away', { time }),
          icon: X,
          tone: 'ghost',
          bare: true,
          onPress: () => panel.desk.hands.unmark(moment.id),
        })
      }
    </li>
  `
}

/** Its line in the transcript is looked up on the press; in a tab of its own the link leads to the stream. */
function InHistory({
  panel,
  moment,
  children,
}: {
  panel: Panel
  moment: MomentView
  children?: ComponentChildren
}): View {
  const streamId = panel.feed.value.stream.id ?? ''
  const onClick = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    void goToTranscript(panel, streamId, moment)
  }
  return html`
    <a class="moment-go" href=${hrefOf({ page: 'stream', id: streamId })} title=${t('In History: it is no longer in this page')} onClick=${onClick}>${children}</a>
  `
}

/** Whoever has gone elsewhere meanwhile stays there. */
async function goToTranscript({ api, route, toasts }: Panel, streamId: string, moment: MomentView): Promise<void> {
  const from = route.peek()
  try {
    const place = await placeOf(api, streamId, moment)
    if (route.peek() === from) location.hash = hrefOf(place)
  } catch (thrown) {
    toasts.failed(asApiError(thrown))
  }
}

function rowOf({ feed }: Panel, { eventId }: MomentView): number | null {
  return feed.value.rows.find(({ event }) => event.id === eventId)?.n ?? null
}

/** On a narrow screen the feed is another tab, which comes first. */
function go(panel: Panel, moment: MomentView): void {
  panel.filter.value = { ...panel.filter.value, text: '', role: '', without: new Set() }
  panel.desk.tab.value = 'chat'
  requestAnimationFrame(() => {
    const row = document.getElementById(`row-${rowOf(panel, moment)}`)
    row?.scrollIntoView({ block: 'center' })
    row?.focus({ preventScroll: true })
  })
}
