import { h } from 'preact'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import { Later } from '../parts/later.ts'
import type { Panel } from '../state/panel.ts'

type Module = typeof import('../people/index.ts')
const fetch = (): Promise<Module> => import('../people/index.ts')

export function People({ panel }: { panel: Panel }): View {
  return h(Later<Module>, { key: 'people', title: t('People'), fetch, draw: ({ People }) => h(People, { panel }) })
}

export function Settings({ panel }: { panel: Panel }): View {
  return h(Later<Module>, {
    key: 'settings',
    title: t('Settings'),
    fetch,
    draw: ({ Settings }) => h(Settings, { panel }),
  })
}

/** Where an invitation leads, for people with an account and without. */
export function Invited({ panel, token }: { panel: Panel; token: string }): View {
  const draw = ({ Invited }: Module) => h(Invited, { key: token, panel, token })
  return h(Later<Module>, { key: 'invited', title: t('Invitation'), fetch, draw })
}
