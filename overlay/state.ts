import type { OverlaySettings } from '../server/look.ts'
import type { ChatEvent, Look, Welcome } from '../server/protocol.ts'
import type { Moment, Pace, Row } from './life.ts'
import { calmed, endOf, expired, motionOf, nextChange, quickened } from './life.ts'
import type { Memory } from './memory.ts'
import {
  copyMemory,
  emptyMemory,
  isMeant,
  isToldTogether,
  rememberGone,
  rememberRestore,
  rememberSeen,
} from './memory.ts'
import type { Decide } from './query.ts'
import type { Turns, Waiting } from './waiting.ts'
import { nextRelease, release, SLOW_PER_SECOND, UNPACED } from './waiting.ts'
import { isWanted } from './wanted.ts'
import type { Clear, Drawable, Platforms, Remove, Restore, Word } from './words.ts'

/** The feed as a pure function: (state, what arrived, when) → state. No clock, no page, no socket in here. */

export interface FeedState {
  /** Oldest first; never more than `settings.maxMessages`. */
  rows: readonly Row[]
  /** What may not be shown yet, as it came. */
  waiting: Waiting[]
  turns: Turns
  settings: OverlaySettings
  /** Names of the channel itself, which light up where no other words do. */
  names: string[]
  decide: Decide
  platforms: Platforms
  /** Null until the first welcome. */
  place: Place | null
  /** Events up to this seq follow a welcome and are the past: they are drawn without motion. */
  past: { upTo: number; snapshot: boolean } | null
  /** A first welcome was followed by its past; later snapshots only fill the gap. */
  begun: boolean
  /** The newest `receivedAt` taken in, on the server's clock. */
  newest: number
  /** By how much the page's clock is ahead of the server's, ms. */
  skew: number
  /** When the server last said anything, on the page's clock. */
  heard: number
  /** Beats in a row that named a seq that has not arrived. */
  behind: number
  build: string | null
  /** The message that is shown large. Null while panic is on. */
  featured: Drawable | null
  /** A moderator holds the picture empty: no row is drawn, and what comes meanwhile never will be. */
  panic: boolean
  /** A moderator slows the picture down, whatever rate is set. */
  slow: boolean
  pace: Pace
  memory: Memory
}

export interface Place {
  epoch: string
  seq: number
}

/** Rows that a snapshot after a lost connection may add. */
export const MAX_FILLED = 50
/** Longer than that, the server does not remember what was taken away meanwhile; ms. */
const REMEMBERED_MS = 10 * 60_000
/** A single late beat is the frame on its way; two are a hole. */
const BEATS_TO_ASK = 2

export function initialState(first: Look, decide: Decide): FeedState {
  return {
    rows: [],
    waiting: [],
    turns: { at: 0, free: 0 },
    settings: decide(first),
    names: [],
    decide,
    platforms: {},
    place: null,
    past: null,
    begun: false,
    newest: 0,
    skew: 0,
    heard: 0,
    behind: 0,
    build: null,
    featured: null,
    panic: false,
    slow: false,
    pace: { at: 0, perSecond: 0 },
    memory: emptyMemory(),
  }
}

export function reduce(state: FeedState, word: Word, moment: Moment): FeedState {
  return reduceAll(state, [word], moment)
}

/** One batch, as one flush draws it: the cost of many arrivals is one copy. */
export function reduceAll(state: FeedState, words: readonly Word[], moment: Moment): FeedState {
  const draft: FeedState = { ...state, memory: copyMemory(state.memory), waiting: [...state.waiting] }
  for (const word of words) take(draft, word, moment)
  if (draft.waiting.length > 0) showWaiting(draft, moment)
  draft.rows = calmed(draft.rows.slice(-draft.settings.maxMessages), draft.pace, moment)
  return draft
}

/** Where to resume; null while the promised snapshot has not come, so that it is asked for again. */
export function resumePlace(state: FeedState): Place | null {
  return state.past?.snapshot ? null : state.place
}

/** The server knows of events that two beats later still have not arrived. */
export function isBehind(state: FeedState): boolean {
  return state.behind >= BEATS_TO_ASK
}

/** When a `tick` will next change something; Infinity = never. */
export function nextTick(state: FeedState): number {
  const { rows, waiting, turns, settings } = state
  return Math.min(nextChange(rows, motionOf(settings).out), nextRelease(waiting, turns, rateOf(state)))
}

function take(draft: FeedState, word: Word, moment: Moment): void {
  if (word.type === 'events') takeEvents(draft, word.events, moment)
  else if (word.type === 'tick') draft.rows = expired(draft.rows, moment, motionOf(draft.settings).out)
  else if (word.type === 'beat') takeBeat(draft, word.seq)
  else if (word.type === 'welcome') takeWelcome(draft, word, moment)
  else if (word.type === 'settings') takeSettings(draft, word)
  else if (word.type === 'featured') takeFeatured(draft, word.event, moment)
  else if (word.type === 'panic') takePanic(draft, word.on)
  else if (word.type === 'slow') draft.slow = word.on
  if (word.type !== 'tick') draft.heard = moment.now
}

function takePanic(draft: FeedState, on: boolean): void {
  draft.panic = on
  if (!on) return
  forgetPicture(draft)
  draft.featured = null
}

function takeWelcome(draft: FeedState, welcome: Welcome, moment: Moment): void {
  draft.names = welcome.names ?? []
  takeSettings(draft, welcome)
  draft.platforms = Object.fromEntries(welcome.platforms.map((about) => [about.id, about]))
  draft.build = welcome.build
  draft.skew = moment.now - (welcome.now ?? moment.now)
  takePanic(draft, welcome.panic)
  takeFeatured(draft, welcome.featured, moment)
  draft.slow = welcome.slow
  draft.behind = 0
  const { epoch, recovered, agreed } = welcome
  draft.past = { upTo: welcome.seq, snapshot: !recovered }
  if (welcome.stale || (!recovered && moment.now - draft.heard > REMEMBERED_MS)) forgetPicture(draft)
  if (!recovered && epoch !== draft.place?.epoch) renumber(draft, agreed)
  draft.place = { epoch, seq: recovered ? (draft.place?.seq ?? 0) : welcome.seq }
}

/** Another epoch counts as this one did up to `agreed`. What was seen beyond that stands between what came up to there and what comes after. */
function renumber(draft: FeedState, agreed = 0): void {
  const renumbered = <E extends Row | Waiting>(each: E): E =>
    each.event.seq > agreed ? { ...each, event: { ...each.event, seq: agreed + 0.5 } } : each
  draft.rows = draft.rows.map(renumbered)
  draft.waiting = draft.waiting.map(renumbered)
}

/** What nobody can confirm any more must not stand on air, nor come onto it. */
function forgetPicture(draft: FeedState): void {
  draft.rows = []
  draft.waiting = []
}

/** A look replaces the one before; rows that the new settings leave out go at once. */
function takeSettings(draft: FeedState, look: Look): void {
  const settings = draft.decide(look)
  const { highlightMentions } = settings
  draft.settings = {
    ...settings,
    highlightMentions: highlightMentions.length > 0 ? highlightMentions : draft.names,
  }
  draft.waiting = draft.waiting.filter(({ event }) => isWanted(event, settings))
  draft.rows = draft.rows
    .filter((row) => isWanted(row.event, settings))
    .map((row) => (row.leaves ? row : { ...row, until: endOfRow(draft, row.event, row.since) }))
}

function takeBeat(draft: FeedState, seq: number): void {
  endPast(draft)
  const missing = draft.place && seq > draft.place.seq
  draft.behind = missing ? (draft.behind % BEATS_TO_ASK) + 1 : 0
}

function takeEvents(draft: FeedState, events: readonly ChatEvent[], moment: Moment): void {
  const { past } = draft
  if (past?.snapshot)
    takeSnapshot(
      draft,
      events.filter(({ seq }) => seq <= past.upTo),
      moment,
    )
  for (const event of events) takeInOrder(draft, event, moment)
  if (draft.past && draft.place && draft.place.seq >= draft.past.upTo) endPast(draft)
}

/** An event of the channel's one order; what stands at or before our place has been taken in already. */
function takeInOrder(draft: FeedState, event: ChatEvent, moment: Moment): void {
  const { seq } = event
  const next = draft.place ? draft.place.seq + 1 : seq
  // A hole: what comes after it waits until the server has told again what was between.
  if (seq > next) draft.behind = BEATS_TO_ASK
  if (seq !== next) return
  draft.place &&= { ...draft.place, seq }
  draft.newest = Math.max(draft.newest, event.receivedAt)
  draft.behind = 0
  if (event.kind === 'remove' || event.kind === 'clear') takeRemoval(draft, event)
  else if (event.kind === 'restore') takeRestore(draft, event, moment)
  else takeDrawable(draft, event, moment)
}

/** What a moderator gave back stands where it stood, without motion, for the rest of its lifetime. */
function takeRestore(draft: FeedState, restore: Restore, moment: Moment): void {
  rememberRestore(draft.memory, restore)
  for (const event of restore.events) {
    rememberSeen(draft.memory, event.id)
    if (!isDrawable(draft, event) || draft.rows.some(({ id }) => id === event.id)) continue
    const since = cameAt(draft, event, moment)
    const later = (each: Row | Waiting) => each.event.seq > event.seq
    const next = draft.waiting.find(later)
    const due = next?.due ?? dueOf(draft, since)
    // It overtakes nothing that waits, and waits for nothing where what came after it is on screen.
    if (!draft.rows.some(later) && (due > moment.now || draft.waiting[0] !== next))
      draft.waiting = inserted(draft.waiting, { event, due })
    else {
      const row = makeRow(draft, event, Math.min(due, moment.now), false)
      if (row.until > moment.now) draft.rows = inserted(draft.rows, row)
    }
  }
}

function inserted<T extends { event: Drawable }>(list: readonly T[], one: T): T[] {
  let at = list.length
  while ((list[at - 1] ?? one).event.seq > one.event.seq) at -= 1
  return [...list.slice(0, at), one, ...list.slice(at)]
}

function takeDrawable(draft: FeedState, event: Drawable, moment: Moment): void {
  if (!isDrawable(draft, event) || draft.memory.seen.has(event.id)) return
  rememberSeen(draft.memory, event.id)
  const past = draft.past && event.seq <= draft.past.upTo
  if (!past) draft.pace = quickened(draft.pace, moment.now)
  if (event.kind === 'notice' && isToldTogether(draft.memory, event)) return
  if (past) showOrHold(draft, event, moment)
  else draft.waiting.push({ event, due: dueOf(draft, moment.now) })
}

/** The past is not paced, but what is delayed is delayed, and nothing overtakes what waits already. */
function showOrHold(draft: FeedState, event: Drawable, moment: Moment): void {
  const due = dueOf(draft, cameAt(draft, event, moment))
  if (due > moment.now) {
    draft.waiting.push({ event, due })
    return
  }
  for (const each of draft.waiting) append(draft, makeRow(draft, each.event, moment.now, true), moment)
  draft.waiting = []
  append(draft, makeRow(draft, event, due, false), moment)
}

/** On the page's clock; what the clocks still differ by puts nothing into the future. */
const cameAt = ({ skew }: FeedState, { receivedAt }: Drawable, { now }: Moment) => Math.min(now, receivedAt + skew)

/** Never before what came before it: clocks differ, and a delay can be changed while something waits. */
const dueOf = ({ settings, waiting }: FeedState, since: number) =>
  Math.max(since + settings.delaySeconds * 1_000, waiting.at(-1)?.due ?? 0)

const rateOf = ({ slow, settings }: FeedState) => (slow ? SLOW_PER_SECOND : settings.ratePerSecond)

/** What is due comes onto the screen; where nobody looks, all of it, and only the newest stays. */
function showWaiting(draft: FeedState, moment: Moment): void {
  const { waiting, turns } = draft
  const { now, visible } = moment
  const { shown, ...left } = visible
    ? release(waiting, turns, rateOf(draft), now)
    : { ...release(waiting, { at: now, free: UNPACED }, UNPACED, now), turns }
  Object.assign(draft, left)
  for (const event of shown) append(draft, makeRow(draft, event, moment.now, true), moment)
}

/** Stays where it stands for as long as it is featured; what is not on screen any more comes back. */
function takeFeatured(draft: FeedState, event: Drawable | null, moment: Moment): void {
  const { featured: before, settings } = draft
  const featured = draft.panic ? null : event
  draft.featured = featured
  draft.rows = draft.rows.map((row) =>
    row.id === before?.id || row.id === featured?.id
      ? { ...row, until: endOfRow(draft, row.event, moment.now), leaves: false }
      : row,
  )
  if (featured && settings.featured === 'inline') bringBack(draft, featured, moment)
}

function bringBack(draft: FeedState, featured: Drawable, moment: Moment): void {
  if (draft.rows.some((row) => row.id === featured.id)) return
  draft.waiting = draft.waiting.filter(({ event }) => event.id !== featured.id)
  rememberSeen(draft.memory, featured.id)
  append(draft, makeRow(draft, featured, moment.now, true), moment)
}

function endOfRow({ featured, settings }: FeedState, event: Drawable, since: number): number {
  return event.id === featured?.id ? Infinity : endOf(event, since, settings)
}

/**
 * The newest events of the channel, where what was missed cannot be told exactly. When the page has just loaded, only
 * `backlog` of them are drawn; later, those that came since the last one taken in. Rows on screen keep their nodes.
 */
function takeSnapshot(draft: FeedState, events: readonly ChatEvent[], moment: Moment): void {
  const { begun, newest, rows } = draft
  const standing = new Map(events.map(({ id, seq }) => [id, seq]))
  for (const event of events) {
    const row = rows.find(({ id }) => id === event.id)
    const news = event.receivedAt >= newest && !draft.memory.seen.has(event.id)
    draft.newest = Math.max(draft.newest, event.receivedAt)
    if (event.kind === 'remove' || event.kind === 'clear') takeRemoval(draft, event, standing)
    else if (event.kind !== 'restore' && (row || news || !begun)) place(draft, event, row, moment)
    rememberSeen(draft.memory, event.id)
  }
  limitFilled(draft, rows, begun ? MAX_FILLED : draft.settings.backlog)
}

/**
 * Puts what the snapshot has last. A `row` that stood there before keeps its place: a server that was killed may no longer know all that
 * stands around it.
 */
function place(draft: FeedState, event: Drawable, row: Row | undefined, moment: Moment): void {
  if (draft.begun && row) return
  draft.rows = draft.rows.filter((each) => each !== row)
  if (!isDrawable(draft, event)) return
  if (row) append(draft, row, moment)
  else showOrHold(draft, event, moment)
}

function limitFilled(draft: FeedState, before: readonly Row[], max: number): void {
  let surplus = draft.rows.filter((row) => !before.includes(row)).length - max
  draft.rows = draft.rows.filter((row) => before.includes(row) || surplus-- <= 0)
}

/** `standing`: where a snapshot tells of it again, the ids of all that it has, with their numbers. */
function takeRemoval(draft: FeedState, event: Remove | Clear, standing?: ReadonlyMap<string, number>): void {
  const one = event.kind === 'remove' && 'id' in event.target && event.target.id
  if (one) rememberGone(draft.memory, one)
  const stays = (each: Drawable) =>
    (standing && !one && outlives(each, event, standing.get(each.id))) || !isMeant(each, event)
  draft.rows = draft.rows.filter((row) => stays(row.event))
  draft.waiting = draft.waiting.filter((each) => stays(each.event))
  if (draft.featured && !stays(draft.featured)) draft.featured = null
}

/**
 * What came after a removal that a snapshot repeats stays: a server that was killed may not have it to give again before its sender does.
 * So does what was given back of an author's. `again`: the number that it has in the snapshot.
 */
function outlives(each: Drawable, { kind, seq }: Remove | Clear, again: number | undefined): boolean {
  return (again ?? each.seq) > seq || (kind === 'remove' && again !== undefined)
}

function endPast(draft: FeedState): void {
  draft.past = null
  draft.begun = true
}

function isDrawable({ settings, memory, panic }: FeedState, event: Drawable): boolean {
  return !panic && !event.hidden && isWanted(event, settings) && !memory.gone.has(event.id)
}

function makeRow(draft: FeedState, event: Drawable, since: number, enters: boolean): Row {
  return { id: event.id, event, since, until: endOfRow(draft, event, since), enters, leaves: false }
}

/** Capped at once: a flood does not grow the list within a batch. */
function append(draft: FeedState, row: Row, moment: Moment): void {
  if (row.until <= moment.now) return
  draft.rows = [...draft.rows, row].slice(-draft.settings.maxMessages)
}
