import { useSignal } from '@preact/signals'
import { Ban } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Dialog } from '../parts/dialog.ts'
import { TextField } from '../parts/field.ts'
import { FormError, useForm } from '../parts/form.ts'
import { addWord, wordsIn } from '../state/add-word.ts'
import type { Message, Notice } from '../state/model.ts'
import type { Panel } from '../state/panel.ts'
import { MAX_ENTRY } from '../state/rules.ts'

export interface WordDialogProps {
  panel: Panel
  event: Message | Notice
  onClose: () => void
}

/** A word of a message becomes a rule. */
export function WordDialog({ panel, event, onClose }: WordDialogProps): View {
  const word = useSignal('')
  const form = useForm(
    async () => {
      const typed = word.value.trim()
      const done = await addWord(panel.api, typed)
      onClose()
      panel.toasts.ok(
        done === 'added'
          ? t('Messages with “{word}” are hidden from now on.', { word: typed })
          : t('“{word}” is among the rules already.', { word: typed }),
        { href: '#/moderation', label: t('Rules') },
      )
    },
    (): Record<string, string> => (word.value.trim() === '' ? { word: t('Type a word, or pick one below.') } : {}),
  )
  const pick = (text: string) => () => {
    word.value = text
  }
  return h(
    Dialog,
    { id: 'word', title: t('Add a word to the rules'), onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit} novalidate>
        ${h(TextField, {
          id: 'rule-word',
          label: t('Word or words'),
          hint: t('A message that contains it is hidden from the overlays, in any case of letters.'),
          value: word.value,
          onText: (text) => {
            word.value = text
          },
          error: form.fields.value.word,
          input: { maxlength: MAX_ENTRY, autocomplete: 'off', spellcheck: false },
        })}
        <div class="word-picks" role="group" aria-label=${t('Words of the message')}>
          ${wordsIn(event.text).map(
            (text) =>
              html`<button type="button" class="word-pick" aria-pressed=${word.value === text ? 'true' : 'false'} onClick=${pick(text)}><bdi>${text}</bdi></button>`,
          )}
        </div>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: t('Not now'), onPress: onClose })}
          ${h(Button, { label: t('Add to the rules'), icon: Ban, tone: 'primary', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}
