import { useSignal } from '@preact/signals'
import { FlaskConical } from 'lucide'
import { h } from 'preact'
import type { TrialVerdict } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { TextField, Toggle } from '../parts/field.ts'
import { rulesOf } from '../state/rules-draft.ts'
import { verdictOf } from '../state/verdict.ts'
import type { EditingProps } from './rules.ts'

/** What the rules as they stand on this page, saved or not, would do with a message. */
export function Tester({ panel, editing }: EditingProps): View {
  const text = useSignal('')
  const name = useSignal('')
  const first = useSignal(false)
  const busy = useSignal(false)
  const told = useSignal<{ verdict: TrialVerdict; of: unknown } | null>(null)
  const draft = editing.draft.value
  const typed = () => [text.value, name.value, first.value, editing.draft.value]
  const attempt = async () => {
    const of = typed()
    busy.value = true
    try {
      const who = name.value.trim()
      const trial = { text: text.value, first: first.value, rules: rulesOf(draft), ...(who !== '' && { name: who }) }
      told.value = { verdict: await panel.api.tryRules(trial), of: JSON.stringify(of) }
    } catch (error) {
      panel.toasts.failed(error as Error)
    } finally {
      busy.value = false
    }
  }
  // Enter tries it; the form around it saves.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    void attempt()
  }
  const verdict = told.value?.of === JSON.stringify(typed()) ? told.value.verdict : null
  return h(
    Card,
    { id: 'tester', title: t('Would this message be hidden?') },
    html`<div class="tester" onKeyDown=${onKeyDown}>
      ${h(TextField, { id: 'try-text', label: t('Message'), value: text.value, onText: (typed) => (text.value = typed), input: { maxlength: 500, autocomplete: 'off' } })}
      ${h(TextField, { id: 'try-name', label: t('Written by'), hint: t('A name; nobody in particular when it is left empty.'), value: name.value, onText: (typed) => (name.value = typed), input: { maxlength: 50, autocomplete: 'off' } })}
      <div class="tester-foot">
        ${h(Toggle, { label: t('It is their first message'), on: first.value, onSwitch: (on) => (first.value = on) })}
        ${h(Button, { label: t('Test'), icon: FlaskConical, off: busy.value, onPress: () => void attempt() })}
      </div>
      <p class="verdict" role="status" data-action=${verdict?.action}>${verdict !== null && verdictOf(verdict)}</p>
    </div>`,
  )
}
