import { Save } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { FormError } from '../parts/form.ts'
import type { EditingProps } from './rules.ts'

interface SaveBarProps extends EditingProps {
  /** Whether a field's complaint is said on the part that is open. */
  shows: (field: string) => boolean
}

/** Stands below the page for as long as there is something to save. */
export function SaveBar({ editing, shows }: SaveBarProps): View | null {
  const { changed, cameBack, form, discard } = editing
  if (!changed) return null
  const elsewhere = Object.entries(form.fields.value).flatMap(([field, complaint]) => (shows(field) ? [] : complaint))
  return html`
    <div class="save-bar" role="region" aria-label=${t('Changes')}>
      ${h(FormError, { form })}
      ${elsewhere.map((complaint) => html`<p class="form-error" role="alert">${complaint}</p>`)}
      <div class="save-bar-line">
        <p>${cameBack.value ? t('What you typed before is back. It is not saved yet.') : t('These changes are not saved yet.')}</p>
        ${h(Button, { label: t('Discard'), tone: 'ghost', onPress: discard })}
        ${h(Button, { label: t('Save rules'), icon: Save, tone: 'primary', submit: true, off: form.busy.value })}
      </div>
    </div>
  `
}
