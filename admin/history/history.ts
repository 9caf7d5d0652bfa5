import { useSignal } from '@preact/signals'
import { Clock, History as HistoryIcon, MessageSquare } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { StreamView } from '../../server/api.ts'
import { asApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { Button } from '../parts/button.ts'
import { Icon } from '../parts/icon.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import { dayAndTime, duration, machineTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { titleOf } from '../state/stream-title.ts'
import { DeletedStreams } from './deleted-streams.ts'
import { KeepingCard } from './keeping-card.ts'
import { SearchCard } from './search-card.ts'

interface Listed {
  items: readonly StreamView[]
  next: string | null
}

/** Every stream of the channel, newest first. */
export function History({ panel }: { panel: Panel }): View {
  useTitle(t('History'))
  const list = useMemo(() => new Resource<Listed>(() => panel.api.streams(null)), [])
  useEffect(() => void list.load(), [panel.feed.value.stream.live])
  const asked = useSignal(false)
  return html`
    <div class="page">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">${t('History')}</h1>
        <p class="muted">${t('Every stream you started, with all its messages.')}</p>
      </header>
      ${h(SearchCard, { panel, asked: (some) => (asked.value = some) })}
      ${!asked.value && h(Everything, { panel, list })}
    </div>
  `
}

/** What stands here while nothing is searched. */
function Everything({ panel, list }: { panel: Panel; list: Resource<Listed> }): View {
  const loaded = list.now.value
  return html`
      ${loaded.state === 'loading' && h(Skeleton, { rows: 6 })}
      ${loaded.state === 'failed' && h(Failed, { what: t('The list could not be loaded.'), error: loaded.error, again: () => void list.load() })}
      ${loaded.state === 'ready' && h(List, { panel, listed: loaded.value, list })}
      ${h(DeletedStreams, { panel, restored: () => void list.load() })}
      ${h(KeepingCard, { panel })}
  `
}

function List({ panel, listed, list }: { panel: Panel; listed: Listed; list: Resource<Listed> }): View {
  const busy = useSignal(false)
  const older = async () => {
    busy.value = true
    try {
      const page = await panel.api.streams(listed.next)
      list.set({ items: [...listed.items, ...page.items], next: page.next })
    } catch (thrown) {
      panel.toasts.failed(asApiError(thrown))
    } finally {
      busy.value = false
    }
  }
  if (listed.items.length === 0) {
    return h(
      Empty,
      { icon: HistoryIcon, text: t('No streams yet. They appear here once you have started one.') },
      html`<a class="button button-primary" href="#/live"><span>${t('Go to Live')}</span></a>`,
    )
  }
  return html`
    <ul class="streams">${listed.items.map((stream) => h(StreamLine, { key: stream.id, panel, stream }))}</ul>
    ${
      listed.next !== null &&
      html`
      <div class="more">${h(Button, { label: t('Load older'), off: busy.value, onPress: () => void older() })}</div>
    `
    }
  `
}

function StreamLine({ panel, stream }: { panel: Panel; stream: StreamView; key?: string }): View {
  const end = stream.endedAt ?? panel.now.value
  return html`
    <li>
      <a class="stream-line" href=${`#/history/${stream.id}`}>
        <span class="stream-line-title"><bdi>${titleOf(stream)}</bdi>${stream.endedAt === null && html`<span class="live-pill">${t('Live now')}</span>`}</span>
        <time class="muted" datetime=${machineTime(stream.startedAt)}>${dayAndTime(stream.startedAt)}</time>
        <span class="stream-line-figure">${h(Icon, { icon: Clock, size: 15 })}${duration(end - stream.startedAt)}</span>
        <span class="stream-line-figure">${h(Icon, { icon: MessageSquare, size: 15 })}${tn(stream.messages, '{n} message', '{n} messages')}</span>
      </a>
    </li>
  `
}
