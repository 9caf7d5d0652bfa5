import { html, type View } from '../html.ts'
import type { SourceState } from '../state/condition.ts'

/** How a connection is, as a shape and a colour; the word stands beside it. */
export function Light({ state }: { state: SourceState }): View {
  return html`
    <svg class="connection" data-state=${state} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">${SHAPES[state]()}</svg>
  `
}

const ring = (dashes?: string) => html`<circle cx="7" cy="7" r="5" stroke-dasharray=${dashes} />`

const SHAPES: Record<SourceState, () => View> = {
  off: () => ring(),
  waiting: () => ring(),
  connecting: () => ring('22.4 9'),
  live: () => html`<circle class="connection-dot" cx="7" cy="7" r="5" />`,
  stale: () => html`<circle class="connection-dot" cx="7" cy="7" r="3" />${ring()}`,
  // Six dashes around the ring.
  retry: () => ring('3.24 2'),
  attention: () => html`
    <path class="connection-sign" d="M7 1.6 13 12.2H1Z" />
    <path class="connection-call" d="M7 5.4v3.2M7 10.5v.1" />
  `,
}
