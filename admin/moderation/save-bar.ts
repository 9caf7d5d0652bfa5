import { Save } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { FormError } from '../parts/form.ts'
import type { EditingProps } from './rules.ts'

/** Stands below the page for as long as there is something to save. */
export function SaveBar({ editing }: EditingProps): View | null {
  const { changed, cameBack, form, discard } = editing
  if (!changed) return null
  return html`
    <div class="save-bar" role="region" aria-label=${t('Changes')}>
      ${h(FormError, { form })}
      <div class="save-bar-line">
        <p>${cameBack.value ? t('What you typed before is back. It is not saved yet.') : t('These changes are not saved yet.')}</p>
        ${h(Button, { label: t('Discard'), tone: 'ghost', onPress: discard })}
        ${h(Button, { label: t('Save rules'), icon: Save, tone: 'primary', submit: true, off: form.busy.value })}
      </div>
    </div>
  `
}
