import { h } from 'preact'
import type { View } from '../html.ts'
import { Later } from '../parts/later.ts'
import type { Panel } from '../state/panel.ts'

type Module = typeof import('../instance/index.ts')
const fetch = (): Promise<Module> => import('../instance/index.ts')

export function Instance({ panel }: { panel: Panel }): View {
  return h(Later<Module>, { key: 'instance', title: 'Instance', fetch, draw: ({ Instance }) => h(Instance, { panel }) })
}

/** Where a link for a new password leads. */
export function Reset({ panel, token }: { panel: Panel; token: string }): View {
  const draw = ({ Reset }: Module) => h(Reset, { panel, token })
  return h(Later<Module>, { key: 'reset', title: 'New password', fetch, draw })
}
