import type { z } from 'zod'
import { type Draft, HOUSE, type Message, type Notice, type Remove } from '../../workers/message.ts'
import type { HideBody } from '../api/moderation.ts'
import { newId } from '../auth/ids.ts'
import { CrossChatError } from '../errors.ts'
import type { Receipt } from '../house.ts'

/** What a moderator takes away or gives back, as events of the channel's one order. */

export interface Target {
  platform: string
  target: Remove['target']
}

/** A removal stands under the platform whose messages it takes away; event ids begin with that platform's name. */
export function targetsOf(body: z.output<typeof HideBody>, known: string[]): Target[] {
  if ('id' in body) {
    const named = body.id.split(':')[0] ?? ''
    return [{ platform: known.includes(named) ? named : HOUSE, target: { id: body.id } }]
  }
  const { platform, authorId } = body
  if (platform !== undefined && !known.includes(platform)) throw new CrossChatError('unknown_platform')
  return (platform === undefined ? known : [platform]).map((each) => ({ platform: each, target: { authorId } }))
}

export function removal({ platform, target }: Target): Draft {
  return { kind: 'remove', ...base(platform), target, by: 'panel' }
}

/** What it brings along is known where it has its place in the order. */
export function restoration({ platform, target }: Target): Draft {
  return { kind: 'restore', ...base(platform), target, by: 'panel', events: [] }
}

/**
 * Its id says which event it is about: whatever happens, one event is released once. `turn`: how often it was given back to wait; what was
 * decided before that came to nothing, and must not make this a repetition.
 */
export function release(event: Message | Notice, turn = 0): Draft {
  const { id, platform } = event
  const { hidden: _, ...shown } = event
  const now = base(platform)
  const events = [{ ...shown, receivedAt: now.receivedAt }]
  return {
    ...now,
    kind: 'restore',
    id: turn === 0 ? `${id}.released` : `${id}.released-${turn}`,
    target: { id },
    by: 'panel',
    events,
    released: true,
  }
}

export function clearing(): Draft {
  return { kind: 'clear', ...base(HOUSE), by: 'panel' }
}

function base(platform: string) {
  const now = Date.now()
  return { id: `${platform}:${newId()}`, platform, at: now, receivedAt: now }
}

export function together(receipts: Receipt[]): Receipt {
  return {
    accepted: receipts.flatMap(({ accepted }) => accepted),
    duplicates: receipts.reduce((sum, { duplicates }) => sum + duplicates, 0),
    ignored: receipts.flatMap(({ ignored }) => ignored),
    archived: receipts.every(({ archived }) => archived),
  }
}
