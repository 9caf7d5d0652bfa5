import { useSignal } from '@preact/signals'
import { ChevronRight, Download, Trash2 } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { type Text, t, tx } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Icon } from '../parts/icon.ts'
import { Later } from '../parts/later.ts'
import type { Panel } from '../state/panel.ts'
import { DeleteAccountDialog } from './delete-account-dialog.ts'

const PLACES: readonly { href: string; label: Text; what: Text }[] = [
  { href: '#/people', label: 'People', what: 'Moderators, viewers and invitations' },
  { href: '#/history', label: 'History', what: 'How long messages are kept, and what they take' },
  { href: '#/moderation', label: 'Moderation', what: 'Words, filters and hidden people' },
  { href: '#/keys', label: 'API keys', what: 'For programs that send or read messages' },
  { href: '#/webhooks', label: 'Webhooks', what: 'For programs that are told what happens' },
]

/** What is settled about a channel elsewhere, and what concerns all of it. */
export function ChannelCard({ panel }: { panel: Panel }): View | null {
  const here = panel.works.here.value
  if (here === null || !panel.works.may('owner')) return null
  return html`
    <section class="card card-form form" aria-labelledby="channel-title">
      <h2 id="channel-title">${tx('Your channel {name}', { name: html`<bdi>${here.name}</bdi>` })}</h2>
      <ul class="settings-places">
        ${PLACES.map(
          ({ href, label, what }) =>
            html`<li><a href=${href}><span><strong>${t(label)}</strong><small>${t(what)}</small></span>${h(Icon, { icon: ChevronRight, size: 16 })}</a></li>`,
        )}
      </ul>
      ${h(Danger, { panel })}
    </section>
  `
}

type Module = typeof import('../history/export-dialog.ts')
const fetch = (): Promise<Module> => import('../history/export-dialog.ts')

function Danger({ panel }: { panel: Panel }): View {
  const asking = useSignal<'export' | 'delete' | null>(null)
  const ask = (what: 'export' | 'delete' | null) => () => {
    asking.value = what
  }
  const owner = panel.me.value?.account.owner === true
  const everything = { label: t('Every message of every stream'), stream: null, q: '', platform: '' }
  return html`
    <div class="settings-danger">
      <div class="settings-deed">
        <p>${t('All that was ever written here, as one file.')}</p>
        ${h(Button, { label: t('Export all'), icon: Download, onPress: ask('export') })}
      </div>
      <div class="settings-deed">
        <p>${owner ? t('You own this instance: your account cannot be deleted while it runs.') : t('Your account, your channel and all that is kept of it go for good.')}</p>
        ${!owner && h(Button, { label: t('Delete account and channel'), icon: Trash2, tone: 'danger', onPress: ask('delete') })}
      </div>
    </div>
    ${
      asking.value === 'export' &&
      h(Later<Module>, {
        fetch,
        draw: ({ ExportDialog }) => h(ExportDialog, { panel, choices: [everything], onClose: ask(null) }),
      })
    }
    ${asking.value === 'delete' && h(DeleteAccountDialog, { panel, onClose: ask(null) })}
  `
}
