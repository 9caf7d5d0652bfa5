import { h, render } from 'preact'
import { Flush } from '../flush.ts'
import { describeClient } from '../obs.ts'
import { reloadOfPage } from '../reload.ts'
import { Line } from '../socket.ts'
import type { Word } from '../words.ts'
import { Calls } from './calls.ts'
import { chime, hasNewcomer } from './chime.ts'
import type { Desk, Hands } from './desk.ts'
import { may } from './desk.ts'
import { Kept } from './kept.ts'
import { listenToKeys } from './keys.ts'
import { Dock } from './parts/dock.ts'
import { readDockQuery } from './query.ts'
import type { DockState } from './state.ts'
import { dock, EMPTY, isBehind, pause, resumePlace } from './state.ts'
import { NO_THEMES, themesNow } from './themes.ts'
import { WaitingList } from './waiting.ts'

/** The page beside OBS: chat to moderate, or the buttons of a stream. Its key says whose and how much it may. */

const TICK_MS = 1_000

const query = readDockQuery(location.search)
const key = location.hash.slice(1)
const busy = new Set<string>()

let state = EMPTY
let connection: Desk['connection'] = key === '' ? 'ended' : 'retry'
let trouble: string | null = null

const reload = reloadOfPage(__BUILD__, query.reloadedFor)
const flush = new Flush(take)
const line = new Line({
  door: 'dock',
  location,
  key,
  client: describeClient(window),
  place: () => resumePlace(state),
  receive: (frame) => flush.push(frame),
  changed: (now) => {
    connection = now
    draw()
  },
})
const calls = new Calls(location, key)
const waiting = new WaitingList(calls.held, () => draw())
const themes = new Kept(calls.themes, () => draw(), NO_THEMES)
const hands: Hands = {
  calls,
  act,
  pause: (on) => become(pause(state, on)),
  retryNow: () => line.retryNow(),
  look: () => waiting.refresh(),
  forgetTrouble: () => {
    trouble = null
    draw()
  },
}
begin()

function take(words: readonly Word[]): void {
  const before = state
  let newcomer = false
  for (const word of words) {
    newcomer ||= query.sound === 'first' && hasNewcomer(state, word)
    if (word.type !== 'tick') state = dock(state, word)
  }
  if (newcomer) chime()
  if (isBehind(state) && !isBehind(before)) line.again()
  reload.look(state.build)
  if (may(state, 'moderate')) waiting.look(state)
  const looks = themesNow(state)
  if (looks !== null && query.view === 'control' && may(state, 'control')) themes.want(looks)
  draw()
}

function become(next: DockState): void {
  if (next === state) return
  state = next
  draw()
}

function act(name: string, work: () => Promise<void>): void {
  if (busy.has(name)) return
  busy.add(name)
  trouble = null
  draw()
  work()
    .catch((error: unknown) => {
      trouble = error instanceof Error ? error.message : 'That could not be done.'
    })
    .finally(() => {
      busy.delete(name)
      draw()
    })
}

function draw(): void {
  render(h(Dock, { desk: deskNow() }), document.body)
}

function deskNow(): Desk {
  return { state, query, connection, now: Date.now(), trouble, busy, held: waiting.view, themes: themes.view, hands }
}

function begin(): void {
  document.documentElement.style.setProperty('--size', `${query.size}px`)
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return
    flush.now()
    line.retryNow()
  })
  addEventListener('online', () => line.retryNow())
  addEventListener('resize', draw)
  // Another key pasted into the same page.
  addEventListener('hashchange', () => location.reload())
  setInterval(draw, TICK_MS)
  if (query.keys) listenToKeys(document, deskNow)
  draw()
  if (key !== '') line.start()
}
