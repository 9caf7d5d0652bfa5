import { h, render } from 'preact'
import type { OverlaySettings } from '../server/look.ts'
import { Flush, isUrgent } from './flush.ts'
import type { Home } from './home.ts'
import { motionOf } from './life.ts'
import { applyLook, countFitting } from './look.ts'
import { describeClient } from './obs.ts'
import { pageClock } from './page-clock.ts'
import type { Connection } from './parts/feed.ts'
import { Feed } from './parts/feed.ts'
import { isRareMissing, loadRare, rare } from './parts/on-demand.ts'
import type { Decide } from './query.ts'
import { deciderOf, readQuery } from './query.ts'
import { Line } from './socket.ts'
import type { FeedState, Place } from './state.ts'
import { initialState, isBehind, nextTick, reduceAll, resumePlace } from './state.ts'
import type { Word } from './words.ts'

/** The page OBS shows: it draws chat and nothing else. */

/** How long a measured line height is taken for true. */
const MEASURE_EVERY_MS = 1_000
/** The longest delay a timer takes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The person at this machine wants nothing to move. */
const isStill = matchMedia('(prefers-reduced-motion: reduce)')
const query = readQuery(location.search)
const key = location.hash.slice(1)

/** Null until the first welcome. */
let state: FeedState | null = null
let decide: Decide = ({ settings }) => settings
let remarks: readonly string[] = []
let connection: Connection = 'retry'
let how = 'no key'
let fits = Infinity
let debug: ((state: FeedState | null, how: string, remarks: readonly string[]) => void) | undefined
let measured = 0
let tick: ReturnType<typeof setTimeout> | undefined
let home: Home | undefined

const flush = new Flush(apply)
const line = new Line({
  location,
  key,
  client: describeClient(window),
  place: standing,
  receive: (frame) => flush.push(frame),
  changed: connected,
})
begin()

/** What has come and waits for a frame counts: a line may break and come back within one. */
function standing(): Place | null {
  flush.now()
  return state && resumePlace(state)
}

/** The one place where the feed changes, and then the page. */
function apply(words: readonly Word[]): void {
  const before = state ?? firstState(words)
  if (!before) return
  const now = pageClock()
  measure(now)
  const visible = isSeen()
  const after = reduceAll(before, words, { now, visible })
  const looks = state === null || after.settings !== before.settings
  state = after
  if (looks) showLook(after.settings, now)
  // What nobody sees is not drawn; but what was taken away does not stand there for the next look.
  if (visible || words.some((word) => word.type !== 'tick' && isUrgent(word))) draw()
  if (isBehind(after) && !isBehind(before)) line.again()
  const asked = words.some(({ type }) => type === 'reload')
  home?.look(after.build, { featured: after.featured !== null, hidden: !visible }, asked)
  scheduleTick(after, now)
}

function firstState(words: readonly Word[]): FeedState | undefined {
  const first = words.find((word) => word.type === 'welcome')
  return first && initialState(first, decide)
}

/** Drawn once before it is measured how much fits. */
function showLook(settings: OverlaySettings, now: number): void {
  applyLook(settings, query.safe)
  draw()
  measured = 0
  measure(now)
  if (isRareMissing(settings)) void loadRare().then(redraw)
}

/** All rows anew. */
function redraw(): void {
  if (state) state = { ...state, settings: { ...state.settings } }
  draw()
}

function draw(): void {
  render(h(Feed, { state, connection, fits }), document.body)
  home?.drawn()
  const feed = document.querySelector<HTMLElement>('.cc-feed')
  if (state && feed) rare()?.settle(feed, state.settings, isStill.matches ? 0 : motionOf(state.settings).in)
  debug?.(state, how, remarks)
}

function connected(now: Connection | 'ended', detail: string): void {
  how = detail
  connection = now === 'live' ? 'live' : 'retry'
  draw()
  if (now === 'live') home?.connected()
}

/** Lifetimes run on a timer: no frame and no animation's end is waited for. */
function scheduleTick(after: FeedState, now: number): void {
  clearTimeout(tick)
  tick = setTimeout(passTime, Math.min(LONGEST_TIMER_MS, nextTick(after) - now))
}

function passTime(): void {
  flush.push({ type: 'tick' })
}

function measure(now: number): void {
  if (now - measured < MEASURE_EVERY_MS) return
  measured = now
  fits = countFitting(document.querySelector('.cc-feed'))
}

/** On its way into sight, the page does what should have happened meanwhile; on its way out, it may be time to reload. */
function seen(): void {
  passTime()
  flush.now()
  if (isSeen()) line.retryNow()
}

function isSeen(): boolean {
  return home?.visible ?? !document.hidden
}

function begin(): void {
  document.addEventListener('visibilitychange', seen)
  addEventListener('online', () => line.retryNow())
  addEventListener('resize', () => {
    measured = 0
    passTime()
  })
  // Another key pasted into the same page.
  addEventListener('hashchange', () => location.reload())
  void start()
}

async function start(): Promise<void> {
  const read = await deciderOf(query)
  decide = read.decide
  remarks = read.remarks
  draw()
  if (query.debug) void startDebug()
  if (query.demo !== 'off') void startDemo()
  else if (key !== '') void startLine()
}

async function startLine(): Promise<void> {
  line.start()
  const { Home } = await import('./home.ts')
  home = new Home({
    seen,
    say: (report) => line.say(report),
    rows: () => state?.rows.length ?? 0,
    queue: () => flush.waiting,
    reloadedFor: query.reloadedFor,
    clock: pageClock,
  })
  if (connection === 'live') home.connected()
}

async function startDebug(): Promise<void> {
  debug = (await import('./debug.ts')).showDebug
  draw()
}

async function startDemo(): Promise<void> {
  const { playDemo } = await import('./demo.ts')
  const still = query.demo === 'static'
  await playDemo({ still, key, receive: (word) => flush.push(word), connected })
}
