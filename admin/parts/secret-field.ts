import { useSignal } from '@preact/signals'
import { Eye, EyeOff, Undo2, X } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { keptWords } from '../state/source-draft.ts'
import { Button } from './button.ts'
import { Field } from './field.ts'
import { Icon } from './icon.ts'

export interface SecretFieldProps {
  id: string
  label: string
  hint: string
  error?: string | undefined
  placeholder?: string | undefined
  /** How the kept one is known, `saved, ends in …9f3`; absent = none is kept. */
  saved: string | undefined
  value: string
  /** It is to be taken away. */
  gone: boolean
  onText: (text: string) => void
  onGone: (gone: boolean) => void
}

/** What is typed here is never shown again; empty leaves the kept one as it is. */
export function SecretField(props: SecretFieldProps): View {
  const { id, label, hint, error, value, onText } = props
  const shown = useSignal(false)
  const onInput = (event: InputEvent) => onText((event.currentTarget as HTMLInputElement).value)
  const placeholder = props.saved === undefined ? props.placeholder : t('Empty leaves it as it is')
  return h(Field, {
    id,
    label,
    hint,
    error,
    control: (tied) => html`
      <div class="with-button">
        <input type=${shown.value ? 'text' : 'password'} autocomplete="off" spellcheck=${false} placeholder=${placeholder} maxlength="500" ...${tied} value=${value} onInput=${onInput} />
        ${h(Button, {
          label: shown.value
            ? t('Hide what is typed for {field}', { field: label })
            : t('Show what is typed for {field}', { field: label }),
          icon: shown.value ? EyeOff : Eye,
          tone: 'ghost',
          bare: true,
          onPress: () => {
            shown.value = !shown.value
          },
        })}
      </div>
      ${props.saved !== undefined && h(Kept, props)}
    `,
  })
}

function Kept({ label, saved, gone, onGone }: SecretFieldProps): View {
  const words = gone ? t('Taken away when you save.') : keptWords(saved ?? '')
  const turn = gone ? t('Keep it') : t('Take away')
  return html`
    <p class="kept" data-gone=${gone ? '' : undefined}>
      <span>${words}</span>
      <button type="button" class="link" aria-label=${`${turn}: ${label}`} onClick=${() => onGone(!gone)}>
        ${h(Icon, { icon: gone ? Undo2 : X, size: 14 })}${turn}
      </button>
    </p>
  `
}
