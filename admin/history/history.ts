import { type Signal, useSignal } from '@preact/signals'
import { Activity, Clock, History as HistoryIcon, MessageSquare, SearchX, Users } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { StreamView } from '../../server/api.ts'
import { asApiError, type StreamsAsk } from '../api.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { Button } from '../parts/button.ts'
import { Icon } from '../parts/icon.ts'
import { Mark } from '../parts/mark.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import { dayAndTime, duration, machineTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { titleOf } from '../state/stream-title.ts'
import { DeletedStreams } from './deleted-streams.ts'
import { KeepingCard } from './keeping-card.ts'
import { SearchCard } from './search-card.ts'
import { EVERY_STREAM, StreamsTools } from './streams-tools.ts'

/** Typing is let settle before the server is asked. */
const SETTLE_MS = 250
/** So many streams are seen at a glance. */
const FEW = 5

interface Listed {
  items: readonly StreamView[]
  next: string | null
}

/** Every stream of the channel, newest first. */
export function History({ panel }: { panel: Panel }): View {
  useTitle(t('History'))
  const ask = useSignal(EVERY_STREAM)
  const list = useMemo(() => new Resource<Listed>(() => panel.api.streams(null, ask.peek())), [])
  useEffect(() => void list.load(), [panel.feed.value.stream.live])
  useEffect(() => {
    if (list.now.peek().state === 'loading') return
    const timer = setTimeout(() => void list.refresh((error) => panel.toasts.failed(error)), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [ask.value])
  const asked = useSignal(false)
  return html`
    <div class="page">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">${t('History')}</h1>
        <p class="muted">${t('Every stream you started, with all its messages.')}</p>
      </header>
      ${h(SearchCard, { panel, asked: (some) => (asked.value = some) })}
      ${!asked.value && h(Everything, { panel, list, ask })}
    </div>
  `
}

interface EverythingProps {
  panel: Panel
  list: Resource<Listed>
  ask: Signal<StreamsAsk>
}

/** What stands here while nothing is searched. */
function Everything({ panel, list, ask }: EverythingProps): View {
  const loaded = list.now.value
  return html`
      ${loaded.state === 'loading' && h(Skeleton, { rows: 6 })}
      ${loaded.state === 'failed' && h(Failed, { what: t('The list could not be loaded.'), error: loaded.error, again: () => void list.load() })}
      ${loaded.state === 'ready' && h(List, { panel, listed: loaded.value, list, ask })}
      ${panel.works.may('owner') && h(DeletedStreams, { panel, restored: () => void list.load() })}
      ${panel.works.may('owner') && h(KeepingCard, { panel })}
  `
}

function List({ panel, listed, list, ask }: EverythingProps & { listed: Listed }): View {
  const busy = useSignal(false)
  const older = async () => {
    busy.value = true
    const asked = ask.peek()
    try {
      const page = await panel.api.streams(listed.next, asked)
      // Another list is wanted by now.
      if (asked !== ask.peek()) return
      list.set({ items: [...listed.items, ...page.items], next: page.next })
    } catch (thrown) {
      panel.toasts.failed(asApiError(thrown))
    } finally {
      busy.value = false
    }
  }
  const narrowed = ask.value !== EVERY_STREAM
  if (listed.items.length === 0 && !narrowed) {
    return h(
      Empty,
      { icon: HistoryIcon, text: t('No streams yet. They appear here once you have started one.') },
      html`<a class="button button-primary" href="#/live"><span>${t('Go to Live')}</span></a>`,
    )
  }
  return html`
    ${(narrowed || listed.next !== null || listed.items.length > FEW) && h(StreamsTools, { panel, ask })}
    ${narrowed && listed.items.length === 0 && h(Nothing, { ask })}
    <ul class="streams">${listed.items.map((stream) => h(StreamLine, { key: stream.id, panel, stream }))}</ul>
    ${
      listed.next !== null &&
      html`
      <div class="more">${h(Button, { label: t('Load older'), off: busy.value, onPress: () => void older() })}</div>
    `
    }
  `
}

function Nothing({ ask }: { ask: Signal<StreamsAsk> }): View {
  const onPress = () => {
    ask.value = EVERY_STREAM
  }
  return h(
    Empty,
    { icon: SearchX, text: t('No stream matches these filters.') },
    h(Button, { label: t('Clear filters'), onPress }),
  )
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
        ${stream.summary && h(Summary, { panel, summary: stream.summary })}
      </a>
    </li>
  `
}

/** What is known of one that has ended. */
function Summary({ panel, summary }: { panel: Panel; summary: NonNullable<StreamView['summary']> }): View {
  const { chatters, peak, platforms } = summary
  return html`
    <span class="stream-line-more">
      <span class="stream-line-figure">${h(Icon, { icon: Users, size: 15 })}${tn(chatters, '{n} chatter', '{n} chatters')}</span>
      <span class="stream-line-figure">${h(Icon, { icon: Activity, size: 15 })}${t('{n} a minute at most', { n: peak })}</span>
      <span class="stream-line-marks">${[...panel.abouts.value.values()].filter(({ id }) => platforms.includes(id)).map((about) => h(Mark, { id: about.id, about }))}</span>
    </span>
  `
}
