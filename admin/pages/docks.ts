import { h } from 'preact'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import { Later } from '../parts/later.ts'
import type { Panel } from '../state/panel.ts'

type Makers = typeof import('../docks/index.ts')

/** Docks and how to make one, whose code comes when it is wanted. */
export function Docks({ panel }: { panel: Panel }): View {
  return h(Later<Makers>, {
    title: t('Docks'),
    fetch: () => import('../docks/index.ts'),
    draw: ({ DocksPage }) => h(DocksPage, { panel }),
  })
}
