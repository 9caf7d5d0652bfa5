/** Gathers what comes in and hands it over once a frame, so that a flood costs one update and not hundreds. */

/** Handed over at once when this many wait, as no frame comes while the page is hidden. */
const MAX_WAITING = 200
const HIDDEN_MS = 250

export function onceAFrame<T>(view: Window, take: (batch: T[]) => void): (item: T) => void {
  let waiting: T[] = []
  const flush = () => {
    if (waiting.length === 0) return
    const batch = waiting
    waiting = []
    take(batch)
  }
  view.document.addEventListener('visibilitychange', flush)
  return (item) => {
    waiting.push(item)
    if (waiting.length >= MAX_WAITING) return flush()
    if (waiting.length > 1) return
    if (view.document.hidden) view.setTimeout(flush, HIDDEN_MS)
    else view.requestAnimationFrame(flush)
  }
}
