import { useEffect } from 'preact/hooks'

/** The title of the window, `Live – CrossChat`. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – CrossChat`
  }, [title])
}
