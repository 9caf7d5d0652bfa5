import { h } from 'preact'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import { Later } from '../parts/later.ts'
import type { Panel } from '../state/panel.ts'

type Module = typeof import('../keys/keys.ts')
const fetch = (): Promise<Module> => import('../keys/keys.ts')

export function Keys({ panel }: { panel: Panel }): View {
  return h(Later<Module>, { key: 'keys', title: t('API keys'), fetch, draw: ({ Keys }) => h(Keys, { panel }) })
}
