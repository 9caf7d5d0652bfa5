import { KINDS } from '../../workers/message.ts'
import type { HeldCount, SourceView, Status, StreamState } from '../protocol.ts'
import type { SliceEvent } from '../slice.ts'
import type { Stage } from '../stores/moderation.ts'

/** What a channel's home tells the other nodes besides events, so that they welcome and show as it does. */
export interface SharedState {
  stream: StreamState & Pick<Status, 'messages' | 'lastAt'>
  stage: Stage
  sources: SourceView[]
  held: HeldCount
}

export const NO_STATE: SharedState = {
  stream: { live: false, startedAt: null, title: null, messages: 0, lastAt: null },
  stage: { featured: null, panic: false, slow: false },
  sources: [],
  held: { count: 0, changes: 0 },
}

/** A node of another version may say less or more; what is missing is as of a channel that has nothing. */
export function readState(text: string | null): SharedState {
  if (text === null) return NO_STATE
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? { ...NO_STATE, ...value } : NO_STATE
}

/** What is new on the stage. */
export function stageChange(before: Stage, now: Stage): Partial<Stage> {
  return {
    ...(before.featured?.id !== now.featured?.id && { featured: now.featured }),
    ...(before.panic !== now.panic && { panic: now.panic }),
    ...(before.slow !== now.slow && { slow: now.slow }),
  }
}

/** So much more was said just now; what the archive has of it, the home tells later. */
export function withMore(state: SharedState, said: number): SharedState {
  const { messages } = state.stream
  return { ...state, stream: { ...state.stream, messages: messages + said, lastAt: Date.now() } }
}

/** Counts as a message of the stream. */
export function isSaid({ kind }: Pick<SliceEvent, 'kind'>): boolean {
  return kind === MESSAGE || kind === NOTICE
}
const [MESSAGE, NOTICE] = [KINDS.indexOf('message'), KINDS.indexOf('notice')]
