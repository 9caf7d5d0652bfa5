import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { changesOf, NO_DRAFT, type SourceDraft } from '../state/source-draft.ts'
import { type AccountProps, headingOf } from './account.ts'
import { AccountName } from './account-name.ts'
import type { FormState } from './form.ts'
import { HookAddress } from './hook-address.ts'
import { SourceFields } from './source-fields.ts'

/** Nothing is followed yet: a name is all it takes. */
export function AccountUnfollowed({ panel, about, view }: AccountProps): View {
  const draft = useSignal<SourceDraft>(NO_DRAFT)
  const { fields, hook } = about.source
  const choices = fields.filter(({ upfront }) => upfront === true)
  const others = fields.filter(({ upfront }) => upfront !== true)
  const some = (shown: typeof fields, form: FormState) =>
    h(SourceFields, {
      id: about.id,
      fields: shown,
      options: view.options,
      draft: draft.value,
      complaints: form.fields.value,
      set: (change) => {
        draft.value = { ...draft.value, ...change }
      },
    })
  const more = (form: FormState) => html`
    ${some(choices, form)}
    <details class="account-more" open=${others.some(({ name }) => form.fields.value[name])}>
      <summary>${t('More settings')}</summary>
      <div class="form">
        ${some(others, form)}
        ${hook !== undefined && view.hook !== null && h(HookAddress, { id: about.id, path: view.hook, does: hook })}
      </div>
    </details>
  `
  return h(AccountName, {
    panel,
    about,
    name: '',
    label: t('Connect'),
    more: () => changesOf(fields, view.options, draft.value),
    done: () => document.getElementById(headingOf(about.id))?.focus(),
    ...((fields.length > 0 || hook !== undefined) && { below: more }),
  })
}
