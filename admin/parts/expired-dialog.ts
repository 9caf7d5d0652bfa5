import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { LoginForm } from '../pages/login.ts'
import type { Panel } from '../state/panel.ts'
import { Dialog } from './dialog.ts'

/** The login ended while somebody worked: signing in happens above the page, so nothing typed is lost. */
export function ExpiredDialog({ panel }: { panel: Panel }): View {
  return h(
    Dialog,
    { id: 'expired', title: t('Sign in again'), onClose: () => {}, closable: false },
    html`<p class="muted">${t('Your login has ended. What you typed here is still there.')}</p>`,
    h(LoginForm, { panel, idPrefix: 'again' }),
  )
}
