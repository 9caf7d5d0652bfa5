import { filled, instant } from '../../foreign.ts'
import { cleanName } from '../../text.ts'
import type { Outcome, Place } from './events.ts'

/** News of the streamer's broadcast: no chat, so that they show nothing. */

export function began(time: unknown, title: unknown, place: Place): Outcome {
  const named = filled(title)
  return {
    ignored: 'the stream went live.',
    broadcast: { live: true, at: at(time, place), ...(named !== undefined && { title: cleanName(named) }) },
  }
}

export function ended(time: unknown, place: Place): Outcome {
  return { ignored: 'the stream ended.', broadcast: { live: false, at: at(time, place) } }
}

function at(time: unknown, { sentAt, receivedAt }: Place): number {
  return instant(time) ?? sentAt ?? receivedAt
}
