import { useComputed, useSignal } from '@preact/signals'
import { ArrowDown, Hourglass, Link, MessageCircle, SearchX, Send } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { hrefOf } from '../router.ts'
import type { Row as RowData } from '../state/feed.ts'
import { filterRows, isFiltering, NO_FILTER } from '../state/filter.ts'
import { counted } from '../state/format.ts'
import type { RowHands } from '../state/moderating.ts'
import type { Panel } from '../state/panel.ts'
import { silenceOf } from '../state/silence.ts'
import { sendTest } from '../state/test-message.ts'
import { Button } from './button.ts'
import { useFollow } from './follow.ts'
import { Icon } from './icon.ts'
import { Row } from './row.ts'
import { Empty, Skeleton } from './states.ts'

export interface FeedListProps {
  panel: Panel
  /** Null for whoever only looks. */
  hands: RowHands | null
}

export function FeedList({ panel, hands }: FeedListProps): View {
  const rows = useComputed(() => filterRows(panel.feed.value.rows, panel.filter.value))
  /** The first row that came after the person scrolled up. */
  const from = useSignal(0)
  const follow = useFollow(() => {
    from.value = panel.feed.peek().n
  })
  const fresh = follow.following.value ? 0 : rows.value.filter((row) => row.n >= from.value).length
  return html`
    <div class="feed-frame">
      <div class="feed" id="feed" role="log" aria-live="off" aria-label="Messages" tabindex="0" data-following=${follow.following.value ? '' : undefined} ref=${follow.scroller}>
        <div class="feed-rows" ref=${follow.content}>
          ${rows.value.map((row) => h(Row, { key: row.n, ...rowProps(panel, row), ...(hands && { hands }) }))}
        </div>
        ${rows.value.length === 0 && h(NoRows, { panel })}
      </div>
      ${
        fresh > 0 &&
        html`
        <div class="feed-new">
          ${h(Button, { label: counted(fresh, 'new message', 'new messages'), icon: ArrowDown, onPress: follow.toEnd })}
        </div>
      `
      }
    </div>
  `
}

function rowProps(panel: Panel, { n, event, removedBy, withAuthor }: RowData) {
  const featured = panel.feed.value.featured?.id === event.id
  return { n, event, removedBy, withAuthor, featured, about: panel.abouts.value.get(event.platform), ink: panel.ink }
}

/** Why there is nothing to see, and what to do about it. */
function NoRows({ panel }: { panel: Panel }): View | null {
  const { phase } = panel.line.state.value
  if (isFiltering(panel.filter.value) && panel.feed.value.rows.length > 0) {
    const clear = () => {
      panel.filter.value = NO_FILTER
    }
    return h(
      Empty,
      { icon: SearchX, text: 'No message matches this filter.' },
      h(Button, { label: 'Clear filter', onPress: clear }),
    )
  }
  if (phase !== 'open') return phase === 'connecting' ? h(Skeleton, { rows: 8 }) : null
  return h(Silence, { panel })
}

/** Nothing is followed, nothing is connected yet, or nobody has written. */
function Silence({ panel }: { panel: Panel }): View {
  const { icon, text, link } = silenceOf(panel.sources.views.value, [...panel.abouts.value.values()])
  const owner = panel.works.may('owner')
  return h(
    Empty,
    { icon: SILENCE_ICONS[icon], text },
    owner &&
      link !== null &&
      html`<a class="button button-primary" href=${ACCOUNTS}>${h(Icon, { icon: Link })}<span>${link}</span></a>`,
    owner && h(Button, { label: 'Send a test message', icon: Send, onPress: () => void sendTest(panel) }),
  )
}

const ACCOUNTS = hrefOf({ page: 'accounts', platform: null })
const SILENCE_ICONS = { connect: Link, wait: Hourglass, talk: MessageCircle }
