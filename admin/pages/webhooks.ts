import { h } from 'preact'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import { Later } from '../parts/later.ts'
import type { Panel } from '../state/panel.ts'

type Module = typeof import('../webhooks/webhooks.ts')
const fetch = (): Promise<Module> => import('../webhooks/webhooks.ts')

export function Webhooks({ panel }: { panel: Panel }): View {
  return h(Later<Module>, { title: t('Webhooks'), fetch, draw: ({ Webhooks }) => h(Webhooks, { panel }) })
}
