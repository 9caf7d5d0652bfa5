import { h } from 'preact'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import { Later } from '../parts/later.ts'
import type { Panel } from '../state/panel.ts'

type Module = typeof import('../instance/index.ts')
const fetch = (): Promise<Module> => import('../instance/index.ts')

export function Instance({ panel }: { panel: Panel }): View {
  return h(Later<Module>, {
    key: 'instance',
    title: t('Instance'),
    fetch,
    draw: ({ Instance }) => h(Instance, { panel }),
  })
}

/** Where a link for a new password leads. */
export function Reset({ panel, token }: { panel: Panel; token: string }): View {
  const draw = ({ Reset }: Module) => h(Reset, { panel, token })
  return h(Later<Module>, { key: 'reset', title: t('New password'), fetch, draw })
}
