import { h } from 'preact'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import { Later } from '../parts/later.ts'
import type { Panel } from '../state/panel.ts'

type Desk = typeof import('../moderation/index.ts')

/** Rules, people, queue and log, whose code comes when it is wanted. */
export function Moderation({ panel, part }: { panel: Panel; part: string | null }): View {
  return h(Later<Desk>, {
    title: t('Moderation'),
    fetch: () => import('../moderation/index.ts'),
    draw: ({ ModerationPage }) => h(ModerationPage, { panel, part }),
  })
}
