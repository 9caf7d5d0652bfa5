import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t, told } from '../language/words.ts'
import { CopyButton } from './copy.ts'
import { Field } from './field.ts'

/** Where the platform may send signed deliveries. */
export function HookAddress({ id, path, does }: { id: string; path: string; does: string }): View {
  const address = new URL(path, location.origin).href
  const onFocus = (event: FocusEvent) => (event.currentTarget as HTMLInputElement).select()
  return h(Field, {
    id: `${id}-hook`,
    label: t('Address for deliveries'),
    hint: told(does),
    control: (tied) => html`
      <div class="hook">
        <input type="text" readonly ...${tied} value=${address} onFocus=${onFocus} />
        ${h(CopyButton, { text: address, label: t('Copy address') })}
      </div>
    `,
  })
}
