import type { ChatEvent, ServerFrame, SourceView, Status, StreamState } from '../../server/protocol.ts'
import type { Clear, Message, Notice, Remove, Restore } from './model.ts'
import { caughtUp, type Overtaken, overtakenBy } from './overtaken.ts'

/** The live feed as data: `(state, frame) → state`, pure. Rows that did not change keep their identity. */
export interface FeedState {
  epoch: string | null
  seq: number
  /** The next row's number. */
  n: number
  /** Oldest first, at most `MAX_ROWS`. */
  rows: readonly Row[]
  /** What came in while paused, oldest first, at most `MAX_ROWS`. */
  held: readonly Row[]
  /** How many came in while paused; unlike `held` it is not cut. */
  heldCount: number
  paused: boolean
  stream: StreamState
  /** Null until the server's first word about it. */
  status: Omit<Status, 'sources'> | null
  /** One for each platform; null until the server's first word about them. */
  sources: readonly SourceView[] | null
  overtaken: Overtaken
  /** When each platform was last heard, ms. */
  lastAt: Readonly<Record<string, number>>
  /** Messages a minute, oldest first, at most `PACE_MINUTES`. */
  pace: readonly Minute[]
  build: string | null
  /** What the overlays show large. */
  featured: Message | Notice | null
  /** The overlays are held empty. */
  panic: boolean
  /** The overlays show few messages a second. */
  slow: boolean
}

export interface Row {
  /** Counts up for as long as the page lives; also its key in the list. */
  n: number
  event: Message | Notice | Clear
  removedBy?: 'platform' | 'panel'
  /** Hidden with all that its author wrote, so that it comes back with it. */
  withAuthor?: true
  /** Hidden here first, and then removed by the platform too. */
  both?: true
}

export interface Minute {
  /** Minutes since 1970. */
  minute: number
  counts: Readonly<Record<string, number>>
}

export const MAX_ROWS = 500
export const PACE_MINUTES = 30
const MINUTE_MS = 60_000

export const EMPTY_FEED: FeedState = {
  epoch: null,
  seq: 0,
  n: 1,
  rows: [],
  held: [],
  heldCount: 0,
  paused: false,
  stream: { live: false, startedAt: null, title: null },
  status: null,
  sources: null,
  overtaken: {},
  lastAt: {},
  pace: [],
  build: null,
  featured: null,
  panic: false,
  slow: false,
}

export function feed(state: FeedState, frame: ServerFrame): FeedState {
  if (frame.type === 'events') return take(state, frame.events)
  if (frame.type === 'welcome') return greet(state, frame)
  if (frame.type === 'stream') return { ...state, stream: streamOf(frame) }
  if (frame.type === 'status') {
    const { overlays, messages, lastAt, sources, held } = frame
    const told = caughtUp(sources, state.sources, state.overtaken)
    return { ...state, status: { overlays, messages, lastAt, held }, ...told }
  }
  if (frame.type === 'featured') return { ...state, featured: frame.event }
  if (frame.type === 'panic') return { ...state, panic: frame.on }
  if (frame.type === 'slow') return { ...state, slow: frame.on }
  return state
}

/** Takes the server's answer about some sources for newer than what is known of them. */
export function withSources(state: FeedState, views: readonly SourceView[]): FeedState {
  if (state.sources === null) return { ...state, sources: views }
  const fresh = new Map(views.map((view) => [view.platform, view]))
  const overtaken = views.reduce((all, view) => overtakenBy(view, state.sources, all), state.overtaken)
  return { ...state, overtaken, sources: state.sources.map((view) => fresh.get(view.platform) ?? view) }
}

/** Pausing holds the rows still; going on lets in what was held. */
export function setPaused(state: FeedState, paused: boolean): FeedState {
  if (paused === state.paused) return state
  if (paused) return { ...state, paused }
  return { ...state, paused, rows: newest([...state.rows, ...state.held]), held: [], heldCount: 0 }
}

/** A snapshot replaces the rows; a resume goes on where they end. */
function greet(state: FeedState, frame: Extract<ServerFrame, { type: 'welcome' }>): FeedState {
  const { epoch, build, featured, panic, slow } = frame
  const greeted = { ...state, epoch, build, featured, panic, slow, stream: streamOf(frame.stream) }
  if (frame.recovered) return greeted
  return { ...greeted, seq: 0, rows: [], held: [], heldCount: 0, pace: [] }
}

function streamOf({ live, startedAt, title, id }: StreamState): StreamState {
  return id === undefined ? { live, startedAt, title } : { live, startedAt, title, id }
}

interface Draft {
  shown: Row[]
  held: Row[]
  heldCount: number
  n: number
}

function take(state: FeedState, events: readonly ChatEvent[]): FeedState {
  const fresh = events.filter((event) => event.seq > state.seq)
  const last = fresh[fresh.length - 1]
  if (!last) return state
  const draft: Draft = { shown: [...state.rows], held: [...state.held], heldCount: state.heldCount, n: state.n }
  for (const event of fresh) place(draft, event, state.paused)
  return {
    ...state,
    seq: last.seq,
    n: draft.n,
    rows: newest(draft.shown),
    held: newest(draft.held),
    heldCount: draft.heldCount,
    lastAt: heard(state.lastAt, fresh),
    pace: paced(state.pace, fresh),
  }
}

function place(draft: Draft, event: ChatEvent, paused: boolean): void {
  if (event.kind === 'remove') {
    strike(draft, (row) => isTarget(row, event), event.by, 'authorId' in event.target)
    return
  }
  if (event.kind === 'restore') {
    if (event.released) release(draft, event, paused)
    else giveBack(draft, event)
    return
  }
  if (event.kind === 'clear') wipe(draft, event)
  append(draft, event, paused)
}

function append(draft: Draft, event: Row['event'], paused: boolean): void {
  const row = { n: draft.n++, event }
  if (!paused) draft.shown.push(row)
  else {
    draft.held.push(row)
    draft.heldCount++
  }
}

/** What waited for a moderator stands where it was released. */
function release(draft: Draft, event: Restore, paused: boolean): void {
  draft.shown = draft.shown.filter((row) => !isTarget(row, event))
  draft.held = draft.held.filter((row) => !isTarget(row, event))
  for (const released of event.events) append(draft, released, paused)
}

/** A new stream, or a moderator, empties the overlays; here the rows before it stay readable, above its divider. */
function wipe(draft: Draft, event: Clear): void {
  if (event.by === 'platform') strike(draft, (row) => row.event.platform === event.platform, 'platform')
}

/** The first reason stands; what the platform took away stays away, whatever a moderator did before or does after. */
function strike(draft: Draft, hits: (row: Row) => boolean, by: 'platform' | 'panel', withAuthor = false): void {
  const struck = (row: Row): Row => {
    if (row.event.kind === 'clear' || !hits(row)) return row
    if (row.removedBy === undefined) return { ...row, removedBy: by, ...(withAuthor && { withAuthor }) }
    return row.removedBy === 'panel' && by === 'platform' ? { ...row, both: true } : row
  }
  each(draft, struck)
}

function giveBack(draft: Draft, event: Restore): void {
  const withAuthor = 'authorId' in event.target
  each(draft, (row) => {
    const back = row.removedBy === 'panel' && isTarget(row, event) && (!withAuthor || row.withAuthor === true)
    if (!back) return row
    return { n: row.n, event: row.event, ...(row.both && { removedBy: 'platform' as const }) }
  })
}

function each(draft: Draft, change: (row: Row) => Row): void {
  draft.shown = draft.shown.map(change)
  draft.held = draft.held.map(change)
}

function isTarget({ event }: Row, { target, platform }: Remove | Restore): boolean {
  if ('id' in target) return event.id === target.id
  return event.kind !== 'clear' && event.platform === platform && event.author?.id === target.authorId
}

function newest(rows: Row[]): Row[] {
  return rows.length > MAX_ROWS ? rows.slice(-MAX_ROWS) : rows
}

function isTalk(event: ChatEvent): event is Message | Notice {
  return event.kind === 'message' || event.kind === 'notice'
}

function heard(lastAt: FeedState['lastAt'], events: readonly ChatEvent[]): FeedState['lastAt'] {
  const next = { ...lastAt }
  for (const event of events) if (isTalk(event)) next[event.platform] = event.receivedAt
  return next
}

function paced(pace: readonly Minute[], events: readonly ChatEvent[]): readonly Minute[] {
  const next = [...pace]
  for (const event of events) if (isTalk(event)) countIn(next, Math.floor(event.receivedAt / MINUTE_MS), event.platform)
  return next.slice(-PACE_MINUTES)
}

/** Events come in order of their seq; one whose clock stands before the newest minute counts to that minute. */
function countIn(pace: Minute[], minute: number, platform: string): void {
  const last = pace[pace.length - 1]
  if (!last || minute > last.minute) pace.push({ minute, counts: { [platform]: 1 } })
  else pace[pace.length - 1] = { ...last, counts: { ...last.counts, [platform]: (last.counts[platform] ?? 0) + 1 } }
}
