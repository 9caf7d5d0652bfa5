import { authorMark, fingerprint } from './fingerprint.ts'
import { type ChatEvent, isHeld, KINDS, type Remove } from './message.ts'
import { FLAG, type RecordHead } from './queue/record.ts'

/** What the main thread must know of an event without reading it. */
export type EventHead = Pick<RecordHead, 'seq' | 'id' | 'author' | 'target' | 'kind' | 'flags'>

/** `id`: the fingerprint of the event's id. */
export function eventHead(event: ChatEvent, id: number): EventHead {
  const author = 'author' in event ? event.author : undefined
  const target = event.kind === 'remove' || event.kind === 'restore' ? event.target : undefined
  return {
    seq: event.seq,
    id,
    author: author === undefined ? 0 : authorMark(event.platform, author.id),
    target: target === undefined ? 0 : targetMark(event.platform, target),
    kind: KINDS.indexOf(event.kind),
    flags:
      (event.simulated ? FLAG.simulated : 0) |
      (event.hidden === undefined ? 0 : FLAG.hidden) |
      (target !== undefined && 'authorId' in target ? FLAG.byAuthor : 0) |
      (event.kind === 'remove' && event.by === 'panel' ? FLAG.byPanel : 0) |
      (isHeld(event) ? FLAG.held : 0) |
      (event.kind === 'restore' && event.released ? FLAG.released : 0),
  }
}

function targetMark(platform: string, target: Remove['target']): number {
  return 'id' in target ? fingerprint(target.id) : authorMark(platform, target.authorId)
}
