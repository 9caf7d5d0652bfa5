import { h } from 'preact'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import { Later } from '../parts/later.ts'
import type { Panel } from '../state/panel.ts'

type Module = typeof import('./engine.ts')
const fetch = (): Promise<Module> => import('./engine.ts')

/** Its code comes when it is wanted: only the owner of the instance ever looks in. */
export function EngineRoom({ panel }: { panel: Panel }): View {
  return h(Later<Module>, { key: 'engine', title: t('Engine room'), fetch, draw: ({ Engine }) => h(Engine, { panel }) })
}
