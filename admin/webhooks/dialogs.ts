import { h } from 'preact'
import type { WebhookView } from '../../server/api.ts'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import { AskDialog } from '../parts/ask-dialog.ts'
import { SecretOnce } from '../parts/secret-once.ts'
import type { Panel } from '../state/panel.ts'

interface Props {
  panel: Panel
  view: WebhookView
  name: string
  onClose: () => void
}

export function DeleteWebhook({ panel, view, name, again, onClose }: Props & { again: () => Promise<void> }): View {
  return h(AskDialog, {
    id: 'delete-webhook',
    title: t('Delete {name}?', { name }),
    text: t('Nothing more is delivered to it, also not what waits.'),
    keep: t('Keep webhook'),
    act: t('Delete webhook'),
    tone: 'danger',
    run: async () => {
      await panel.api.deleteWebhook(view.id)
      onClose()
      await again()
    },
    onClose,
  })
}

export function RotateWebhook({
  panel,
  view,
  name,
  onMade,
  onClose,
}: Props & { onMade: (secret: string) => void }): View {
  return h(AskDialog, {
    id: 'rotate-webhook',
    title: t('New secret for {name}?', { name }),
    text: t(
      'For a day deliveries carry both signatures, so that you can change over at leisure. Then the old secret is worth nothing.',
    ),
    keep: t('Keep secret'),
    act: t('Make new secret'),
    tone: 'primary',
    run: async () => {
      const { secret } = await panel.api.rotateWebhook(view.id)
      onClose()
      if (secret !== undefined) onMade(secret)
    },
    onClose,
  })
}

export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }): View {
  return h(SecretOnce, {
    id: 'webhook-secret',
    title: t('Secret of the webhook'),
    text: t(
      'Copy it now: it is shown this one time only. With it your program checks the signature of each delivery, so that nobody else can speak to it.',
    ),
    secret,
    copy: t('Copy secret'),
    onClose,
  })
}
