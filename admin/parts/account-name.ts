import { useSignal } from '@preact/signals'
import { Link } from 'lucide'
import { type ComponentChildren, h } from 'preact'
import type { About } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { t, told } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import type { OptionChanges } from '../state/source-draft.ts'
import { Button } from './button.ts'
import { Field } from './field.ts'
import { FormError, type FormState, useForm } from './form.ts'

const MAX_NAME = 300

export interface AccountNameProps {
  panel: Panel
  about: About
  /** What is followed now; empty = nothing. */
  name: string
  label: string
  /** What goes along with the name. */
  more?: () => OptionChanges
  done: () => void
  cancel?: () => void
  /** What stands below the name. */
  below?: (form: FormState) => ComponentChildren
}

/** The name of the channel to follow, in whatever form it was typed or pasted; the server reads it. */
export function AccountName({ panel, about, name, label, more, done, cancel, below }: AccountNameProps): View {
  const { hint } = about.source
  const typed = useSignal(name)
  const form = useForm(
    async () => {
      await panel.sources.set(about.id, { ...more?.(), channel: typed.value.trim() })
      done()
    },
    (): Record<string, string> => (typed.value.trim() === '' ? { channel: t('Type the name of a channel.') } : {}),
  )
  const onInput = (event: InputEvent) => {
    typed.value = (event.currentTarget as HTMLInputElement).value
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') cancel?.()
  }
  return html`
    <form class="form account-name" onSubmit=${form.onSubmit} onKeyDown=${onKeyDown} novalidate>
      ${h(Field, {
        id: `${about.id}-channel`,
        label: told(about.source.label),
        hint: hint === undefined ? t('The name, or the whole address of the channel.') : told(hint),
        error: form.fields.value.channel,
        control: (tied) => html`
          <div class="name-row">
            <input type="text" placeholder=${about.source.placeholder} maxlength=${MAX_NAME} autocomplete="off" autocapitalize="none" spellcheck=${false} enterkeyhint="go" ...${tied} value=${typed.value} onInput=${onInput} />
            ${h(Button, { label, icon: Link, tone: 'primary', submit: true, off: form.busy.value })}
            ${cancel && h(Button, { label: t('Cancel'), onPress: cancel })}
          </div>
        `,
      })}
      ${below?.(form)}
      ${h(FormError, { form })}
    </form>
  `
}
