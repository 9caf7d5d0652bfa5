import type { ChatEvent, DockScope, ServerFrame, Status, StreamState } from '../../server/protocol.ts'
import type { Place } from '../state.ts'
import type { Clear, Drawable, Platforms, Remove, Restore } from '../words.ts'

/** The dock as data: (state, frame) → state, pure. Unlike the overlay it keeps what was hidden, struck through. */

export interface DockState {
  /** Null until the first welcome. */
  place: Place | null
  /** A snapshot was promised and has not come. */
  awaits: boolean
  /** Oldest first; at most `MAX_ROWS`, while paused `MAX_PAUSED`. */
  rows: readonly DockRow[]
  /** While paused: the newest row that is drawn. Null = the feed runs. */
  pausedAt: string | null
  stream: StreamState
  /** Null until the server's first word about it. */
  status: Status | null
  platforms: Platforms
  scope: DockScope | null
  featured: Drawable | null
  panic: boolean
  slow: boolean
  /** Counts what may have changed the overlays' looks. */
  looks: number
  /** Beats in a row that named a seq that has not arrived. */
  behind: number
  build: string | null
}

export interface DockRow {
  event: Drawable
  hidden: Hidden | null
}
/** Who took it off the air: `person` = a moderator, with all that its author wrote. */
/** `held`: waits for a moderator. */
export type Hidden = 'moderator' | 'person' | 'platform' | 'rule' | 'held'

export const MAX_ROWS = 300
export const MAX_PAUSED = 1_000
/** A single late beat is the frame on its way; two are a hole. */
const BEATS_TO_ASK = 2

export const EMPTY: DockState = {
  place: null,
  awaits: false,
  rows: [],
  pausedAt: null,
  stream: { live: false, startedAt: null, title: null },
  status: null,
  platforms: {},
  scope: null,
  featured: null,
  panic: false,
  slow: false,
  looks: 0,
  behind: 0,
  build: null,
}

export function dock(state: DockState, frame: ServerFrame): DockState {
  switch (frame.type) {
    case 'events':
      return takeAll(state, frame.events)
    case 'welcome':
      return greet(state, frame)
    case 'featured':
      return { ...state, featured: frame.event }
    case 'panic':
      return { ...state, panic: frame.on }
    case 'slow':
      return { ...state, slow: frame.on }
    case 'looks':
      return { ...state, looks: state.looks + 1 }
    case 'stream':
      return { ...state, stream: frame }
    case 'status':
      return { ...state, status: frame }
    case 'beat':
      return beat(state, frame.seq)
    default:
      return state
  }
}

/** Holds the drawn rows still, or goes on. */
export function pause(state: DockState, on: boolean): DockState {
  const newest = state.rows[state.rows.length - 1]?.event.id ?? ''
  return capped({ ...state, pausedAt: on ? (state.pausedAt ?? newest) : null })
}

/** What is drawn, and how many wait behind it. */
export function shown({ rows, pausedAt }: DockState): { rows: readonly DockRow[]; waiting: number } {
  if (pausedAt === null) return { rows, waiting: 0 }
  const end = rows.findIndex(({ event }) => event.id === pausedAt) + 1
  return { rows: rows.slice(0, end), waiting: rows.length - end }
}

/** Where to resume; null while the promised snapshot has not come, so that it is asked for again. */
export function resumePlace({ place, awaits }: DockState): Place | null {
  return awaits ? null : place
}

export function isBehind({ behind }: DockState): boolean {
  return behind >= BEATS_TO_ASK
}

/** A snapshot replaces the rows; a resume goes on where they end. */
function greet(state: DockState, welcome: Extract<ServerFrame, { type: 'welcome' }>): DockState {
  const { epoch, seq, recovered, stream, featured, panic, slow, platforms, scope, build } = welcome
  return {
    ...state,
    place: { epoch, seq: recovered ? (state.place?.seq ?? 0) : seq },
    awaits: !recovered,
    ...(!recovered && { rows: [], pausedAt: null }),
    stream,
    platforms: Object.fromEntries(platforms.map((about) => [about.id, about])),
    scope: scope ?? null,
    featured,
    panic,
    slow,
    looks: state.looks + 1,
    behind: 0,
    build,
  }
}

function beat(state: DockState, seq: number): DockState {
  const missing = state.place !== null && seq > state.place.seq
  return { ...state, awaits: false, behind: missing ? state.behind + 1 : 0 }
}

function takeAll(state: DockState, events: readonly ChatEvent[]): DockState {
  const { place, awaits } = state
  const past = awaits && place !== null && (events[0]?.seq ?? 0) <= place.seq
  if (!past) return events.reduce(takeOne, { ...state, awaits: false })
  const rows = events.flatMap((event) => (event.kind === 'message' || event.kind === 'notice' ? [rowOf(event)] : []))
  return { ...state, awaits: false, rows }
}

function takeOne(state: DockState, event: ChatEvent): DockState {
  const { place } = state
  if (place && event.seq <= place.seq) return state
  // A hole: what comes after it waits until the server has told again what was between.
  if (place && event.seq > place.seq + 1) return { ...state, behind: BEATS_TO_ASK }
  const next = { ...state, place: place && { ...place, seq: event.seq }, behind: 0 }
  if (event.kind === 'remove') return { ...next, rows: strike(state.rows, event) }
  if (event.kind === 'restore') return capped({ ...next, rows: giveBack(state.rows, event) })
  if (event.kind === 'clear') return { ...next, rows: clear(state.rows, event) }
  return capped({ ...next, rows: [...state.rows, rowOf(event)] })
}

function capped(state: DockState): DockState {
  const max = state.pausedAt === null ? MAX_ROWS : MAX_PAUSED
  return state.rows.length > max ? { ...state, rows: state.rows.slice(-max) } : state
}

const rowOf = (event: Drawable): DockRow => ({ event, hidden: hiddenBy(event.hidden) })

function hiddenBy(rule: string | undefined): Hidden | null {
  if (rule === undefined) return null
  return rule.startsWith('held:') ? 'held' : 'rule'
}

/** What the platform took away stays away, whatever a moderator does. */
function strike(rows: readonly DockRow[], remove: Remove): DockRow[] {
  const moderator = 'authorId' in remove.target ? 'person' : 'moderator'
  const hidden = remove.by === 'platform' ? 'platform' : moderator
  const stays = ({ hidden: before }: DockRow) => before === 'platform' || (hidden === 'person' && before !== null)
  return rows.map((row) => (isTarget(row.event, remove) && !stays(row) ? { ...row, hidden } : row))
}

/** Rows that this dock never had come along; they stand where they were written. */
function giveBack(rows: readonly DockRow[], restore: Restore): DockRow[] {
  if (restore.released) return released(rows, restore)
  const one = 'id' in restore.target
  const back = ({ event, hidden }: DockRow) =>
    isTarget(event, restore) && (hidden === 'person' || (one && hidden === 'moderator'))
  const standing = rows.map((row) => (back(row) ? rowOf(row.event) : row))
  const known = new Set(rows.map(({ event }) => event.id))
  const added = restore.events.filter(({ id }) => !known.has(id)).map(rowOf)
  return added.length === 0 ? standing : [...standing, ...added].sort((a, b) => a.event.seq - b.event.seq)
}

/** What was held stands where it was released. */
function released(rows: readonly DockRow[], restore: Restore): DockRow[] {
  return [...rows.filter(({ event }) => !isTarget(event, restore)), ...restore.events.map(rowOf)]
}

/** A picture that is only emptied strikes nothing here. */
function clear(rows: readonly DockRow[], { by, platform }: Clear): readonly DockRow[] {
  if (by !== 'platform') return rows
  return rows.map((row) => (row.event.platform === platform ? { ...row, hidden: 'platform' } : row))
}

function isTarget(event: Drawable, { target, platform }: Remove | Restore): boolean {
  if ('id' in target) return event.id === target.id
  return event.platform === platform && event.author?.id === target.authorId
}
