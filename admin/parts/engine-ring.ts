import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { arcOf, CELLS, type EngineState, glow } from '../state/engine.ts'

/** Units of the drawing. */
const SIZE = 380
const MIDDLE = SIZE / 2
/** Left free at the edge, where only the word of the tail passes by. */
const MARGIN = 16
const RADIUS = 150
const GAP_DEGREES = 0.9
/** An arc shorter than this could not be seen, degrees. */
const LEAST_ARC = 2.5
/** Labels of the hands. */
const OUTSIDE = 185
const INSIDE = 114

/**
 * The ring of shared memory: head and tail go round, what lies between them is filled, what was just taken glows.
 * Decoration: the figure around it says the same in words.
 */
export function EngineRing({ state }: { state: EngineState }): View {
  const newest = state.samples.at(-1)
  const capacity = newest?.ring.capacity ?? 0
  const depth = arcOf(newest?.ring.depth ?? 0, capacity, LEAST_ARC)
  const deepest = arcOf(newest?.ring.deepest ?? 0, capacity, LEAST_ARC)
  return html`
    <svg class="ring" viewBox=${`${MARGIN} ${MARGIN} ${SIZE - 2 * MARGIN} ${SIZE - 2 * MARGIN}`} aria-hidden="true">
      <circle class="ring-track" cx=${MIDDLE} cy=${MIDDLE} r=${RADIUS} />
      ${glow(state.samples).map(
        (strength, cell) =>
          html`<path class="ring-cell" d=${CELL_PATHS[cell]} style=${{ '--glow': strength.toFixed(2) }} />`,
      )}
      <g class="ring-hand" style=${turned(state.tail)}>
        <path class="ring-deepest" d=${arc(-deepest, 0)} />
        <path class="ring-waiting" d=${arc(-depth, 0)} />
        <path class="ring-tail" d=${`M${MIDDLE} ${MIDDLE - RADIUS - 13}l-8 -13h16z`} />
        <text class="ring-tail-word" style=${upright(OUTSIDE, state.tail)}>${t('tail')}</text>
      </g>
      <g class="ring-hand" style=${turned(state.head)}>
        <path class="ring-head" d=${`M${MIDDLE} ${MIDDLE - RADIUS + 13}l-8 13h16z`} />
        <text class="ring-head-word" style=${upright(INSIDE, state.head)}>${t('head')}</text>
      </g>
    </svg>
  `
}

const turned = (degrees: number) => ({ transform: `rotate(${degrees.toFixed(2)}deg)` })

/** A word at a distance above the middle that stays level while its hand turns. */
function upright(distance: number, degrees: number) {
  return { transform: `translate(${MIDDLE}px, ${MIDDLE - distance}px) rotate(${(-degrees).toFixed(2)}deg)` }
}

/** An arc on the ring's line, degrees clockwise from the top. */
function arc(from: number, to: number): string {
  if (from === to) return ''
  const point = (degrees: number) => {
    const angle = ((degrees - 90) * Math.PI) / 180
    return `${(MIDDLE + RADIUS * Math.cos(angle)).toFixed(2)} ${(MIDDLE + RADIUS * Math.sin(angle)).toFixed(2)}`
  }
  return `M${point(from)}A${RADIUS} ${RADIUS} 0 ${to - from > 180 ? 1 : 0} 1 ${point(to)}`
}

const CELL_PATHS = Array.from({ length: CELLS }, (_, cell) => {
  const [from, to] = [(cell / CELLS) * 360, ((cell + 1) / CELLS) * 360]
  return arc(from + GAP_DEGREES / 2, to - GAP_DEGREES / 2)
})
