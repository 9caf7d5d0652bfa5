import { h, render } from 'preact'
import { Flush, isUrgent } from './flush.ts'
import type { Home } from './home.ts'
import { applyLook, countLines } from './look.ts'
import { describeClient } from './obs.ts'
import type { Connection } from './parts/feed.ts'
import { Feed } from './parts/feed.ts'
import { readQuery, settingsOf } from './query.ts'
import { addressFor, Reload } from './reload.ts'
import { Line } from './socket.ts'
import type { FeedState } from './state.ts'
import { initialState, isBehind, nextTick, reduceAll, resumePlace } from './state.ts'
import type { Word } from './words.ts'

/** The page OBS shows: it draws chat and nothing else. */

/** How long a measured line height is taken for true. */
const MEASURE_EVERY_MS = 1_000
/** The longest delay a timer takes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

const query = readQuery(location.search)
const key = location.hash.slice(1)

let state = initialState()
let remarks: readonly string[] = []
let connection: Connection = 'retry'
let how = 'no key'
let fits = Infinity
let debug: ((state: FeedState, how: string, remarks: readonly string[]) => void) | undefined
let measured = 0
let tick: ReturnType<typeof setTimeout> | undefined
let home: Home | undefined

const reload = new Reload(__BUILD__, query.reloadedFor, (build) => location.replace(addressFor(location.href, build)))
const flush = new Flush(apply)
const line = new Line({
  location,
  key,
  client: describeClient(window),
  place: () => resumePlace(state),
  receive: (frame) => flush.push(frame),
  changed: connected,
})
begin()

/** The one place where the feed changes, and then the page. */
function apply(words: readonly Word[]): void {
  const before = state
  const now = Date.now()
  measure(now)
  const visible = isSeen()
  state = reduceAll(before, words, { now, visible })
  if (state.settings !== before.settings) applyLook(state.settings)
  // What nobody sees is not drawn; but what was taken away does not stand there for the next look.
  if (visible || words.some((word) => word.type !== 'tick' && isUrgent(word))) draw()
  if (isBehind(state) && !isBehind(before)) line.again()
  if (words.some(({ type }) => type === 'reload')) reload.ask()
  reload.look(state.build, { featured: state.featured !== null, hidden: !visible })
  scheduleTick(state, now)
}

function draw(): void {
  render(h(Feed, { state, connection, fits }), document.body)
  home?.drawn()
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
  const next = nextTick(after)
  if (next < Infinity) tick = setTimeout(passTime, Math.min(LONGEST_TIMER_MS, Math.max(0, next - now)))
}

function passTime(): void {
  flush.push({ type: 'tick' })
}

function measure(now: number): void {
  if (now - measured < MEASURE_EVERY_MS) return
  measured = now
  fits = countLines(document.querySelector('.cc-feed'))
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
  const read = await settingsOf(query)
  remarks = read.remarks
  state = initialState(read.chosen)
  applyLook(state.settings)
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
    rows: () => state.rows.length,
    queue: () => flush.waiting,
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
  await playDemo({ still, key, settings: state.settings, receive: (word) => flush.push(word), connected })
}
