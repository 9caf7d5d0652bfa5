import { useSignal } from '@preact/signals'
import { Eye, EyeOff } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from './button.ts'
import { Field } from './field.ts'

export interface PasswordFieldProps {
  id: string
  label: string
  hint?: string | undefined
  error?: string | undefined
  value: string
  onText: (text: string) => void
  autocomplete: 'current-password' | 'new-password'
}

export function PasswordField({ id, label, hint, error, value, onText, autocomplete }: PasswordFieldProps): View {
  const shown = useSignal(false)
  const onInput = (event: InputEvent) => onText((event.currentTarget as HTMLInputElement).value)
  const toggle = () => {
    shown.value = !shown.value
  }
  return h(Field, {
    id,
    label,
    hint,
    error,
    control: (tied) => html`
      <div class="with-button">
        <input type=${shown.value ? 'text' : 'password'} name="password" autocomplete=${autocomplete} ...${tied} value=${value} onInput=${onInput} />
        ${h(Button, {
          label: shown.value ? t('Hide the password') : t('Show the password'),
          icon: shown.value ? EyeOff : Eye,
          tone: 'ghost',
          bare: true,
          onPress: toggle,
        })}
      </div>
    `,
  })
}
