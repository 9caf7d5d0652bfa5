import { h } from 'preact'
import type { TranscriptPlace } from '../history/transcript-card.ts'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import { Later } from '../parts/later.ts'
import type { Panel } from '../state/panel.ts'

type Module = typeof import('../history/index.ts')
const fetch = (): Promise<Module> => import('../history/index.ts')

/** The streams that were, whose code comes when it is wanted. */
export function HistoryPage({ panel }: { panel: Panel }): View {
  return h(Later<Module>, { key: 'history', title: t('History'), fetch, draw: ({ History }) => h(History, { panel }) })
}

export interface OneStreamProps {
  panel: Panel
  id: string
  at: TranscriptPlace | undefined
  key?: string
}

export function OneStream({ panel, id, at }: OneStreamProps): View {
  return h(Later<Module>, {
    title: t('Stream'),
    fetch,
    draw: ({ StreamPage }) => h(StreamPage, { panel, id, at }),
  })
}
