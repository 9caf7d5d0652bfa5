import { z } from 'zod'
import { MAX_HELD, type Message, type Notice } from '../../workers/message.ts'
import type { Deed, Hand, HiddenPerson, Stage } from '../stores/moderation.ts'
import { platform, trimmed } from './shapes.ts'

/** What moderators do by hand. */

export const MAX_NOTE = 200
/** How long a person can be hidden for a time, seconds. */
export const MIN_HIDDEN_S = 10
export const MAX_HIDDEN_S = 30 * 86_400

/** Names have at most 100 letters, and each of them may be two units of a string. */
const MAX_NAME_UNITS = 200

export const HidePersonBody = z.strictObject({
  platform,
  authorId: trimmed(200),
  name: trimmed(MAX_NAME_UNITS).optional(),
  note: z.string().trim().max(MAX_NOTE).optional(),
  /** Seconds, or as long as the stream that runs; absent = until somebody shows them again. */
  lasts: z.union([z.literal('stream'), z.number().int().min(MIN_HIDDEN_S).max(MAX_HIDDEN_S)]).optional(),
})

export const NoteBody = HidePersonBody.required({ note: true }).omit({ name: true, lasts: true })
export const HeldQuery = z.object({ limit: z.coerce.number().int().min(1).max(MAX_HELD).default(50) })

export const HideBody = z.union([
  z.strictObject({ id: trimmed(300) }),
  /** Ids of persons are a platform's own; without a platform the id counts on each. */
  z.strictObject({ platform: platform.optional(), authorId: trimmed(200) }),
])

export const FeatureBody = z.strictObject({ id: trimmed(300).nullable() })
export const PanicBody = z.strictObject({ on: z.boolean() })
export const SlowBody = z.strictObject({ on: z.boolean() })

export interface StageView {
  panic: boolean
  slow: boolean
  featured: Stage['featured']
}

/** Somebody who is hidden, whatever they write. */
export interface PersonView extends Omit<HiddenPerson, 'id' | 'channelId' | 'by' | 'until' | 'streamId'> {
  by: Pick<Hand, 'kind' | 'name'>
  /** When they are shown again by themselves: at that time, ms, or when the stream ends; null = never. */
  until: number | 'stream' | null
}

export interface PeopleView {
  /** Newest first. */
  items: PersonView[]
  max: number
}

/** What waits for a moderator. */
export interface HeldView {
  /** Oldest first. */
  items: { event: Message | Notice; rule: string; since: number }[]
  /** All that wait, also those that are not listed. */
  count: number
  max: number
  /** How long it waits before it stays hidden for good, ms. */
  keepMs: number
}

/** An entry of the moderation log. */
export interface DeedView extends Omit<Deed, 'channelId' | 'by'> {
  by: Pick<Hand, 'kind' | 'name'>
  /** The newest change of the rules that can be taken back. */
  restorable?: true
}
