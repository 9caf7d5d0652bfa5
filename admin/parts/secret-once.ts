import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from './button.ts'
import { CopyButton } from './copy.ts'
import { Dialog } from './dialog.ts'

export interface SecretOnceProps {
  id: string
  title: string
  /** Why it is to be copied now. */
  text: string
  secret: string
  /** What the button that copies says. */
  copy: string
  onClose: () => void
}

/** A secret that is shown this one time. */
export function SecretOnce({ id, title, text, secret, copy, onClose }: SecretOnceProps): View {
  return h(
    Dialog,
    { id, title, onClose },
    html`
      <p>${text}</p>
      <p class="secret"><code>${secret}</code></p>
      <div class="dialog-foot">
        ${h(CopyButton, { text: secret, label: copy, tone: 'primary' })}
        ${h(Button, { label: t('I have it'), onPress: onClose })}
      </div>
    `,
  )
}
