import { useLayoutEffect } from 'preact/hooks'

const HEADING = 'heading'

/** A heading that stands there while its page is on its way hands the focus over to the page's own, which takes its place. */
export function useHandedFocus(arrived: unknown): void {
  // Looked at before the page changes: with the heading, the focus goes.
  const had = document.activeElement?.id === HEADING
  useLayoutEffect(() => {
    if (had) document.getElementById(HEADING)?.focus()
  }, [arrived])
}
