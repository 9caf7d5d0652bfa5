import type { Batch } from '../../../workers/archive/words.ts'
import type { ChatEvent, Clear, Message, Notice, Remove, Restore } from '../../../workers/message.ts'

/** Invented events, and batches of them as the line hands them over. */

type Change<E> = Partial<E> & { seq: number }

export function messageOf(change: Change<Message>): Message {
  const { seq, text = `line ${seq}` } = change
  const message: Message = {
    ...baseOf(seq),
    kind: 'message',
    author: authorOf('u1', 'Mira'),
    parts: [{ type: 'text', text }],
    text,
  }
  return { ...message, ...change }
}

export function noticeOf(change: Change<Notice>): Notice {
  return { ...baseOf(change.seq), kind: 'notice', what: 'raid', text: 'A raid arrives.', ...change }
}

export function removeOf(change: Change<Remove> & Pick<Remove, 'target'>): Remove {
  return { ...baseOf(change.seq), kind: 'remove', by: 'platform', ...change }
}

export function restoreOf(change: Change<Restore> & Pick<Restore, 'target'>): Restore {
  return { ...baseOf(change.seq), kind: 'restore', by: 'panel', events: [], ...change }
}

export function clearOf(change: Change<Clear> & Pick<Clear, 'by'>): Clear {
  return { ...baseOf(change.seq), kind: 'clear', ...change }
}

export function authorOf(id: string, name: string, login?: string): Message['author'] {
  return { id, name, ...(login === undefined ? {} : { login }), roles: [], badges: [] }
}

export function batchOf(streamId: string, epoch: string, events: ChatEvent[]): Batch {
  const texts = events.map((event) => Buffer.from(JSON.stringify(event)))
  const ends = new Uint32Array(events.length)
  let end = 0
  for (const [nth, text] of texts.entries()) {
    end += text.length
    ends[nth] = end
  }
  return { streamId, epoch, bytes: Buffer.concat(texts), ends, seqs: Float64Array.from(events, ({ seq }) => seq) }
}

/** Messages with the seqs from `from` on. */
export function messages(from: number, count: number): Message[] {
  return Array.from({ length: count }, (_, nth) => messageOf({ seq: from + nth }))
}

function baseOf(seq: number) {
  return { seq, id: `twitch:m${seq}`, platform: 'twitch', at: 1_000 + seq, receivedAt: 2_000 + seq }
}
