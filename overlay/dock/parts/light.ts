import { h } from 'preact'
import type { SourceView } from '../../../server/protocol.ts'
import { html } from '../../parts/html.ts'
import { Mark } from '../../parts/mark.ts'
import type { Platforms } from '../../words.ts'
import { stateOf } from '../words.ts'

/** Form and colour of each state; the word is said beside it. */
const SHAPES: Readonly<Record<SourceView['state'], string>> = {
  off: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z',
  waiting: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z',
  connecting: 'M8 3.5a4.5 4.5 0 1 1-4.5 4.5',
  live: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3z',
  stale: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z',
  retry: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z',
  attention: 'M8 2l7 12H1z',
}

export function Shape({ state }: Pick<SourceView, 'state'>) {
  return html`<svg class="light" data-state=${state} viewBox="0 0 16 16" aria-hidden="true"><path d=${SHAPES[state]} /></svg>`
}

/** One for each platform, in a row. */
export function Lights({
  sources,
  platforms,
  now,
}: {
  sources: readonly SourceView[]
  platforms: Platforms
  now: number
}) {
  return html`<ul class="lights" aria-label="Platforms">
    ${sources.map((source) => {
      const about = platforms[source.platform]
      const said = `${about?.label ?? source.platform}: ${stateOf(source, now)}`
      return html`<li key=${source.platform} title=${said}>
        ${h(Mark, { about })}${h(Shape, source)}<span class="unseen">${said}</span>
      </li>`
    })}
  </ul>`
}
