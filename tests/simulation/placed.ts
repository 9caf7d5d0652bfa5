import { type ChatEvent, isHeld, type Remove } from '../../workers/message.ts'
import type { Act, Placed, Target } from './history.ts'

/** An event as the checker knows it. */
export function placedOf(event: ChatEvent, epoch: string, at: number): Placed {
  const { seq, id } = event
  if (event.kind !== 'message' && event.kind !== 'notice')
    return { epoch, seq, id, drawn: false, act: actOf(event), at }
  const author = event.author === undefined ? {} : { author: `${event.platform}:${event.author.id}` }
  return { epoch, seq, id, drawn: event.hidden === undefined, ...(isHeld(event) && { held: true }), ...author, at }
}

function actOf(event: Exclude<ChatEvent, { kind: 'message' | 'notice' }>): Act {
  if (event.kind === 'clear') return { type: 'clear', by: event.by === 'stream' ? 'stream' : 'panel' }
  const target = targetOf(event)
  if (event.kind === 'remove') return { type: 'remove', target, by: event.by }
  const brings = event.events.map(({ id }) => id)
  return { type: 'restore', target, brings, ...(event.released && { released: true }) }
}

function targetOf({ platform, target }: Pick<Remove, 'platform' | 'target'>): Target {
  return 'id' in target ? target : { author: `${platform}:${target.authorId}` }
}
