/** What a person does to scroll; a scrollbar that is dragged and a row that is focused among it. */
const ACTS = ['wheel', 'touchmove', 'keydown', 'pointerdown', 'focusin'] as const
/** A scroll this long after such an act belongs to it, ms. */
const ACT_MS = 1_000

/**
 * Whether a scroll of the element is a person's. The browser scrolls by itself, too, while rows come, go and get their
 * true heights. `signal` ends the watch.
 */
export function watchHand(element: HTMLElement, signal: AbortSignal): () => boolean {
  let acted = Number.NEGATIVE_INFINITY
  const onAct = () => {
    acted = performance.now()
  }
  for (const act of ACTS) element.addEventListener(act, onAct, { passive: true, signal })
  return () => performance.now() - acted < ACT_MS
}
