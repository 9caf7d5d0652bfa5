import { Unplug } from 'lucide'
import { h } from 'preact'
import type { About } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { tn, told } from '../language/words.ts'
import { machineTime, timeOfDay } from '../state/format.ts'
import type { Gap } from '../state/model.ts'
import { Icon } from './icon.ts'
import { Mark } from './mark.ts'

/** What is missing in a transcript, from when to when, and why. */
export function GapRow({ n, gap, about }: { n: number; gap: Gap; about: About | undefined }): View {
  const { at, until, platform } = gap
  return html`
    <div class="gap-row" id=${`row-${n}`} tabindex="-1">
      <p class="gap-span">
        <time datetime=${machineTime(at)}>${timeOfDay(at)}</time>
        ${until !== undefined && html`<span>–</span><time datetime=${machineTime(until)}>${timeOfDay(until)}</time>`}
      </p>
      ${platform === undefined ? h(Icon, { icon: Unplug, size: 20 }) : h(Mark, { id: platform, about })}
      <p class="gap-reason">${reasonOf(gap)}</p>
    </div>
  `
}

export function reasonOf({ count, reason }: Gap): string {
  return count === 0 ? told(reason) : tn(count, '{n} message could not be kept', '{n} messages could not be kept')
}
