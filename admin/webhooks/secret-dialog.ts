import { h } from 'preact'
import { html, type View } from '../html.ts'
import { Button } from '../parts/button.ts'
import { CopyButton } from '../parts/copy.ts'
import { Dialog } from '../parts/dialog.ts'

export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }): View {
  return h(
    Dialog,
    { id: 'webhook-secret', title: 'Secret of the webhook', onClose },
    html`
      <p>Copy it now: it is shown this one time only. With it your program checks the signature of each delivery, so that nobody else can speak to it.</p>
      <p class="secret"><code>${secret}</code></p>
      <div class="dialog-foot">
        ${h(CopyButton, { text: secret, label: 'Copy secret', tone: 'primary' })}
        ${h(Button, { label: 'I have it', onPress: onClose })}
      </div>
    `,
  )
}
