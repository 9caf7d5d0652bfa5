import { Undo2 } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { PageView, StreamView } from '../../server/api.ts'
import { asApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { titleOf } from '../state/stream-title.ts'

/** What was deleted and can still be had back. Nothing where nothing was. */
export function DeletedStreams({ panel, restored }: { panel: Panel; restored: () => void }): View | null {
  const list = useMemo(() => new Resource<PageView<StreamView>>(() => panel.api.deletedStreams()), [])
  useEffect(() => void list.load(), [])
  const loaded = list.now.value
  if (loaded.state !== 'ready' || loaded.value.items.length === 0) return null
  const restore = async (stream: StreamView) => {
    try {
      await panel.api.restoreStream(stream.id)
      panel.toasts.ok(t('“{title}” is back.', { title: titleOf(stream) }))
      restored()
    } catch (thrown) {
      panel.toasts.failed(asApiError(thrown))
    }
    await list.load()
  }
  return html`
    <section class="card" aria-labelledby="deleted-title">
      <header class="card-head"><h2 id="deleted-title">${t('Deleted')}</h2></header>
      <ul class="deleted-streams">
        ${loaded.value.items.map(
          (stream) => html`
            <li>
              <span><bdi>${titleOf(stream)}</bdi> <span class="muted">${stream.goesAt !== undefined && t('gone for good on {time}', { time: dayAndTime(stream.goesAt) })}</span></span>
              ${h(Button, { label: t('Bring back'), icon: Undo2, onPress: () => void restore(stream) })}
            </li>
          `,
        )}
      </ul>
    </section>
  `
}
