import { type Blanked, blankedFor } from '../../workers/erased.ts'
import type { ChatEvent } from '../../workers/message.ts'
import type { WebhookGap, WebhookModeration, WebhookStream } from '../answers/webhook.ts'
import type { Person } from '../stores/erasures.ts'
import { isAbout } from '../stores/moderation.ts'

type Delivered = ChatEvent | WebhookStream | WebhookModeration | WebhookGap

/** What waits for a webhook, without what is a person's own; null where that was all of it. */
export function without(text: string, person: Person): string | null {
  const event: Delivered = JSON.parse(text)
  // A removal holds no more than an id, and asks the other side to let go of what it was sent before.
  if (event.kind === 'gap' || event.kind === 'stream' || event.kind === 'remove') return text
  if (event.kind === 'moderation') return withoutDeed(text, event, person)
  const blanked: Blanked | null = blankedFor(event, person)
  if (blanked === null) return text
  return blanked.own ? null : JSON.stringify(blanked.event)
}

function withoutDeed(text: string, { kind, deed }: WebhookModeration, person: Person): string {
  if (!isAbout(deed, person)) return text
  return JSON.stringify({ kind, deed: { ...deed, target: null, author: null, text: null } })
}
