import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/**
 * For what opens beneath a button, both in the element that gets the ref. It closes on Escape (giving the focus back to the
 * button), on a press elsewhere, and when the focus leaves.
 */
export function useAway<T extends HTMLElement>(open: boolean, close: () => void): RefObject<T | null> {
  const element = useRef<T>(null)
  // At once: a key may come before the next paint.
  useLayoutEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (!(event.target instanceof Node && element.current?.contains(event.target))) close()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      close()
      element.current?.querySelector('button')?.focus()
    }
    const kinds = ['pointerdown', 'focusin'] as const
    for (const kind of kinds) document.addEventListener(kind, outside)
    document.addEventListener('keydown', onKey)
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, outside)
      document.removeEventListener('keydown', onKey)
    }
  }, [open])
  return element
}
