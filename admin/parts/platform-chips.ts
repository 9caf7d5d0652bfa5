import { h } from 'preact'
import type { About } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { since } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Mark } from './mark.ts'

/** After this long without a message a platform is called quiet. */
const QUIET_MS = 60_000

/** One chip a platform: when it was last heard. */
export function PlatformChips({ panel }: { panel: Panel }): View | null {
  const abouts = [...panel.abouts.value.values()]
  if (abouts.length === 0) return null
  const { lastAt } = panel.feed.value
  return html`
    <ul class="chips" aria-label="Platforms">
      ${abouts.map((about) => h(Chip, { about, ...hearing(lastAt[about.id], panel.now.value) }))}
    </ul>
  `
}

interface Hearing {
  light: 'on' | 'quiet' | 'off'
  word: string
}

export function hearing(lastAt: number | undefined, now: number): Hearing {
  if (lastAt === undefined) return { light: 'off', word: 'Nothing yet' }
  const silence = now - lastAt
  if (silence < QUIET_MS) return { light: 'on', word: 'Receiving' }
  return { light: 'quiet', word: `Quiet ${since(silence)}` }
}

function Chip({ about, light, word }: { about: About } & Hearing): View {
  return html`
    <li class="chip" title=${`${about.label}: ${word}`}>
      ${h(Mark, { id: about.id, about })}
      <span class="light" data-light=${light}></span>
      <span class="chip-word">${word}</span>
    </li>
  `
}
