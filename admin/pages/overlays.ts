import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { useEffect } from 'preact/hooks'
import { ApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import type { Panel } from '../state/panel.ts'

type Workshop = typeof import('../editor/index.ts')

const LOST = new ApiError(0, {
  code: 'page',
  message: 'A part of this page did not arrive. Reload the page, or try again.',
})

/** The overlays and their editor, whose code comes when it is wanted. */
export function Overlays({ panel, id }: { panel: Panel; id: string | null }): View {
  const workshop = useSignal<Workshop | 'failed' | null>(null)
  const fetchIt = async () => {
    workshop.value = null
    workshop.value = await import('../editor/index.ts').catch(() => 'failed' as const)
  }
  useEffect(() => void fetchIt(), [])
  if (workshop.value !== null && workshop.value !== 'failed') {
    const { Editor, OverlayList } = workshop.value
    return id === null ? h(OverlayList, { panel }) : h(Editor, { key: id, panel, id })
  }
  return html`
    <div class="page">
      <h1 id="heading" tabindex="-1">Overlays</h1>
      ${workshop.value === null ? h(Skeleton, { rows: 6 }) : h(Failed, { what: 'The page is not whole.', error: LOST, again: () => void fetchIt() })}
    </div>
  `
}
