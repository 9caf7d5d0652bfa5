import type { OpenChannel } from './control.ts'
import { fingerprint } from './fingerprint.ts'
import type { Draft } from './message.ts'
import type { Place } from './publish.ts'
import { Repeats } from './repeats.ts'
import { hiddenBy, judge, Prepared } from './rules.ts'
import { Seen } from './seen.ts'
import { Twins } from './twins.ts'

/** Removals remembered for messages that come after them. */
export const EARLY_REMOVALS = 1_000
/** What the worker knows of one channel. */
export interface Room extends Place {
  seen: Seen
  removedEarly: Seen
  /** Originals of what was removed under another id. */
  twinsRemoved: Seen
  twins: Twins
  prepared: Prepared
  repeats: Repeats
}

export function roomOf({ channel, seq, removed = [], seen: marks, rules }: OpenChannel): Room {
  const seen = new Seen()
  for (const mark of marks) seen.add(mark)
  const removedEarly = new Seen(EARLY_REMOVALS)
  for (const mark of removed) removedEarly.add(mark)
  return {
    channel,
    seq,
    seen,
    removedEarly,
    twinsRemoved: new Seen(EARLY_REMOVALS),
    twins: new Twins(),
    prepared: new Prepared(rules),
    repeats: new Repeats(),
  }
}

/** True when the same message of a shared chat has come in another form. */
export function twinShown(room: Room, draft: Draft, original: string | undefined): boolean {
  if (original === undefined || draft.kind === 'remove') return false
  room.twins.learn(draft.id, original)
  return room.seen.has(fingerprint(original))
}

export function showTwin(room: Room, id: string, original: string): void {
  room.seen.add(fingerprint(original))
  room.twins.show(original, id)
}

/** Remembers a removal for what comes after it, and points it at the form of the message that is shown. */
export function aim(room: Room, draft: Extract<Draft, { kind: 'remove' }>, original: string | undefined): void {
  if (!('id' in draft.target)) return
  const { id } = draft.target
  room.removedEarly.add(fingerprint(id))
  if (original !== undefined) {
    room.twins.learn(id, original)
    room.twinsRemoved.add(fingerprint(original))
  }
  const shown = room.twins.shownAs(id)
  if (room.seen.has(fingerprint(shown))) draft.target = { id: shown }
}

/** True when the message was taken away before it came, under another id than the one that it comes with. */
export function twinRemoved({ removedEarly, twinsRemoved }: Room, mark: number, original: string | undefined): boolean {
  if (original === undefined) return twinsRemoved.has(mark)
  const other = fingerprint(original)
  return removedEarly.has(other) || twinsRemoved.has(other)
}

/** For a message that was taken away, before it came, under the id of its original: so that the transcript knows of it, too. */
export function removalOf({ id, platform, at, receivedAt }: Draft): Draft {
  return { id: `${id}.removed`, kind: 'remove', platform, at, receivedAt, target: { id }, by: 'platform' }
}

export function ruledOut(draft: Draft, { prepared, repeats }: Room): string | undefined {
  const verdict = judge(draft, prepared.ruling, repeats)
  return verdict && hiddenBy(verdict)
}

/** What was held has its place in the order from its release on. */
export function goOnAir(draft: Extract<Draft, { kind: 'restore' }>, seq: number): void {
  draft.events = draft.events.map(({ hidden: _, ...event }) => ({ ...event, seq }))
}

/** What a moderator gave back may come after all. */
export function forgetRemoval({ removedEarly }: Room, { target }: Extract<Draft, { kind: 'restore' }>): void {
  if ('id' in target) removedEarly.forget(fingerprint(target.id))
}
