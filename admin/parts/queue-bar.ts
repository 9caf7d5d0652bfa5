import { ChevronRight, Hourglass } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { tn } from '../language/words.ts'
import { hrefOf } from '../router.ts'
import type { Panel } from '../state/panel.ts'
import { Icon } from './icon.ts'

const QUEUE = hrefOf({ page: 'moderation', part: 'queue' })

/** How many messages wait for somebody who may release them. */
export function QueueBar({ panel }: { panel: Panel }): View | null {
  const waiting = panel.feed.value.status?.held.count ?? 0
  if (waiting === 0 || !panel.works.may('moderator')) return null
  return html`
    <a class="picture-bar queue-bar" href=${QUEUE}>
      ${h(Icon, { icon: Hourglass })}
      <p>${tn(waiting, '{n} message waits for a moderator.', '{n} messages wait for a moderator.')}</p>
      ${h(Icon, { icon: ChevronRight })}
    </a>
  `
}
