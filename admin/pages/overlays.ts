import { h } from 'preact'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import { Later } from '../parts/later.ts'
import type { Panel } from '../state/panel.ts'

type Workshop = typeof import('../editor/index.ts')

/** The overlays and their editor, whose code comes when it is wanted. */
export function Overlays({ panel, id }: { panel: Panel; id: string | null }): View {
  return h(Later<Workshop>, {
    title: t('Overlays'),
    fetch: () => import('../editor/index.ts'),
    draw: ({ Editor, OverlayList }) => (id === null ? h(OverlayList, { panel }) : h(Editor, { key: id, panel, id })),
  })
}
