import type { About } from '../workers/about.ts'
import type { SourceReport } from '../workers/followed.ts'
import type { ChatEvent, Message, Notice } from '../workers/message.ts'
import type { OverlaySettings, SettingName } from './look.ts'

/** The words on the wire between server and pages: JSON text frames on `/ws/overlay`, `/ws/dock` and `/ws/panel`. */

export type { About, ChatEvent }

/** The client's first frame, within `HELLO_WITHIN_MS`, and again whenever it finds itself behind. */
export interface Hello {
  type: 'hello'
  /** Overlay or dock key; a panel is known by its cookie. */
  key?: string
  /** Where the client stands; both or neither. */
  epoch?: string
  seq?: number
  client?: ClientInfo
}

export interface ClientInfo {
  /** What the page calls itself, for the list of connected overlays. */
  name?: string
  /** OBS's plugin version when inside OBS. */
  obs?: string
}

/**
 * What an overlay page says of itself, after the welcome: when its place in OBS changes, and else at most every 10 s, when
 * its figures have changed.
 */
export interface Report {
  type: 'report'
  /** Shown anywhere, be it only in a preview; outside OBS: the tab is in front. */
  visible: boolean
  /** On programme. Null = not known: outside OBS, or OBS has not said. */
  active: boolean | null
  streaming: boolean | null
  recording: boolean | null
  build: string
  /** Milliseconds since a drawn change reached the screen; null = none has. */
  painted: number | null
  rows: number
  /** Frames of the server that wait to be drawn. */
  queue: number
}

export type ServerFrame =
  | Welcome
  | { type: 'events'; events: ChatEvent[] }
  | ({ type: 'settings' } & Look)
  | { type: 'featured'; event: Message | Notice | null }
  | { type: 'panic'; on: boolean }
  | { type: 'slow'; on: boolean }
  | ({ type: 'stream' } & StreamState)
  | ({ type: 'status' } & Status)
  | { type: 'beat'; seq: number }
  /** Panel only: something new stands in the moderation log, or a moment was marked or taken away. */
  | { type: 'noted' }
  /** Docks that may control: an overlay was made or deleted, or has another name or look. */
  | { type: 'looks' }
  /** Overlay only: somebody wants the page to load anew. */
  | { type: 'reload' }
  | { type: 'demo'; act: DemoAct }

/** What an editor asks of the invented chat in its preview; on `/ws/preview` only. */
export const DEMO_ACTS = [
  'play',
  'pause',
  'burst',
  'longName',
  'longWord',
  'rightToLeft',
  'emoteWall',
  'superchat',
  'raid',
  'remove',
] as const
export type DemoAct = (typeof DEMO_ACTS)[number]

/** How an overlay looks, every setting decided, and which of them the streamer chose: the theme decided the rest. */
export interface Look {
  settings: OverlaySettings
  chosen?: SettingName[]
}

export interface Welcome extends Look {
  type: 'welcome'
  /** The server's clock, ms since 1970: `receivedAt` of all events is on it. Absent from servers of earlier releases. */
  now?: number
  epoch: string
  /** The channel's last seq; what the client missed, or the snapshot, comes in the next `events` frame. */
  seq: number
  /** True: what follows is exactly what was missed. False: what follows is a snapshot of the newest events. */
  recovered: boolean
  /** Some of what came since the client was here is no longer kept: what it still shows may have been taken away meanwhile. */
  stale?: true
  /**
   * The client comes from another epoch, whose numbers are the same up to this one, or from its beginning when absent: what it saw beyond
   * that stands before all that has a greater number here.
   */
  agreed?: number
  /** What the channel is called on the platforms it follows: words that light up where the settings name none. */
  names?: string[]
  /** What this dock may do; dock only. */
  scope?: DockScope
  /** What whoever looks may do in this channel; panel only. */
  role?: ChannelRole
  stream: StreamState
  /** The message that is shown large; null = none. */
  featured: Message | Notice | null
  /** A moderator holds the picture empty: nothing is drawn on air until it is taken back. */
  panic: boolean
  /** A moderator slows the picture down: overlays show few messages a second, however many come. */
  slow: boolean
  platforms: About[]
  /** Changes when the pages change; a page of another build reloads itself at a quiet moment. */
  build: string
}

export interface StreamState {
  live: boolean
  startedAt: number | null
  title: string | null
  /** The live stream's id; panel only. */
  id?: string
}

/** For dock and panel. */
export interface Status {
  overlays: OverlayClient[]
  /** Events archived of the live stream. */
  messages: number
  /** When the newest event of the live stream came, ms; null = none has, or none runs. */
  lastAt: number | null
  /** One for each platform, also where nothing is followed. */
  sources: SourceView[]
  held: HeldCount
}
/** Messages that wait for a moderator; another `changes` means that `GET /api/moderation/held` has another answer. */
export interface HeldCount {
  count: number
  changes: number
}
/** What a channel follows on one platform, and how that is. */
export interface SourceView extends Omit<SourceReport, 'since'> {
  platform: string
  /** The followed channel's name in the platform's own form; null = nothing is followed. */
  channel: string | null
  /** False = followed later, not now. */
  enabled: boolean
  /** Begins and ends the stream with the platform's broadcast. */
  autoStream: boolean
  since: number | null
  /** As the platform shows it, once known. */
  title: string | null
  avatar: string | null
  /** Set options by name; of a secret only that it is there and how it ends. */
  options: Record<string, string>
  /** Where the platform may send signed deliveries; null where it signs none. */
  hook: string | null
}
/** Somebody at a dock right now. */
export interface DockClient {
  dock: string
  name: string
  obs: string | null
  since: number
}
/** What a dock's key may do; each scope also what the ones before it may. */
export const DOCK_SCOPES = ['read', 'moderate', 'control'] as const
export type DockScope = (typeof DOCK_SCOPES)[number]

/** What somebody may do in a channel; each also what the ones before it may. */
export const CHANNEL_ROLES = ['viewer', 'moderator', 'owner'] as const
export type ChannelRole = (typeof CHANNEL_ROLES)[number]

/** What a webhook can be told of; `remove` comes with what takes a removal back. */
export const WEBHOOK_EVENTS = ['message', 'notice', 'remove', 'clear', 'stream', 'moderation'] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

export interface OverlayClient {
  overlay: string
  name: string
  /** The version of OBS's browser source, in the page's own words; null = not in OBS. */
  obs: string | null
  since: number
  /** OBS's own version, by its user agent. */
  version: string | null
  /** Chromium's. */
  engine: string | null
  /** The newest; null = none yet, as from pages whose network lets no socket through. */
  report: PageReport | null
}
/** A report with its times on the server's clock. */
export interface PageReport extends Omit<Report, 'type' | 'painted'> {
  at: number
  paintedAt: number | null
}

/** Why a socket was closed, and so whether to come back. */
export const CLOSE = {
  badKey: 4001,
  /** Key rotated or access withdrawn: do not return. */
  withdrawn: 4002,
  /** Fell too far behind: return and resume. */
  tooSlow: 4003,
  noHello: 4004,
  tooMany: 4005,
  /** The server restarts: return in 1–5 s. */
  restart: 1012,
  /** A frame over `MAX_CLIENT_FRAME_BYTES`. */
  tooBig: 1009,
  /** A frame that is no word of this protocol. */
  policy: 1008,
} as const

export const HELLO_WITHIN_MS = 5_000
export const BEAT_EVERY_MS = 10_000
export const MAX_CLIENT_FRAME_BYTES = 4_096
/** Events in the snapshot after `recovered: false`. */
export const SNAPSHOT_EVENTS = 100
