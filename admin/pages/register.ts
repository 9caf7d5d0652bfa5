import { h } from 'preact'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import { Later } from '../parts/later.ts'
import { Outside } from '../parts/outside.ts'
import type { RegisterProps } from '../people/register.ts'

type Module = typeof import('../people/index.ts')

/** Most people who come are known already: the form is fetched for those who are not. */
export function Register({ panel, first, token }: RegisterProps): View {
  return h(Later<Module>, {
    key: 'register',
    title: first ? t('Set up CrossChat') : t('Make an account'),
    fetch: () => import('../people/index.ts'),
    draw: ({ Register }) => h(Register, { panel, first, token }),
    frame: (title, inside) => h(Outside, { panel, title, lead: '', asksLanguage: first }, inside),
  })
}
