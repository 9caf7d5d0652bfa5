import { frameOf } from '../../../server/frame.ts'
import type { Slice, SliceEvent } from '../../../server/slice.ts'
import { authorMark, fingerprint } from '../../../workers/fingerprint.ts'
import { type ChatEvent, HOUSE, isHeld, KINDS, type Message, type Remove } from '../../../workers/message.ts'
import { FLAG } from '../../../workers/queue/record.ts'

/** Invented events, and slices of them as they come out of the ring. The register holds one platform, `twitch`. */

const AT = 1_700_000_000_000

export function message(seq: number, change: Partial<Message> = {}): Message {
  const author = { id: 'u1', name: 'Mossy_Otter', roles: [], badges: [] }
  const text = change.text ?? `line ${seq}`
  return { kind: 'message', ...base(seq), author, text, parts: [{ type: 'text', text }], ...change }
}

export function remove(seq: number, target: Remove['target'], by: Remove['by'] = 'panel'): ChatEvent {
  return { kind: 'remove', ...base(seq), target, by }
}

export function restore(seq: number, target: Remove['target']): ChatEvent {
  return { kind: 'restore', ...base(seq), target, by: 'panel', events: [] }
}

/** A held message goes on air. */
export function release(seq: number, { hidden: _, ...event }: Message): ChatEvent {
  return {
    kind: 'restore',
    ...base(seq),
    target: { id: event.id },
    by: 'panel',
    events: [{ ...event, seq }],
    released: true,
  }
}

export function clear(seq: number, by: 'platform' | 'panel' | 'stream'): ChatEvent {
  return { kind: 'clear', ...base(seq), by, ...(by !== 'platform' && { platform: HOUSE }) }
}

export function sliceOf(events: ChatEvent[], channelId = 'c'): Slice {
  const opening = '{"type":"events","events":['
  const texts = events.map((event) => JSON.stringify(event))
  let at = Buffer.byteLength(opening)
  const placed = events.map((event, nth): SliceEvent => {
    const start = at
    const end = start + Buffer.byteLength(texts[nth] ?? '')
    at = end + 1
    return { ...headOf(event), at: 0, start, end }
  })
  return { channelId, epoch: 'e', frame: frameOf(`${opening}${texts.join(',')}]}`), events: placed }
}

function headOf(event: ChatEvent) {
  const { seq, platform } = event
  const author = 'author' in event ? event.author : undefined
  const target = 'target' in event ? event.target : undefined
  const byAuthor = target !== undefined && 'authorId' in target
  return {
    seq,
    id: fingerprint(event.id),
    author: author === undefined ? 0 : authorMark(platform, author.id),
    target: target === undefined ? 0 : byAuthor ? authorMark(platform, target.authorId) : fingerprint(target.id),
    kind: KINDS.indexOf(event.kind),
    flags:
      (event.hidden === undefined ? 0 : FLAG.hidden) |
      (byAuthor ? FLAG.byAuthor : 0) |
      (event.kind === 'remove' && event.by === 'panel' ? FLAG.byPanel : 0) |
      (isHeld(event) ? FLAG.held : 0) |
      (event.kind === 'restore' && event.released ? FLAG.released : 0),
    platform: platform === HOUSE ? 0 : 1,
  }
}

function base(seq: number) {
  return { seq, id: `twitch:m${seq}`, platform: 'twitch', at: AT + seq, receivedAt: AT + seq }
}
