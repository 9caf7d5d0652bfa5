import { useSignal } from '@preact/signals'
import { Plus } from 'lucide'
import { h } from 'preact'
import type { KeyView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { BoundText, BoundToggle } from '../parts/bound.ts'
import { CardForm } from '../parts/card-form.ts'
import { useForm } from '../parts/form.ts'
import { SecretOnce } from '../parts/secret-once.ts'
import type { Panel } from '../state/panel.ts'

const MAX_NAME = 50

export function NewKey({ panel, again }: { panel: Panel; again: () => Promise<void> }): View {
  const name = useSignal('')
  const produce = useSignal(true)
  const read = useSignal(false)
  const made = useSignal<KeyView | null>(null)
  const form = useForm(
    async () => {
      const scopes = [produce.value && 'produce', read.value && 'read'].filter((scope) => scope !== false)
      made.value = await panel.api.createKey({ name: name.value.trim(), scopes })
      name.value = ''
      await again()
    },
    () => complaintsOf(name.value, produce.value || read.value),
  )
  const { name: unnamed, scopes } = form.fields.value
  return html`
    ${h(
      CardForm,
      { form, title: t('New key'), act: t('Make key'), icon: Plus },
      h(BoundText, {
        to: name,
        id: 'key-name',
        label: t('Name'),
        hint: t('What will use it, so that you know which one to delete later.'),
        error: unnamed,
        input: { maxlength: MAX_NAME, autocomplete: 'off' },
      }),
      html`
        <div class="toggles">
          ${h(BoundToggle, { to: produce, label: t('May send messages') })}
          ${h(BoundToggle, { to: read, label: t('May read streams') })}
        </div>
        ${scopes && html`<p class="field-error" role="alert">${scopes}</p>`}
      `,
    )}
    ${made.value?.key && h(Made, { view: made.value, secret: made.value.key, onClose: () => (made.value = null) })}
  `
}

function Made({ view, secret, onClose }: { view: KeyView; secret: string; onClose: () => void }): View {
  return h(SecretOnce, {
    id: 'once',
    title: t('Key “{name}”', { name: view.name }),
    text: t('Copy it now. It is shown this one time only; CrossChat keeps no copy that could be read.'),
    secret,
    copy: t('Copy key'),
    onClose,
  })
}

function complaintsOf(name: string, scoped: boolean): Record<string, string> {
  const complaints: Record<string, string> = {}
  if (name.trim() === '') complaints.name = t('Give the key a name.')
  if (!scoped) complaints.scopes = t('Choose what the key may do.')
  return complaints
}
