import { useEffect } from 'preact/hooks'

/** The title of the window, `Live – CrossChat`. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – CrossChat`
  }, [title])
}

/** What had the focus is gone with what it stood in. */
export function focusOnHeading(): void {
  requestAnimationFrame(() => document.getElementById('heading')?.focus())
}
