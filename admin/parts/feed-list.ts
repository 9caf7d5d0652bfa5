import { useComputed, useSignal } from '@preact/signals'
import { ArrowDown, Hourglass, Link, MessageCircle, SearchX, Send } from 'lucide'
import { h } from 'preact'
import { useMemo } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { hrefOf } from '../router.ts'
import type { Row as RowData } from '../state/feed.ts'
import { filterRows, isFiltering, NO_FILTER } from '../state/filter.ts'
import type { Panel } from '../state/panel.ts'
import { silenceOf } from '../state/silence.ts'
import { sendTest } from '../state/test-message.ts'
import { whoHid } from '../state/who-hid.ts'
import { Button } from './button.ts'
import { feedKeys } from './feed-keys.ts'
import { useFollow } from './follow.ts'
import { Icon } from './icon.ts'
import { Row } from './row.ts'
import type { RowDesk } from './row-actions.ts'
import { Empty, Skeleton } from './states.ts'

export interface FeedListProps {
  panel: Panel
  desk: RowDesk
}

export function FeedList({ panel, desk }: FeedListProps): View {
  const rows = useComputed(() => filterRows(panel.feed.value.rows, panel.filter.value))
  /** The first row that came after the person scrolled up. */
  const from = useSignal(0)
  const follow = useFollow(() => {
    from.value = panel.feed.peek().n
  })
  const keys = useMemo(() => feedKeys(panel), [])
  const marked = useComputed(() => new Set((panel.desk.moments.value ?? []).map(({ eventId }) => eventId)))
  const fresh = follow.following.value ? 0 : rows.value.filter((row) => row.n >= from.value).length
  return html`
    <div class="feed-frame">
      <p class="unseen" id="feed-keys">${t('Up and down go from message to message, right to the buttons of one, Enter to who wrote it.')}</p>
      <div class="feed" id="feed" role="log" aria-live="off" aria-label=${t('Messages')} aria-describedby="feed-keys" tabindex="0" onKeyDown=${keys} data-following=${follow.following.value ? '' : undefined} ref=${follow.scroller}>
        <div class="feed-rows" ref=${follow.content}>
          ${rows.value.map((row) => h(Row, { key: row.n, ...rowProps(panel, row), desk, moment: marked.value.has(row.event.id) }))}
        </div>
        ${rows.value.length === 0 && h(NoRows, { panel })}
      </div>
      ${
        fresh > 0 &&
        html`
        <div class="feed-new">
          ${h(Button, { label: tn(fresh, '{n} new message', '{n} new messages'), icon: ArrowDown, onPress: follow.toEnd })}
        </div>
      `
      }
    </div>
  `
}

function rowProps(panel: Panel, row: RowData) {
  const { n, event, removedBy, withAuthor } = row
  const featured = panel.feed.value.featured?.id === event.id
  const who = removedBy === 'panel' ? whoHid(row, panel.desk.deeds.value ?? []) : null
  return {
    n,
    event,
    removedBy,
    withAuthor,
    featured,
    who,
    about: panel.abouts.value.get(event.platform),
    ink: panel.ink,
  }
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
      { icon: SearchX, text: t('No message matches this filter.') },
      h(Button, { label: t('Clear filter'), onPress: clear }),
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
    owner && h(Button, { label: t('Send a test message'), icon: Send, onPress: () => void sendTest(panel) }),
  )
}

const ACCOUNTS = hrefOf({ page: 'accounts', platform: null })
const SILENCE_ICONS = { connect: Link, wait: Hourglass, talk: MessageCircle }
