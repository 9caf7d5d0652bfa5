import type { DeliverySource } from '../platform.ts'
import { type Json, textAt } from './json.ts'

/** News that IRC tells too, each time under another id: taken from both, it would be shown twice. */
const TWINS: ReadonlySet<string> = new Set([
  'channel.cheer',
  'channel.subscribe',
  'channel.subscription.gift',
  'channel.subscription.message',
])

/** Of what bits are used for, IRC tells the cheers; of raids, those that come here. */
export function comesOverIrc(type: string, event: Json, { name, facts }: DeliverySource): boolean {
  if (type === 'channel.bits.use') return textAt(event, 'type') === 'cheer'
  if (type !== 'channel.raid') return TWINS.has(type)
  return (
    textAt(event, 'to_broadcaster_user_login').toLowerCase() === name ||
    textAt(event, 'to_broadcaster_user_id') === facts.id
  )
}
