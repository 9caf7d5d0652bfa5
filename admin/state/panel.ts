import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { DoorView, MeView, OverlayView, PlatformsView, WorkplaceView } from '../../server/api.ts'
import type { About, ServerFrame } from '../../server/protocol.ts'
import { type Api, type ApiError, asApiError, createApi } from '../api.ts'
import { t } from '../language/words.ts'
import { followAddress, type Route } from '../router.ts'
import { onceAFrame } from './batch.ts'
import { Checklist } from './checklist.ts'
import { type Desk, openDesk } from './desk.ts'
import { EMPTY_FEED, type FeedState, feed } from './feed.ts'
import { type Filter, NO_FILTER } from './filter.ts'
import { type Ink, inkMaker } from './ink.ts'
import { type Ears, Line, type Wire } from './line.ts'
import { openPreferences, type Preferences } from './preferences.ts'
import { Resource } from './resource.ts'
import { Sources } from './sources.ts'
import { Toasts } from './toasts.ts'
import { Workplaces } from './workplaces.ts'

/** Everything the parts share, each thing once; made by `main.ts` and handed down. */
export interface Panel {
  api: Api
  route: ReadonlySignal<Route>
  /** Undefined until the server has said who this is. */
  me: Signal<MeView | null | undefined>
  /** Where they work, and what they may do there. */
  works: Workplaces
  /** Why it could not say. */
  unknown: Signal<ApiError | null>
  /** How somebody who is signed out may come in. */
  door: Resource<DoorView>
  /** The login ended elsewhere while somebody worked here. */
  expired: Signal<boolean>
  feed: Signal<FeedState>
  filter: Signal<Filter>
  /** What is done about the feed's rows. */
  desk: Desk
  checklist: Checklist
  line: Line
  platforms: Resource<PlatformsView>
  abouts: ReadonlySignal<ReadonlyMap<string, About>>
  overlays: Resource<OverlayView[]>
  sources: Sources
  preferences: Preferences
  toasts: Toasts
  /** The list of keyboard shortcuts is open. */
  help: Signal<boolean>
  /** Ticks once a second, ms. */
  now: ReadonlySignal<number>
  ink(color: string | undefined, seed: string): Ink
  /** Asks who is signed in; also after signing in. */
  enter(): Promise<void>
  leave(): Promise<void>
}

const TICK_MS = 1_000

export function createPanel(view: Window): Panel {
  const me = signal<MeView | null | undefined>(undefined)
  const expired = signal(false)
  const unknown = signal<ApiError | null>(null)
  const works = new Workplaces(me, view)
  const state = signal(EMPTY_FEED)
  const api = createApi(
    (path, init) => view.fetch(path, init),
    () => {
      if (me.value) expired.value = true
    },
    () => works.named,
  )
  const platforms = new Resource<PlatformsView>(api.platforms)
  const overlays = new Resource<OverlayView[]>(async () => (await api.overlays()).items)
  const session = { api, me, works, expired, unknown }
  const toasts = new Toasts()
  const desk = openDesk({ api, toasts }, state)
  const line = openLine({ view, state, works, noted: desk.noted }, () => void review(session))
  const panel: Panel = {
    ...session,
    route: followAddress(view),
    feed: state,
    door: new Resource<DoorView>(api.door),
    filter: signal(NO_FILTER),
    desk,
    checklist: new Checklist(
      view,
      computed(() => works.here.value?.id ?? null),
    ),
    line,
    platforms,
    abouts: computed(() => new Map((platforms.value?.items ?? []).map((about) => [about.id, about]))),
    overlays,
    sources: new Sources(api, state),
    preferences: openPreferences(view),
    toasts,
    help: signal(false),
    now: ticking(view),
    ink: inkMaker(),
    enter: () => enter(session),
    leave: () => leave(session),
  }
  followAccount(panel)
  tellOfLoss(panel)
  return panel
}

type Session = Pick<Panel, 'api' | 'me' | 'works' | 'expired' | 'unknown'>

async function enter({ api, me, expired, unknown }: Session): Promise<void> {
  unknown.value = null
  try {
    const found = await api.me()
    batch(() => {
      me.value = found
      expired.value = false
    })
  } catch (thrown) {
    const error = asApiError(thrown)
    if (error.status === 401) me.value = null
    // Who is signed in already keeps what stands on the page, and hears why.
    else if (me.peek() === undefined) unknown.value = error
    else throw error
  }
}

/** Whoever was sent away from a channel, or has another role there, learns of it from the server. */
async function review({ api, me }: Session): Promise<void> {
  const found = await api.me().catch(() => null)
  if (found !== null && JSON.stringify(found) !== JSON.stringify(me.peek())) me.value = found
}

async function leave({ api, me, expired }: Session): Promise<void> {
  await api.logout()
  batch(() => {
    me.value = null
    expired.value = false
  })
}

/** Everything that belongs to one channel comes and goes with whoever works in it. */
function followAccount(panel: Panel): void {
  const seat = computed(() => {
    const [account, channel] = [panel.me.value?.account.id, panel.works.here.value?.id]
    return account === undefined || channel === undefined ? null : `${account} ${channel}`
  })
  effect(() => {
    const taken = seat.value
    untracked(() => changeSeat(panel, taken !== null))
  })
  effect(() => {
    if (panel.me.value === null) untracked(() => void panel.door.load())
  })
  effect(() => {
    if (!panel.expired.value && panel.me.value) untracked(() => panel.line.retryNow())
  })
}

/** Whoever works in a channel no longer, by whoever's wish, is told before they find themselves in another. */
function tellOfLoss({ me, works, toasts }: Panel): void {
  let last: { account: string; place: WorkplaceView } | null = null
  effect(() => {
    const [account, place] = [me.value?.account.id, works.here.value]
    const lost = last !== null && last.account === account && !works.all.value.some(({ id }) => id === last?.place.id)
    if (lost) untracked(() => toasts.ok(t('You work in {name} no longer.', { name: last?.place.name ?? '' })))
    last = account === undefined || place === null ? null : { account, place }
  })
}

function changeSeat(panel: Panel, signedIn: boolean): void {
  panel.line.stop()
  panel.feed.value = EMPTY_FEED
  panel.filter.value = NO_FILTER
  panel.overlays.reset()
  panel.sources.first.reset()
  panel.desk.reset()
  if (!signedIn) return
  panel.line.start()
  void panel.platforms.load()
  // Addresses with keys are the owner's alone.
  if (panel.works.may('owner')) void panel.overlays.load()
  void panel.sources.fill()
}

interface LineParts {
  view: Window
  state: Signal<FeedState>
  works: Workplaces
  noted: () => void
}

function openLine({ view, state, works, noted }: LineParts, doubt: () => void): Line {
  const take = onceAFrame<ServerFrame>(view, (frames) => {
    state.value = frames.reduce(feed, state.peek())
  })
  const heard = (frame: ServerFrame) => {
    if (frame.type === 'welcome' && frame.role !== works.here.peek()?.role) doubt()
    // Behind a break, too: nobody tells again what was noted meanwhile.
    if (frame.type === 'welcome' || frame.type === 'noted') noted()
    if (frame.type !== 'noted') take(frame)
  }
  const line = new Line({ open: (ears) => openWire(view, ears, works.named), frame: heard, doubt })
  const retry = () => {
    if (line.state.peek().phase === 'waiting' && !view.document.hidden) line.retryNow()
  }
  view.addEventListener('online', retry)
  view.document.addEventListener('visibilitychange', retry)
  return line
}

function openWire(view: Window, ears: Ears, channel: string | null): Wire {
  const address = new URL('/ws/panel', view.location.href)
  if (channel !== null) address.searchParams.set('channel', channel)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  address.hash = ''
  const socket = new WebSocket(address)
  socket.onopen = () => ears.opened()
  socket.onmessage = ({ data }) => ears.heard(data)
  socket.onclose = ({ code }) => ears.closed(code)
  return socket
}

function ticking(view: Window): ReadonlySignal<number> {
  const now = signal(Date.now())
  view.setInterval(() => {
    now.value = Date.now()
  }, TICK_MS)
  return now
}
