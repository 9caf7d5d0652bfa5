import { type Signal, useSignal } from '@preact/signals'
import { Save } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { changesOf, NO_DRAFT, type SourceDraft } from '../state/source-draft.ts'
import type { AccountProps } from './account.ts'
import { Button } from './button.ts'
import { FormError, useForm } from './form.ts'
import { HookAddress } from './hook-address.ts'
import { SourceFields } from './source-fields.ts'

/** What a platform can be told besides a name. */
export function AccountSettings({ panel, about, view, open }: AccountProps & { open: Signal<boolean> }): View | null {
  const { fields, hook } = about.source
  if (fields.length === 0 && hook === undefined) return null
  const onToggle = (event: Event) => {
    open.value = (event.currentTarget as HTMLDetailsElement).open
  }
  return html`
    <details class="account-more" open=${open.value} onToggle=${onToggle}>
      <summary id=${`${about.id}-settings`}>${t('More settings')}</summary>
      <div class="form">
        ${fields.length > 0 && h(Fields, { panel, about, view })}
        ${hook !== undefined && view.hook !== null && h(HookAddress, { id: about.id, path: view.hook, does: hook })}
      </div>
    </details>
  `
}

function Fields({ panel, about, view }: AccountProps): View {
  const draft = useSignal<SourceDraft>(NO_DRAFT)
  const changes = changesOf(about.source.fields, view.options, draft.value)
  const changed = Object.keys(changes).length > 0
  const form = useForm(async () => {
    if (!changed) return
    await panel.sources.set(about.id, changes)
    draft.value = NO_DRAFT
    panel.toasts.ok(t('The settings of {platform} are saved.', { platform: about.label }))
  })
  return html`
    <form class="form" onSubmit=${form.onSubmit} novalidate>
      ${h(SourceFields, {
        id: about.id,
        fields: about.source.fields,
        options: view.options,
        draft: draft.value,
        complaints: form.fields.value,
        set: (change) => {
          draft.value = { ...draft.value, ...change }
        },
      })}
      ${h(FormError, { form })}
      <div class="form-foot">${h(Button, { label: t('Save settings'), icon: Save, tone: 'primary', submit: true, off: form.busy.value || !changed })}</div>
    </form>
  `
}
